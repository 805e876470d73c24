import { openEngine } from '../../analytics/engine.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { AUTHOR, CANARY_POSTS, CANARY_SITE, canaryLines } from './canary-blog.ts';
import { OWNER } from './owner.ts';

/** Who has a role on the shared blog; nobody of them has any on the other. */
export const ROLES = ['owner', 'editor', 'viewer', 'author'] as const;
export type Role = (typeof ROLES)[number];

export const SHARED = CANARY_SITE.domain;
export const ELSEWHERE = 'elsewhere.example';
export const PASSWORD = 'a password of some length';
export const emailOf = (role: Role): string => `${role}@example.com`;

/** What the posts of the shared blog are called in addresses. */
export interface CanaryPosts {
	readonly own: number;
	readonly other: number;
	readonly invented: number;
}

/** Fills a data folder with two blogs of the same history, and people. */
export async function makeCanaryInstallation(folder: string): Promise<CanaryPosts> {
	const engine = await openEngine({ settings: parseSettings({ DATA_DIR: folder }) });
	try {
		const sites = [SHARED, ELSEWHERE].map((domain) => engine.addSite(domain, CANARY_SITE.zone));
		for (const site of sites) {
			await engine.putPosts(
				site,
				CANARY_POSTS.map(({ id: _, ...post }) => post)
			);
			await engine.store.appendImport([canaryLines(site).map(imported)]);
		}
		await engine.store.settle();
		await engine.rollUp();
		const { auth, memberships } = engine.accounts;
		const { id: everywhere } = await auth.addPerson(OWNER);
		memberships.put({ person: everywhere, site: 0, role: 'owner', authors: [] });
		const [shared] = sites;
		if (shared === undefined) throw new Error('There is no site.');
		for (const role of ROLES) {
			const given = { name: role, email: emailOf(role), password: PASSWORD };
			const { id: person } = await auth.addPerson(given);
			memberships.put({ person, site: shared.id, role, authors: [AUTHOR] });
		}
		const posts = engine.posts(shared);
		const idOf = (path: string): number => posts.find((post) => post.path === path)?.id ?? 0;
		return { own: idOf('/own-21'), other: idOf('/kanarie-path-24'), invented: 9_999 };
	} finally {
		await engine.close();
	}
}

function imported(line: string, at: number): string {
	return line.replace(/\}$/, `,"importLine":"${at.toString(16).padStart(16, '0')}"}`);
}
