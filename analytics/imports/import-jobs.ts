import { messageOf } from '../failure.ts';
import type { ImportAsked, ImportOutcome } from './run-import.ts';

/** Work on an import that goes on in this process, or that has ended in it. */
export interface ImportJob {
	readonly key: string;
	readonly site: number;
	readonly kind: 'preview' | 'import' | 'remove';
	readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
	/** Epoch milliseconds; null while it waits. */
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	readonly lines: number;
	/** Of all bytes, from 0 to 1. */
	readonly share: number;
	/** Number of the import, once it has one. */
	readonly id: number | null;
	readonly outcome: ImportOutcome | null;
	/** What was wrong, in a sentence. */
	readonly message: string | null;
}

/** Imports that go on while nobody waits for them. */
export interface ImportJobs {
	/**
	 * Begins, and answers what becomes of it; null where work of this key goes on already. Imports wait for one another,
	 * a preview waits for none.
	 */
	readonly start: (
		key: string,
		asked: Omit<ImportAsked, 'onProgress' | 'onBegin' | 'signal'>
	) => Promise<ImportJob> | null;
	/** Takes an import back; null where that goes on already. */
	readonly remove: (key: string, site: number, id: number) => Promise<ImportJob> | null;
	readonly job: (key: string) => ImportJob | null;
	readonly jobs: (site: number) => readonly ImportJob[];
	/** An import that is cancelled stays as far as it came: the same files continue it. */
	readonly cancel: (key: string) => void;
	/** Forgets work that has ended. */
	readonly forget: (key: string) => void;
	/** Cancels what runs and waits until it has let go. */
	readonly close: () => Promise<void>;
}

interface Work {
	readonly run: (asked: ImportAsked) => Promise<ImportOutcome>;
	readonly remove: (id: number) => Promise<void>;
	/** Epoch milliseconds. */
	readonly now: () => number;
}

const KEPT = 100;
const AT_FIRST = {
	state: 'waiting',
	startedAt: null,
	endedAt: null,
	lines: 0,
	share: 0,
	outcome: null,
	message: null
} as const satisfies Partial<ImportJob>;

/** Opens the list of what goes on; it is empty whenever a process starts. */
export function openImportJobs({ run, remove, now }: Work): ImportJobs {
	const jobs = new Map<string, ImportJob>();
	const controllers = new Map<string, AbortController>();
	let last: Promise<unknown> = Promise.resolve();
	const all = new Set<Promise<void>>();

	const change = (key: string, more: Partial<ImportJob>): void => {
		const job = jobs.get(key);
		if (job !== undefined) jobs.set(key, { ...job, ...more });
	};

	async function work(
		key: string,
		{ signal }: AbortController,
		task: (signal: AbortSignal) => Promise<ImportOutcome | null>
	): Promise<void> {
		try {
			signal.throwIfAborted();
			change(key, { state: 'running', startedAt: now() });
			const outcome = await task(signal);
			change(key, { state: 'done', share: 1, outcome });
		} catch (thrown) {
			if (signal.aborted) change(key, { state: 'cancelled' });
			else change(key, { state: 'failed', message: messageOf(thrown) });
		} finally {
			change(key, { endedAt: now() });
			controllers.delete(key);
		}
	}

	function begin(
		first: Pick<ImportJob, 'key' | 'site' | 'kind' | 'id'>,
		task: (signal: AbortSignal) => Promise<ImportOutcome | null>
	): Promise<ImportJob> | null {
		const { key, kind } = first;
		if (controllers.has(key)) return null;
		const controller = new AbortController();
		controllers.set(key, controller);
		const job: ImportJob = { ...first, ...AT_FIRST };
		jobs.delete(key);
		jobs.set(key, job);
		forgetOldest(jobs, controllers);
		const before = kind === 'preview' ? Promise.resolve() : last;
		const running = before.then(() => work(key, controller, task));
		if (kind !== 'preview') last = running;
		all.add(running);
		void running.finally(() => all.delete(running));
		return running.then(() => jobs.get(key) ?? job);
	}

	return {
		start: (key, asked) =>
			begin(
				{ key, site: asked.site.id, kind: asked.isPreview ? 'preview' : 'import', id: null },
				(signal) =>
					run({
						...asked,
						signal,
						onBegin: (id) => change(key, { id }),
						onProgress: (lines, share) =>
							change(key, { lines: (jobs.get(key)?.lines ?? 0) + lines, share })
					})
			),
		remove: (key, site, id) =>
			begin({ key, site, kind: 'remove', id }, async () => {
				await remove(id);
				return null;
			}),
		job: (key) => jobs.get(key) ?? null,
		jobs: (site) => [...jobs.values()].filter((job) => job.site === site).reverse(),
		cancel: (key) => controllers.get(key)?.abort(),
		forget: (key) => {
			if (!controllers.has(key)) jobs.delete(key);
		},
		close: async () => {
			for (const [key, controller] of controllers)
				// To take an import back is one transaction: it ends by itself.
				if (jobs.get(key)?.kind !== 'remove' || jobs.get(key)?.state === 'waiting')
					controller.abort();
			await Promise.allSettled(all);
		}
	};
}

function forgetOldest(
	jobs: Map<string, ImportJob>,
	running: ReadonlyMap<string, AbortController>
): void {
	for (const key of jobs.keys()) {
		if (jobs.size <= KEPT) return;
		if (!running.has(key)) jobs.delete(key);
	}
}
