import type { Engine } from '../engine.ts';

/**
 * Takes an import back and derives its days again.
 * @throws Failure `bad_argument` while it runs.
 */
export async function removeImport(
	{ store, intake, rollUp }: Pick<Engine, 'store' | 'intake' | 'rollUp'>,
	id: number
): Promise<void> {
	await store.imports.remove(id, intake.now());
	await store.settle();
	await rollUp();
	await store.checkpoint();
}
