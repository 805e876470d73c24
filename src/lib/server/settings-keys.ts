import type { Site } from '#analytics';
import { isKeyScope, KEY_SCOPES, keysOf, namesOf } from '#analytics/server';
import { authorsNow } from '#lib/server/access/names-now.ts';
import { record } from '#lib/server/access/record.ts';
import { engine } from '#lib/server/engine.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';
import { EXPIRIES, momentsOf, parseExpiry, parseName } from '#lib/server/settings-expiry.ts';

/** The keys of a site, and what can be said of a new one. */
export function keysView(site: Site) {
	const { accounts, identity } = engine();
	return {
		keys: accounts.apiKeys.list(site.id).map((key) => ({
			id: key.id,
			name: key.name,
			prefix: key.prefix,
			may: key.scopes.map((scope) => KEY_SCOPES[scope]),
			authors: key.authors === null ? null : authorsNow(site, key.authors),
			...momentsOf(key)
		})),
		scopes: keysOf(KEY_SCOPES).map((id) => ({ id, label: KEY_SCOPES[id] })),
		authors: namesOf(identity.resolved(site), 'author').map(({ name }) => name),
		expiries: EXPIRIES
	};
}

/** Makes a key; its text is told here alone. @throws WrongField */
export function addKey(site: Site, form: FormData): string {
	const now = Date.now();
	const name = parseName(form);
	const scopes = [...new Set(form.getAll('scope').map(textOf))].filter(isKeyScope);
	if (scopes.length === 0) throw new WrongField('scope', 'Choose what it may do.');
	const author = textOf(form.get('author'));
	const { authors } = keysView(site);
	if (author !== '' && !authors.includes(author))
		throw new WrongField('author', `There is no author “${author}”.`);
	if (author !== '' && scopes.includes('catalogue'))
		throw new WrongField('author', 'A key that manages the catalogue is not for one author.');
	const { key, text } = engine().accounts.apiKeys.add(
		site.id,
		{ name, scopes, authors: author === '' ? null : [author], expiresAt: parseExpiry(form, now) },
		now
	);
	record('key_added', { site, detail: { name, prefix: key.prefix, may: scopes.join(', ') } });
	return text;
}

/** Ends a key at once. Answers its name. @throws WrongField */
export function removeKey(site: Site, form: FormData): string {
	const { apiKeys } = engine().accounts;
	const id = Number(textOf(form.get('id')));
	const key = apiKeys.list(site.id).find((each) => each.id === id);
	if (key === undefined) throw new WrongField('', 'There is no such key any more.');
	apiKeys.remove(site.id, id);
	record('key_removed', { site, detail: { name: key.name, prefix: key.prefix } });
	return key.name;
}
