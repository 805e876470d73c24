import { expect, it } from 'vitest';
import { NO_SYNC, syncState, withSource, type SyncState } from './sync-state.ts';

const validators = { etag: '"1"', of: 'digest' };
const known: SyncState = {
	...NO_SYNC,
	kind: 'auto',
	everyHours: 6,
	lastAt: 1,
	read: { '/a': 1 },
	known: {
		terms: 'digest',
		documents: [
			{ place: 'https://blog.example/feed', validators, readAt: 1, sitemaps: [], left: [] }
		],
		end: null
	},
	home: { validators, readAt: 1, source: { kind: 'feed', url: 'https://blog.example/feed' } }
};

it('is stored as it is', () => {
	expect(syncState.parse(JSON.parse(JSON.stringify(known)))).toEqual(known);
});

it('of an earlier version is read, without what was kept of its feed', () => {
	const { known: _known, home: _home, ...rest } = known;
	const former = { ...rest, validators: { etag: '"1"', of: 'https://blog.example/feed' } };
	expect(syncState.parse(former)).toEqual({ ...known, known: null, home: null });
});

it('with another source takes nothing for unchanged, and knows the pages that were read', () => {
	const source = {
		kind: 'sitemap',
		url: 'https://blog.example/s',
		key: '',
		everyHours: 1
	} as const;
	expect(withSource(known, source)).toEqual({ ...known, ...source, known: null, home: null });
});
