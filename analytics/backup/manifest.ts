import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure, messageOf } from '../failure.ts';

export const MANIFEST = 'backup.json';
const VERSION = 1;

const manifest = z.object({
	byline_backup: z.literal(VERSION),
	/** Epoch milliseconds. */
	made_at: z.number(),
	files: z.array(
		z.object({
			/** Seen from the data folder. Nothing outside of it. */
			path: z.string().regex(/^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*$/),
			bytes: z.number(),
			sha256: z.string()
		})
	)
});

/** What a backup holds: a folder without it is none, since it is written last. */
export type BackupManifest = z.infer<typeof manifest>;

export function manifestOf(madeAt: number, files: BackupManifest['files']): BackupManifest {
	return { byline_backup: VERSION, made_at: madeAt, files };
}

/** @throws Failure `bad_file` where the folder is no whole backup. */
export async function readManifest(folder: string): Promise<BackupManifest> {
	const path = join(folder, MANIFEST);
	try {
		return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
	} catch (thrown) {
		const reason =
			thrown instanceof z.ZodError
				? `${thrown.issues[0]?.path.join('.') ?? ''} ${thrown.issues[0]?.message ?? ''}`
				: messageOf(thrown);
		throw new Failure('bad_file', `${folder} is no whole backup: ${reason}.`);
	}
}

/** The digest of a file's contents. */
export async function digestOfFile(path: string): Promise<string> {
	const digest = createHash('sha256');
	const stream: AsyncIterable<unknown> = createReadStream(path, { highWaterMark: 1 << 20 });
	for await (const chunk of stream) if (Buffer.isBuffer(chunk)) digest.update(chunk);
	return digest.digest('hex');
}
