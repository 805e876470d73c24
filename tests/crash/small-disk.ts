import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temp.ts';

/** A disk that a test may fill. */
export interface SmallDisk {
	readonly path: string;
	/** Fills it up to some free bytes, with a file of zeros. */
	readonly fill: (leaveBytes: number) => void;
	/** Takes that file away again. */
	readonly free: () => void;
	readonly remove: () => void;
}

const PIECE = 4_096;

/** Mounts a disk in memory; throws where this user may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk {
	const folder = temporaryFolder('disk');
	const unmount = (): void => {
		execFileSync('umount', ['-l', folder.path], { stdio: 'ignore' });
	};
	try {
		const options = `size=${megabytes}m,mode=700`;
		execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder.path], { stdio: 'pipe' });
	} catch (thrown) {
		folder.remove();
		throw thrown;
	}
	// Before the folder's own end, which could not remove a disk.
	process.prependOnceListener('exit', unmount);
	const filler = join(folder.path, 'filler');
	return {
		path: folder.path,
		fill: (leaveBytes) => {
			const file = openSync(filler, 'a');
			try {
				const { bavail, bsize } = statfsSync(folder.path);
				const bytes = Math.max(0, bavail * bsize - leaveBytes);
				const zeros = Buffer.alloc(PIECE);
				for (let left = bytes; left > 0; left -= PIECE) writeSync(file, zeros);
			} catch (thrown) {
				if (leaveBytes > 0) throw thrown;
			} finally {
				closeSync(file);
			}
		},
		free: () => rmSync(filler, { force: true }),
		remove: () => {
			process.off('exit', unmount);
			unmount();
			folder.remove();
		}
	};
}
