import { lineOf, type Element } from './markup.ts';
import { parseDate } from './parse-date.ts';

/** What the line below a title says. */
interface Byline {
	readonly authors: readonly string[];
	/** As written; what `parseDate` reads. */
	readonly published: readonly string[];
}

const HOLDERS = /^(p|div|span|small|header|address|li)$/;
/** Lines that begin as one, but hold no date. */
const MOST_TRIES = 50;
const FIRST_WORD = /^\s*(by|posted|written|published)\b/i;
const BEGINNING = /^\s*(?:posted\s+|written\s+|published\s+)?by:?\s+/i;
const BREAKS = /\s*[|·•–—\n]\s*|\s+(?:on|by)\s+(?=\S)/i;
/** As HubSpot calls it. */
const ID = 'hubspot-author_data';

/**
 * Reads lines such as `by Jo Doe and Bo | 17 May 2015, 10:05 am | 1 comment` and `Posted by Jo on May 17, 2015`: what
 * begins so and holds a date, or what HubSpot marks as such.
 */
export function readByline(all: readonly Element[], zone: string): Byline | null {
	let tries = MOST_TRIES;
	for (const element of all) {
		const isMarked = element.attribs['id'] === ID;
		if (!isMarked && !HOLDERS.test(element.name)) continue;
		const text = lineOf(element, isMarked ? /./ : FIRST_WORD);
		if (text === null) continue;
		const begins = BEGINNING.test(text);
		if (!isMarked && !begins) continue;
		tries -= 1;
		if (tries < 0) return null;
		const said = text.replace(BEGINNING, '').split(BREAKS);
		const parts = said.map((part) => part.replace(/\s+/g, ' ').trim());
		const dates = parts.map((part) => part.replace(/\s*@\s*/, ' '));
		const published = dates.filter((part) => parseDate(part, zone) !== null);
		if (isMarked || published.length > 0)
			return { authors: begins ? namesIn(parts[0] ?? '') : [], published };
	}
	return null;
}

function namesIn(part: string): readonly string[] {
	return part.split(/\s*(?:,|&|\band\b)\s*/i).filter((name) => name !== '' && name.length <= 80);
}
