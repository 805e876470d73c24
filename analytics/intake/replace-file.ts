import { open, rename } from 'node:fs/promises';

/** Puts bytes into the place of a file; it has them only once they are on disk. */
export async function replaceFile(path: string, bytes: Buffer): Promise<void> {
	const fresh = `${path}.new`;
	const file = await open(fresh, 'w', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(fresh, path);
}
