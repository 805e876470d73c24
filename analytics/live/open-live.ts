import { messageOf } from '../failure.ts';
import type { ScopeOf } from '../engine-contract.ts';
import type { Site } from '../posts/site.ts';
import { bothScopes, WHOLE_SITE, type Scope } from '../query/scope.ts';
import type { SiteNow } from '../reports/site-now.ts';
import { openListener, type Listener, type Speaker } from './listener.ts';

/** An event is to be seen within two seconds. */
const LOOK_MS = 500;
/** So often at least everyone hears something: visitors leave without an event, and proxies close what is silent. */
const HEARTBEAT_MS = 15_000;

/** Tells those who listen how a site stands, whenever that changes. */
export interface Live {
	/** @throws TypeError where there is no such site for whoever listens. */
	readonly listen: (site: Site) => Listener<SiteNow>;
	/** The same for somebody who sees these sites only, each within its scope. */
	readonly within: (scopeOf: ScopeOf) => Pick<Live, 'listen' | 'within'>;
	/** Everyone who listens hears that it is over. */
	readonly close: () => void;
}

interface LiveOptions {
	readonly ask: (site: Site, scope: Scope) => Promise<SiteNow>;
	/** Another number whenever the answer may have changed; costs nothing to read. */
	readonly version: () => number;
	readonly onTrouble: (message: string) => void;
	/** Monotonic milliseconds. */
	readonly clock?: () => number;
}

interface Channel {
	readonly listeners: Set<Speaker<SiteNow>>;
	readonly stop: () => void;
	latest: SiteNow | null;
}

/** However many listen to the same part of a site, it is asked about once, and only while somebody listens. */
export function openLive({
	ask,
	version,
	onTrouble,
	clock = () => performance.now()
}: LiveOptions): Live {
	const channels = new Map<string, Channel>();
	let closed = false;

	function openChannel(site: Site, scope: Scope): Channel {
		let asking = false;
		let seen = Number.NaN;
		let heardAt = Number.NEGATIVE_INFINITY;

		async function look(): Promise<void> {
			const isDue = clock() - heardAt >= HEARTBEAT_MS;
			if (asking || (version() === seen && !isDue)) return;
			asking = true;
			seen = version();
			try {
				const now = await ask(site, scope);
				if (!isDue && isSame(now, channel.latest)) return;
				channel.latest = now;
				heardAt = clock();
				for (const listener of channel.listeners) listener.say(now);
			} catch (thrown) {
				// Asked again when something changes, or else with the next heartbeat.
				heardAt = clock();
				onTrouble(`What happens on ${site.domain} is not known: ${messageOf(thrown)}`);
			} finally {
				asking = false;
			}
		}

		const timer = setInterval(() => void look(), LOOK_MS);
		timer.unref();
		const channel: Channel = {
			listeners: new Set(),
			stop: () => clearInterval(timer),
			latest: null
		};
		void look();
		return channel;
	}

	function listen(site: Site, scope: Scope): Listener<SiteNow> {
		const key = JSON.stringify([site.id, scope]);
		const known = channels.get(key);
		const channel = known ?? openChannel(site, scope);
		channels.set(key, channel);
		const listener = openListener<SiteNow>(() => {
			channel.listeners.delete(listener);
			if (channel.listeners.size > 0) return;
			channel.stop();
			channels.delete(key);
		});
		channel.listeners.add(listener);
		if (closed) listener.leave();
		else if (channel.latest !== null) listener.say(channel.latest);
		return listener;
	}

	const liveWithin = (scopeOf: ScopeOf): Pick<Live, 'listen' | 'within'> => ({
		listen: (site) => {
			const scope = scopeOf(site);
			if (scope === null) throw new TypeError(`There is no site ${site.domain}.`);
			return listen(site, scope);
		},
		within: (inner) =>
			liveWithin((site) => {
				const [one, other] = [scopeOf(site), inner(site)];
				return one === null || other === null ? null : bothScopes(one, other);
			})
	});

	return {
		...liveWithin(() => WHOLE_SITE),
		close: () => {
			closed = true;
			for (const { listeners } of [...channels.values()])
				for (const listener of [...listeners]) listener.leave();
		}
	};
}

function isSame(now: SiteNow, before: SiteNow | null): boolean {
	return (
		before !== null &&
		now.visitors === before.visitors &&
		now.newest === before.newest &&
		now.hasEvents === before.hasEvents
	);
}
