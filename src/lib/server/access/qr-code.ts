import { encode } from 'uqr';

/** A text to be read by a camera, as squares: its width and height with the white around it, and what is dark. */
export interface QrCode {
	readonly size: number;
	/** As the `d` of an SVG path, a square being one unit. */
	readonly path: string;
}

/** Squares of white on each side that the standard asks for. */
const QUIET = 4;

export function qrCodeOf(text: string): QrCode {
	const { size, data } = encode(text, { ecc: 'M', border: QUIET });
	const path = data.flatMap((row, y) =>
		row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))
	);
	return { size, path: path.join('') };
}
