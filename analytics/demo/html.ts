const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Markup that may be put into markup as it stands. */
export interface Markup {
	readonly text: string;
}

type Part = string | number | Markup | readonly Part[];

/** Takes a text for markup; never for anything that came from outside. */
export const trusted = (text: string): Markup => ({ text });

export const NOTHING: Markup = trusted('');

/** Markup from a template: everything put in is escaped unless it is markup itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	return trusted(
		texts.map((text, i) => (i === 0 ? text : put(parts[i - 1] ?? '') + text)).join('')
	);
}

function put(part: Part): string {
	if (typeof part !== 'object') return escapeHtml(String(part));
	return 'text' in part ? part.text : part.map(put).join('');
}
