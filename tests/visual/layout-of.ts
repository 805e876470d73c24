import type { Page } from '@playwright/test';

/** Pixels of the screen that become one of the picture that is kept: letters blur, blocks stay. */
const CELL = 8;

/** Fonts with the same widths everywhere: Arial, Liberation Sans and Arimo; Times, Liberation Serif and Tinos. */
const USUAL_FONTS = `:root, body { font-family: Arial, 'Liberation Sans', Arimo, sans-serif !important }
.font-serif, .brand { font-family: 'Times New Roman', 'Liberation Serif', Tinos, serif !important }
.font-mono { font-family: 'Courier New', 'Liberation Mono', Cousine, monospace !important }`;

/** What a machine shows that has none of them. */
export const OTHER_FONTS = `:root, body, .font-mono { font-family: 'DejaVu Sans', Verdana, sans-serif !important }
.font-serif, .brand { font-family: 'DejaVu Serif', Georgia, serif !important }`;

/** The window as a small PNG, base64. */
export const layoutOf = async (page: Page, fonts = USUAL_FONTS): Promise<string> => {
	const style = await page.addStyleTag({ content: fonts });
	const shot = (await page.screenshot({ animations: 'disabled' })).toString('base64');
	await style.evaluate((element) => element.parentNode?.removeChild(element));
	return onCanvas(
		page,
		async ({ shot, cell }) => {
			const image = new Image();
			image.src = `data:image/png;base64,${shot}`;
			await image.decode();
			const canvas = document.createElement('canvas');
			canvas.width = Math.round(image.width / cell);
			canvas.height = Math.round(image.height / cell);
			const context = canvas.getContext('2d');
			if (context === null) throw new Error('No canvas.');
			context.imageSmoothingQuality = 'high';
			context.drawImage(image, 0, 0, canvas.width, canvas.height);
			return canvas.toDataURL('image/png').split(',')[1] ?? '';
		},
		{ shot, cell: CELL }
	);
};

/**
 * Share of the tiles of two small pictures, 6 by 6 of their pixels each, that are empty in one and drawn on in the other
 * or have another ground; 1 where the sizes differ. Letters of another font are still letters; a card, a table or the
 * line of a chart that is not there leaves tiles empty.
 */
export const differenceOf = (page: Page, one: string, other: string): Promise<number> =>
	onCanvas(
		page,
		async ({ one, other }) => {
			const TILE = 6;
			/** How far a pixel is from the ground of its tile where something is drawn, of 255. */
			const DRAWN = 7;
			const EMPTY = 0.02;
			const FULL = 0.12;
			const GROUND = 24;
			const pixels = async (png: string) => {
				const image = new Image();
				image.src = `data:image/png;base64,${png}`;
				await image.decode();
				const canvas = document.createElement('canvas');
				canvas.width = image.width;
				canvas.height = image.height;
				const context = canvas.getContext('2d');
				context?.drawImage(image, 0, 0);
				return context?.getImageData(0, 0, image.width, image.height) ?? null;
			};
			/** Ground and share of pixels drawn on, tile by tile. */
			const tilesOf = ({ data, width, height }: ImageData) => {
				const tiles: { ground: number; drawn: number }[] = [];
				for (let top = 0; top + TILE <= height; top += TILE)
					for (let left = 0; left + TILE <= width; left += TILE) {
						const light: number[] = [];
						for (let y = top; y < top + TILE; y += 1)
							for (let x = left; x < left + TILE; x += 1) {
								const at = (y * width + x) * 4;
								light.push(
									0.3 * (data[at] ?? 0) + 0.6 * (data[at + 1] ?? 0) + 0.1 * (data[at + 2] ?? 0)
								);
							}
						const ground = light.toSorted((a, b) => a - b)[light.length >> 1] ?? 0;
						const drawn = light.filter((value) => Math.abs(value - ground) > DRAWN).length;
						tiles.push({ ground, drawn: drawn / light.length });
					}
				return tiles;
			};
			const [a, b] = [await pixels(one), await pixels(other)];
			if (a === null || b === null || a.width !== b.width || a.height !== b.height) return 1;
			const [before, now] = [tilesOf(a), tilesOf(b)];
			const changed = before.filter(({ ground, drawn }, at) => {
				const tile = now[at];
				if (tile === undefined) return true;
				const [less, more] = [Math.min(drawn, tile.drawn), Math.max(drawn, tile.drawn)];
				return (less <= EMPTY && more >= FULL) || Math.abs(ground - tile.ground) > GROUND;
			});
			return changed.length / before.length;
		},
		{ one, other }
	);

/** Runs in a blank page: the policy of a screen allows no foreign pictures. */
const onCanvas = async <Given, Answer>(
	page: Page,
	work: (given: Given) => Promise<Answer>,
	given: Given
): Promise<Answer> => {
	const blank = await page.context().newPage();
	try {
		// @ts-expect-error Playwright types what it passes on by what can be serialised; these are strings and numbers.
		return await blank.evaluate(work, given);
	} finally {
		await blank.close();
	}
};
