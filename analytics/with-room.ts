/** Most bytes of a character in UTF-8, for each unit of JavaScript's. */
const MOST_BYTES = 3;

/** The buffer, or a larger one that begins with its first `used` bytes, with room behind them for a text and some bytes more. */
export function withRoom(
	buffer: Buffer<ArrayBuffer>,
	used: number,
	text: string,
	more: number
): Buffer<ArrayBuffer> {
	const needed = used + text.length * MOST_BYTES + more;
	if (needed <= buffer.length) return buffer;
	const larger = Buffer.allocUnsafeSlow(Math.max(2 * buffer.length, needed));
	buffer.copy(larger, 0, 0, used);
	return larger;
}
