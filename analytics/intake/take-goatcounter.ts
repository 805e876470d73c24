import {
	goatBody,
	parseGoatCounter,
	type AskingPage,
	type GoatHit
} from '../events/goatcounter.ts';
import { normaliseDomain } from '../events/wire.ts';
import type { Site } from '../posts/site.ts';
import type { Sender } from './enrich-event.ts';
import { takeInputs, type Answer, type IntakeContext } from './intake.ts';
import { pixel, sentenceOf } from './take-gif.ts';

/** Takes a hit of GoatCounter's `/count`: 200 and a pixel, or 400 and `X-Goatcounter` with the reason. */
export async function takeGoatCounter(
	params: URLSearchParams,
	asking: AskingPage,
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	const parsed = parseGoatCounter(params, asking);
	if (!parsed.ok) return refused(parsed.why);
	const { hit } = parsed;
	const site = siteOfHit(hit, context);
	if (site !== undefined && hit.isBot) {
		context.drops.add(site.id, 'bot', context.now());
		return pixel(200, { 'x-byline-dropped': 'bot' });
	}
	const domain = site?.domain ?? hit.hosts[0] ?? hit.site ?? '-';
	const taken = await takeInputs([goatBody(hit, domain)], sender, context);
	if (!taken.ok) return pixel(taken.answer.status, taken.answer.headers);
	const [verdict] = taken.verdicts;
	if (verdict === undefined) return refused('nothing was sent');
	if (!verdict.ok) return refused(sentenceOf(verdict.errors));
	if (verdict.dropped === 'unknown_site') return refused('no site has this host');
	if (verdict.dropped === 'bad_url') return refused('p is not the path of a page');
	return pixel(200, verdict.dropped === null ? {} : { 'x-byline-dropped': verdict.dropped });
}

/** The only site is meant where nothing names another. */
function siteOfHit({ hosts, site }: GoatHit, context: IntakeContext): Site | undefined {
	const names = [...hosts, ...(site === undefined ? [] : [site])].map(normaliseDomain);
	if (names.length === 0) return context.onlySite();
	for (const name of names) {
		const known = context.siteOf(name);
		if (known !== undefined) return known;
	}
	return undefined;
}

function refused(why: string): Answer {
	return pixel(400, { 'x-goatcounter': why.replace(/[^ -~]/g, '?') });
}
