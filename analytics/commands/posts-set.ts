import { Failure } from '../failure.ts';
import { keysOf } from '../keys-of.ts';
import { EDITS, parsePostEdit, type EditName } from '../posts/identity/post-edit.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { postNamed } from './post-option.ts';

const NAMES = keysOf(EDITS);

export const postsSet: Command = {
	name: 'posts set',
	usage:
		'<path or number> [--title <text>] [--authors <a; b>] [--topics <a; b>] [--published <date>] [--words <number>] [--take-back <field,…>] [--site <domain>]',
	help: `Edits a post by hand: what is set wins over every source until it is taken back. Fields: ${NAMES.join(', ')}.`,
	options: [...NAMES, 'take-back', 'site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const { id, path } = postNamed(engine, site, input.words[0]);
		const edit = Object.fromEntries(
			NAMES.flatMap((name) => {
				const text = input.options[name];
				return text === undefined ? [] : [[name, text] as const];
			})
		);
		const back = (input.options['take-back'] ?? '')
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== '')
			.map(fieldNamed);
		if (Object.keys(edit).length + back.length === 0)
			throw new Failure('bad_argument', `Say what to set: --${NAMES.join(', --')}.`);
		const parsed = parsePostEdit(edit, site.zone);
		if (!parsed.ok) throw new Failure('bad_argument', Object.values(parsed.errors).join(' '));
		if (back.length > 0)
			await engine.identity.takeBack(
				site,
				id,
				back.map((name) => EDITS[name].field)
			);
		if (Object.keys(edit).length > 0) await engine.identity.editPost(site, id, parsed.values);
		io.note(`${path} is edited.\n`);
		return 0;
	}
};

function fieldNamed(text: string): EditName {
	const name = NAMES.find((known) => known === text);
	if (name === undefined)
		throw new Failure('bad_argument', `"${text}" is no field. There is ${NAMES.join(', ')}.`);
	return name;
}
