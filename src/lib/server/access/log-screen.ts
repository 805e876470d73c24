import type { Site } from '#analytics';
import type { Act, AuditEntry } from '#analytics/server';
import { plural } from '#lib/format.ts';
import { ROLE_LABELS } from '#lib/role-labels.ts';
import { exportWords } from '#lib/server/export-words.ts';
import { engine } from '#lib/server/open-engine.ts';

const SHOWN = 50;

/** What the others need their details for. */
const WORDS: Readonly<Record<Exclude<Act, 'exported' | 'import_removed'>, string>> = {
	installation_claimed: 'Set the installation up',
	signed_in: 'Signed in',
	sign_in_failed: 'A sign-in failed',
	signed_out: 'Signed out',
	sessions_ended: 'Ended sessions',
	password_changed: 'Changed the password',
	password_reset_asked: 'Asked for a new password',
	password_reset: 'Set a new password by a link',
	two_factor_on: 'Switched two-factor on',
	two_factor_off: 'Switched two-factor off',
	passkey_added: 'Added a passkey',
	passkey_removed: 'Removed a passkey',
	person_invited: 'Invited',
	invitation_withdrawn: 'Withdrew the invitation',
	invitation_accepted: 'Accepted an invitation',
	role_changed: 'Changed the role',
	role_removed: 'Took the role away',
	person_exported: 'Exported what is kept of them',
	person_erased: 'Erased an account',
	site_added: 'Added the site',
	site_deleted: 'Deleted a site',
	key_added: 'Added an API key',
	key_removed: 'Removed an API key',
	link_added: 'Added a share link',
	link_removed: 'Removed a share link'
};

/** What was done about a site, the newest first; whoever owns all sees sign-ins and the like among it. */
export function logView(site: Site, page: number, ownsAll: boolean) {
	const offset = Number.isSafeInteger(page) && page > 1 ? (page - 1) * SHOWN : 0;
	const entries = engine().accounts.audit.list(ownsAll ? null : site.id, {
		limit: SHOWN + 1,
		offset
	});
	return {
		page: offset / SHOWN + 1,
		hasMore: entries.length > SHOWN,
		entries: entries.slice(0, SHOWN).map((entry) => ({
			id: entry.id,
			at: new Date(entry.at).toISOString(),
			who: whoDid(entry),
			what: whatOf(entry),
			detail: aboutOf(entry)
		}))
	};
}

function whoDid({ actor, detail: { key, link, prefix = '' } }: AuditEntry): string {
	if (actor === 'terminal') return 'The terminal';
	if (actor !== null) return engine().accounts.people.get(actor)?.name ?? 'Somebody erased';
	if (key !== undefined) return `The API key “${key}” (${prefix}…)`;
	if (link !== undefined) return `The share link “${link}” (${prefix}…)`;
	return 'Nobody known';
}

function whatOf({ act, detail }: AuditEntry): string {
	if (act === 'exported')
		return `Exported ${exportWords(detail['export'] ?? '', detail['format'])}`;
	if (act === 'import_removed')
		return `Removed import ${detail['import']} (${detail['format']}, ${plural(Number(detail['rows']), 'row')})`;
	return WORDS[act];
}

function aboutOf({ act, detail, site }: AuditEntry): string {
	const domain = engine()
		.registry.sites()
		.find(({ id }) => id === site)?.domain;
	// The sentences of these say the rest.
	const said = act === 'exported' || act === 'import_removed';
	const texts = said ? [detail['query'] ?? ''] : told(detail);
	return [
		...(domain === undefined ? [] : [domain]),
		...texts.filter((text) => text !== '' && text !== domain)
	].join(' · ');
}

function told({ role, by, ...others }: AuditEntry['detail']): readonly string[] {
	return [
		...Object.values(others),
		...(role === undefined ? [] : [labelOf(role)]),
		...(by === undefined ? [] : [`by ${by}`])
	];
}

function labelOf(role: string): string {
	const labels: Readonly<Record<string, string>> = ROLE_LABELS;
	return labels[role] ?? role;
}
