import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const CLIENT = new URL('../../../build/client/', import.meta.url);
const known = new Map<string, number>();

/** Bytes of a file of the build, by its path in the address, compressed with Brotli as the build does. */
export const brotliBytes = (file: string): number => {
	const bytes =
		known.get(file) ??
		brotliCompressSync(readFileSync(fileURLToPath(new URL(file, CLIENT)))).length;
	known.set(file, bytes);
	return bytes;
};
