import { originOf } from '../accounts/origin-of.ts';
import type { Person } from '../accounts/people.ts';
import { ROLES } from '../accounts/roles.ts';
import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import { namesOf } from '../posts/identity/names-of.ts';
import type { Site } from '../posts/site.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export const userAdd: Command = {
	name: 'user add',
	usage: `<e-mail address> [--role ${ROLES.join('|')}] [--authors <a; b>] [--site <domain>]`,
	help: 'Makes an invitation to a site and writes its link, which works once, for seven days. The role is viewer where none is given; an author needs one or more author names of the posts.',
	options: ['role', 'authors', 'site'],
	run: (input, engine, io) => {
		const email = emailOf(input.words);
		const site = siteOption(input, engine);
		const given = input.options['role'] ?? 'viewer';
		const role = ROLES.find((one) => one === given);
		if (role === undefined)
			throw new Failure('bad_argument', `--role is "${given}", but must be ${ROLES.join(', ')}.`);
		const authors = role === 'author' ? authorsOf(input.options['authors'], site, engine) : [];
		const { accounts } = engine;
		const token = accounts.invitations.add({ email, site: site.id, role, authors, by: null });
		recordDone(engine, 'person_invited', site, { email, role });
		io.note(`Hand this link to ${email}:\n`);
		io.out(`${originOf(engine.settings)}/invite/${token}\n`);
		return Promise.resolve(0);
	}
};

export const userList: Command = {
	name: 'user list',
	usage: '',
	help: 'Lists the people with an account: address, name, and roles by site.',
	options: [],
	run: (_, { accounts, registry }, io) => {
		const sites = new Map(registry.sites().map(({ id, domain }) => [id, domain]));
		for (const { id, email, name } of accounts.people.list()) {
			const roles = accounts.memberships
				.of(id)
				.map(({ site, role }) => `${sites.get(site) ?? 'all sites'}: ${role}`);
			io.out(`${email}\t${name}\t${roles.join(', ')}\n`);
		}
		return Promise.resolve(0);
	}
};

export const userReset: Command = {
	name: 'user reset',
	usage: '<e-mail address> [--two-factor]',
	help: 'Writes a link that sets a new password, works once and for an hour. With --two-factor, switches that off in place of it, for somebody who lost app and codes.',
	options: [],
	flags: ['two-factor'],
	run: (input, engine, io) => {
		const { accounts } = engine;
		const person = personOf(engine, emailOf(input.words));
		if (input.flags.has('two-factor')) {
			accounts.people.endTwoFactor(person.id);
			recordDone(engine, 'two_factor_off', null, { email: person.email });
			io.note(`Two-factor is off for ${person.email}.\n`);
			return Promise.resolve(0);
		}
		const token = accounts.resets.add(person.id);
		recordDone(engine, 'password_reset_asked', null, { email: person.email });
		io.note(`Hand this link to ${person.email}:\n`);
		io.out(`${originOf(engine.settings)}/reset/${token}\n`);
		return Promise.resolve(0);
	}
};

function emailOf([given = '']: readonly string[]): string {
	const email = given.trim().toLowerCase();
	if (!EMAIL.test(email))
		throw new Failure(
			'bad_argument',
			`"${given}" is no e-mail address; write it as ada@example.com.`
		);
	return email;
}

function personOf({ accounts }: Engine, email: string): Person {
	const person = accounts.people.byEmail(email);
	if (person === null)
		throw new Failure('not_found', `Nobody with the address ${email} has an account.`);
	return person;
}

function authorsOf(given: string | undefined, site: Site, engine: Engine): readonly string[] {
	const known = new Set(namesOf(engine.identity.resolved(site), 'author').map(({ name }) => name));
	const authors = (given ?? '')
		.split(';')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (authors.length === 0)
		throw new Failure(
			'bad_argument',
			'An author needs --authors: one or more author names of the posts.'
		);
	const unknown = authors.find((name) => !known.has(name));
	if (unknown !== undefined)
		throw new Failure('bad_argument', `No post of ${site.domain} is by "${unknown}".`);
	return [...new Set(authors)];
}
