import fc from 'fast-check';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../tests/support/temp.ts';
import type { Post } from '../posts/post.ts';
import { addDays } from '../time/local.ts';
import { openRegistry, type Registry } from './registry.ts';

let folder: TemporaryFolder;
let registry: Registry;

beforeEach(() => {
	folder = temporaryFolder('comment-counts');
	registry = openRegistry(join(folder.path, 'byline.sqlite'));
});
afterEach(() => {
	registry.close();
	folder.remove();
});

const post = (id: number, commentCount: number | null): Post => ({
	id,
	path: `/${id}`,
	formerPaths: [],
	title: '',
	authors: [],
	topics: [],
	publishedAt: null,
	wordCount: null,
	commentCount
});

const syncs = fc.array(
	fc.record({
		later: fc.constantFrom(0, 0, 1, 3),
		counts: fc.array(fc.option(fc.nat(40)), { minLength: 1, maxLength: 3 })
	}),
	{ maxLength: 12 }
);

test('growth on some days is the count after them less the count before, and sites are apart', () => {
	let sites = 0;
	fc.assert(
		fc.property(syncs, fc.nat(20), fc.nat(20), (steps, start, length) => {
			const site = registry.addSite(`site-${(sites += 1)}.example`, 'UTC', 0);
			const range = {
				from: addDays('2024-02-20', start),
				to: addDays('2024-02-20', start + length)
			};
			let day = '2024-02-20';
			const history = new Map<number, { readonly day: string; readonly count: number }[]>();
			for (const { later, counts } of steps) {
				day = addDays(day, later);
				const posts = counts.map((count, at) => post(at + 1, count));
				registry.commentCounts.record(site, day, posts);
				for (const { id, commentCount } of posts)
					if (commentCount !== null)
						history.set(id, [...(history.get(id) ?? []), { day, count: commentCount }]);
			}
			const expected = [...history].flatMap(([id, known]) => {
				const first = known[0]?.count ?? 0;
				const before = known.findLast((one) => one.day < range.from)?.count ?? first;
				const after = known.findLast((one) => one.day <= range.to)?.count ?? first;
				return after === before ? [] : [[id, after - before] as const];
			});
			const got = registry.commentCounts.growth(site, range);
			expect([...got].sort((a, b) => a[0] - b[0])).toEqual(expected.sort((a, b) => a[0] - b[0]));
		})
	);
});

test('counts that cannot be restored leave those that were there, and the registry as it was', () => {
	const site = registry.addSite('whole.example.com', 'UTC', 0);
	const known = { post: 1, day: '2026-01-01', count: 2, growth: 0 };
	registry.commentCounts.restore(site, [known]);
	const broken = { ...known, post: 2, count: Number.NaN };
	expect(() => registry.commentCounts.restore(site, [known, broken])).toThrow();
	expect(registry.commentCounts.list(site)).toEqual([known]);
	registry.commentCounts.restore(site, [{ ...known, count: 3 }]);
	expect(registry.commentCounts.list(site)).toEqual([{ ...known, count: 3 }]);
});
