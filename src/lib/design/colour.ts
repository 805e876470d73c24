/** Red, green and blue, each 0 to 1. */
export type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** `#2b4acb` as red, green and blue of sRGB. */
function parseHex(hex: string): Rgb {
	const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
	return [channel(1), channel(3), channel(5)];
}

const linear = (channel: number): number =>
	channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

const linearRgb = ([red, green, blue]: Rgb): Rgb => [linear(red), linear(green), linear(blue)];

const dot = (row: Rgb, [a, b, c]: Rgb): number => row[0] * a + row[1] * b + row[2] * c;

const times = ([first, second, third]: Matrix, colour: Rgb): Rgb => [
	dot(first, colour),
	dot(second, colour),
	dot(third, colour)
];

/** Relative luminance, 0 to 1 (WCAG 2.2). */
const luminance = (hex: string): number => dot([0.2126, 0.7152, 0.0722], linearRgb(parseHex(hex)));

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

export type Vision = 'usual' | 'protan' | 'deutan' | 'tritan';

/**
 * What dichromats see, for linear light: severity 1.0 of Machado, Oliveira and Fernandes 2009, "A Physiologically-based
 * Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6):1291-1298, table 1.
 */
const VISIONS: Readonly<Record<Vision, Matrix>> = {
	usual: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1]
	],
	protan: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998]
	],
	deutan: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881]
	],
	tritan: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039]
	]
};

const clamp = (channel: number): number => Math.min(1, Math.max(0, channel));

function seen(hex: string, vision: Vision): Rgb {
	const [red, green, blue] = times(VISIONS[vision], linearRgb(parseHex(hex)));
	return [clamp(red), clamp(green), clamp(blue)];
}

const TO_LMS: Matrix = [
	[0.4122214708, 0.5363325363, 0.0514459929],
	[0.2119034982, 0.6806995451, 0.1073969566],
	[0.0883024619, 0.2817188376, 0.6299787005]
];
const TO_OKLAB: Matrix = [
	[0.2104542553, 0.793617785, -0.0040720468],
	[1.9779984951, -2.428592205, 0.4505937099],
	[0.0259040371, 0.7827717662, -0.808675766]
];

/** Distance of two colours in OKLab for a kind of vision; 0.02 is about what can just be told apart (Ottosson 2020). */
export function distance(one: string, other: string, vision: Vision = 'usual'): number {
	const lab = (hex: string): Rgb => {
		const [long, middle, short] = times(TO_LMS, seen(hex, vision));
		return times(TO_OKLAB, [Math.cbrt(long), Math.cbrt(middle), Math.cbrt(short)]);
	};
	const [a, b] = [lab(one), lab(other)];
	return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
