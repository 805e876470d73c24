import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accounts } from './accounts/open-accounts.ts';
import { Failure } from './failure.ts';
import type { Uploads } from './imports/uploads.ts';
import type { Journal } from './intake/journal.ts';
import type { Salts } from './intake/salts.ts';
import type { Writer } from './intake/writer.ts';
import type { Site } from './posts/site.ts';
import type { EventStore } from './stores/event-store.ts';
import type { Registry } from './stores/registry.ts';

interface Parts {
	readonly folder: string;
	readonly store: EventStore;
	readonly registry: Registry;
	readonly journal: Journal;
	readonly writer: Writer;
	readonly salts: Salts;
	readonly uploads: Uploads;
	readonly accounts: Accounts;
	readonly now: () => number;
}

/** How a site goes for good. */
export interface Removal {
	/** @throws Failure `bad_argument` */
	readonly refuseWhileImporting: (site: Site) => Promise<void>;
	/**
	 * Deletes what the data folder still has of a site that the registry has forgotten; done again it does no harm.
	 * Answers the files that cannot be read and may hold some of it.
	 */
	readonly finish: (site: number) => Promise<readonly string[]>;
}

export function openRemoval(parts: Parts): Removal {
	const { folder, store, registry, journal, writer, salts, uploads, accounts, now } = parts;
	return {
		refuseWhileImporting: async (site) => {
			const imports = await store.imports.list(site.id);
			const running = imports.find(({ id }) => store.imports.isRunning(id));
			if (running !== undefined)
				throw new Failure(
					'bad_argument',
					`Import ${running.id} of ${site.domain} is running; cancel it or wait for its end.`
				);
		},
		finish: async (site) => {
			// Events that were on their way when the registry forgot it are in segments before this.
			await journal.turn();
			await writer.drain();
			await store.removeSite(site);
			await writer.compact();
			await journal.forget(site);
			await uploads.removeAll(site);
			salts.forget(site);
			accounts.removeSite(site);
			const temporary = join(folder, 'tmp');
			for (const name of await readdir(temporary))
				if (name.startsWith(`export-${site}-`))
					await rm(join(temporary, name), { recursive: true, force: true });
			registry.finishRemoval(site, now());
			return (await readdir(folder)).filter((name) => name.includes('.duckdb.damaged-'));
		}
	};
}
