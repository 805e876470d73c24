import { isKeyScope, KEY_SCOPES } from '../accounts/api-keys.ts';
import { Failure } from '../failure.ts';
import { keysOf } from '../keys-of.ts';
import { plainName } from '../plain-name.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

const DAY_MS = 86_400_000;
const SCOPES = keysOf(KEY_SCOPES).join(', ');

/** Writes the key to standard output, so that it can go where it is needed unseen. */
export const keyAdd: Command = {
	name: 'key add',
	usage: '<name> --may <scope,…> [--site <domain>] [--author <name>] [--days <number>]',
	help: `Makes an API key of a site, which is told only now. It may do what the scopes say: ${SCOPES}. It holds so many days, or until it is removed.`,
	options: ['site', 'may', 'author', 'days'],
	run: (input, engine, io) => {
		const { words, options } = input;
		const name = plainName(words.join(' '));
		if (name === '') throw new Failure('bad_argument', 'Say what the key is called.');
		const given = (options['may'] ?? '').split(',').map((text) => text.trim());
		const wrong = given.find((text) => !isKeyScope(text));
		if (wrong !== undefined)
			throw new Failure('bad_argument', `--may is "${wrong}", but must be of ${SCOPES}.`);
		const days = options['days'];
		if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))
			throw new Failure('bad_argument', `--days is "${days}", but must be a number of days.`);
		const site = siteOption(input, engine);
		const now = Date.now();
		const { key, text } = engine.accounts.apiKeys.add(
			site.id,
			{
				name,
				scopes: [...new Set(given.filter(isKeyScope))],
				authors: options['author'] === undefined ? null : [options['author']],
				expiresAt: days === undefined ? null : now + Number(days) * DAY_MS
			},
			now
		);
		recordDone(engine, 'key_added', site, {
			name,
			prefix: key.prefix,
			may: key.scopes.join(', ')
		});
		io.out(`${text}\n`);
		io.note(`Made the key ${key.prefix}… of ${site.domain}. It is not shown again.\n`);
		return Promise.resolve(0);
	}
};
