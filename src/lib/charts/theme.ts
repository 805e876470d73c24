/** Colours of the page as a canvas needs them: resolved. */
export interface Theme {
	readonly card: string;
	readonly line: string;
	readonly lineStrong: string;
	readonly ink: string;
	readonly mute: string;
	readonly accent: string;
	readonly series: readonly string[];
	readonly font: string;
}

export function readTheme(element: Element): Theme {
	const style = getComputedStyle(element);
	const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
	return {
		card: token('card'),
		line: token('line'),
		lineStrong: token('line-strong'),
		ink: token('ink'),
		mute: token('ink-mute'),
		accent: token('accent'),
		series: [1, 2, 3, 4, 5, 6].map((number) => token(`series-${number}`)),
		font: style.fontFamily
	};
}

/** A hexadecimal colour of the theme with an opacity of 0 to 1. */
export function faded(colour: string, opacity: number): string {
	return `${colour}${Math.round(opacity * 255)
		.toString(16)
		.padStart(2, '0')}`;
}
