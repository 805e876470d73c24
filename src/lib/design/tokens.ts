export type Scheme = 'light' | 'dark';
export type Tokens = Readonly<Record<string, string>>;

const DARK = '@media screen and (prefers-color-scheme: dark)';

/** The custom properties of `tokens.css` in a colour scheme, without their dashes; dark ones stand over light ones. */
export function readTokens(css: string, scheme: Scheme): Tokens {
	const [light = '', dark = ''] = css.split(DARK);
	const [block = ''] = dark.split('@theme');
	return { ...declared(light), ...(scheme === 'dark' ? declared(block) : {}) };
}

const declared = (css: string): Tokens =>
	Object.fromEntries(
		[...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
			name,
			value.trim()
		])
	);

/** Text on the grounds it stands on: 4.5 to 1 at least (WCAG 2.2, 1.4.3). */
export const TEXT_PAIRS: readonly (readonly [text: string, ground: string])[] = [
	...['ink', 'ink-soft', 'ink-mute', 'accent', 'good', 'bad'].flatMap((text) =>
		['paper', 'card', 'sunken'].map((ground) => [text, ground] as const)
	),
	...['ink', 'ink-soft', 'accent'].map((text) => [text, 'accent-soft'] as const),
	['ink', 'warn-soft'],
	['ink-soft', 'warn-soft'],
	['card', 'ink']
];

/** Graphics on the grounds they stand on: 3 to 1 at least (WCAG 2.2, 1.4.11). */
export const GRAPHIC_PAIRS: readonly (readonly [graphic: string, ground: string])[] = [
	'accent',
	'good',
	'ink-mute',
	...seriesNames()
].flatMap((graphic) => ['card', 'paper'].map((ground) => [graphic, ground] as const));

/** The categorical palette, first to last. */
export function seriesNames(): readonly string[] {
	return [1, 2, 3, 4, 5, 6].map((number) => `series-${number}`);
}
