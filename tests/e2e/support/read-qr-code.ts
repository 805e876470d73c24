import type { Browser } from '@playwright/test';
import decodeQR from 'qr/decode.js';

/** Reads a QR code from a picture of it, with another package than the one that wrote it. @throws where there is none */
export const readQrCode = async (browser: Browser, png: Buffer): Promise<string> => {
	const page = await browser.newPage({ javaScriptEnabled: true });
	const { width, height, data } = await page.evaluate(
		async (source) => {
			const picture = new Image();
			picture.src = source;
			await picture.decode();
			const { naturalWidth: width, naturalHeight: height } = picture;
			const canvas = new OffscreenCanvas(width, height).getContext('2d');
			if (canvas === null) throw new Error('There is no canvas.');
			canvas.drawImage(picture, 0, 0);
			return { width, height, data: [...canvas.getImageData(0, 0, width, height).data] };
		},
		`data:image/png;base64,${png.toString('base64')}`
	);
	await page.close();
	return decodeQR({ width, height, data: Uint8Array.from(data) });
};
