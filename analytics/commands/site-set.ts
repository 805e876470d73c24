import { DEFAULT_KEEP_PARAMS } from '../posts/canonical-path.ts';
import { CONTENT_PARAMS_GRAMMAR, parseContentParams } from '../posts/identity/content-params.ts';
import { Failure } from '../failure.ts';
import { keysOf } from '../keys-of.ts';
import { siteRules, type SiteRules } from '../posts/identity/site-rules.ts';
import { PRIVACY_SIGNALS } from '../posts/privacy-signals.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';

/** Rules by the names of their options. */
const RULES = {
	html: { rule: 'html', words: ['keep', 'fold'] },
	'letter-case': { rule: 'letterCase', words: ['keep', 'fold'] },
	topics: { rule: 'topics', words: ['keep', 'fold'] },
	'seen-pages': { rule: 'seenPages', words: ['fetch', 'ignore'] }
} as const satisfies Readonly<
	Record<
		string,
		{ readonly rule: Exclude<keyof SiteRules, 'params'>; readonly words: readonly string[] }
	>
>;
const RULE_NAMES = keysOf(RULES);

export const siteSet: Command = {
	name: 'site set',
	usage:
		'<domain> [--privacy-signals honour|ignore] [--html keep|fold] [--letter-case keep|fold] [--params <name,…>|default] [--topics keep|fold] [--seen-pages fetch|ignore]',
	help: 'Sets what a site does. Privacy signals: drops the events of readers whose browser has Global Privacy Control or Do Not Track on (honour), or counts them as any other (ignore, the default), from now on. Html, letter case: whether a page is the same with and without .html, in upper and lower case (fold), in all of its history. Params: which query parameters name content and are part of a page (p and page_id by default; none as ""); one that is listed is kept from now on, one that is no longer goes from all history. Topics: whether those that differ in case and spaces only are one (fold). Seen pages: whether a page that is seen for the first time is read for title, authors, topics and date (fetch, the default).',
	options: ['privacy-signals', 'params', ...RULE_NAMES],
	run: async ({ words: [domain = ''], options }, engine, io) => {
		const site = siteNamed(engine, domain);
		const rules: Partial<Record<keyof SiteRules, string | readonly string[]>> = {};
		for (const name of RULE_NAMES) {
			const given = options[name];
			if (given !== undefined) rules[RULES[name].rule] = wordOf(name, given, RULES[name].words);
		}
		if (options['params'] !== undefined) rules.params = paramsOf(options['params']);
		const signals = options['privacy-signals'];
		if (signals === undefined && Object.keys(rules).length === 0)
			throw new Failure(
				'bad_argument',
				`Say what to set: --privacy-signals, --params, --${RULE_NAMES.join(', --')}.`
			);
		if (signals !== undefined) {
			const value = wordOf('privacy-signals', signals, PRIVACY_SIGNALS);
			engine.setPrivacySignals(site, value);
			io.note(
				`${site.domain} now ${value === 'honour' ? 'honours' : 'ignores'} privacy signals.\n`
			);
		}
		if (Object.keys(rules).length > 0) {
			await engine.identity.setRules(
				site,
				siteRules.parse({ ...engine.identity.rules(site), ...rules })
			);
			io.note(`${site.domain} keeps to these rules now.\n`);
		}
		return 0;
	}
};

export const siteShow: Command = {
	name: 'site show',
	usage: '<domain>',
	help: 'Shows what is set for a site.',
	options: [],
	run: ({ words: [domain = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		const rules = engine.identity.rules(site);
		io.out(`timezone\t${site.zone}\n`);
		io.out(`privacy-signals\t${engine.registry.privacySignals().get(site.id) ?? 'ignore'}\n`);
		io.out(`params\t${rules.params.join(',')}\n`);
		for (const name of RULE_NAMES) io.out(`${name}\t${rules[RULES[name].rule]}\n`);
		return Promise.resolve(0);
	}
};

function paramsOf(given: string): readonly string[] {
	const names = given === 'default' ? DEFAULT_KEEP_PARAMS : parseContentParams(given);
	if (names === null)
		throw new Failure(
			'bad_argument',
			`--params is "${given}", but must be ${CONTENT_PARAMS_GRAMMAR}.`
		);
	return names;
}

function wordOf<T extends string>(name: string, given: string, words: readonly T[]): T {
	const word = words.find((allowed) => allowed === given);
	if (word === undefined)
		throw new Failure(
			'bad_argument',
			`--${name} is "${given}", but must be ${words.join(' or ')}.`
		);
	return word;
}
