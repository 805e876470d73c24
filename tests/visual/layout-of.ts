import type { Page } from '@playwright/test';

/** Pixels of the screen that become one of the picture that is kept: letters blur, blocks stay. */
const CELL = 8;

/** Fonts with the same widths everywhere: Arial, Liberation Sans and Arimo; Times, Liberation Serif and Tinos. */
const FONTS = `:root, body { font-family: Arial, 'Liberation Sans', Arimo, sans-serif !important }
.font-serif, .brand { font-family: 'Times New Roman', 'Liberation Serif', Tinos, serif !important }
.font-mono { font-family: 'Courier New', 'Liberation Mono', Cousine, monospace !important }`;

/** The window as a small PNG, base64. */
export const layoutOf = async (page: Page): Promise<string> => {
	await page.addStyleTag({ content: FONTS });
	const shot = (await page.screenshot({ animations: 'disabled' })).toString('base64');
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

/** Share of cells in which two small pictures differ by more than what fonts and smoothing make; 1 where their sizes differ. */
export const differenceOf = (page: Page, one: string, other: string): Promise<number> =>
	onCanvas(
		page,
		async ({ one, other }) => {
			const NOTICED = 40;
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
			const [a, b] = [await pixels(one), await pixels(other)];
			if (a === null || b === null || a.width !== b.width || a.height !== b.height) return 1;
			let differing = 0;
			for (let at = 0; at < a.data.length; at += 4) {
				const apart = [0, 1, 2].map((channel) =>
					Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0))
				);
				if (Math.max(...apart) > NOTICED) differing += 1;
			}
			return differing / (a.data.length / 4);
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
