import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder extends Disposable {
	readonly path: string;
	readonly remove: () => void;
}

const open = new Set<string>();

/** A new empty folder, gone after `remove()`, at the end of a `using` block, or when the process exits. */
export const temporaryFolder = (purpose = 'test'): TemporaryFolder => {
	const path = mkdtempSync(join(tmpdir(), `byline-${purpose}-`));
	if (open.size === 0) process.once('exit', removeAll);
	open.add(path);
	const remove = (): void => {
		rmSync(path, { recursive: true, force: true, maxRetries: 3 });
		open.delete(path);
	};
	return { path, remove, [Symbol.dispose]: remove };
};

const removeAll = (): void => {
	for (const path of open) rmSync(path, { recursive: true, force: true });
	open.clear();
};
