import { DomHandler, DomUtils, ElementType, Parser } from 'htmlparser2';

type Document = DomHandler['root'];
export type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];
type Section = Extract<Document['children'][number], { type: ElementType.ElementType.CDATA }>;
export type Markup = Document | Element | Section;

const WORD = /[\p{L}\p{N}]+(?:['’_.-][\p{L}\p{N}]+)*/gu;
/** Scripts that write no space between words; about two of their characters make one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Elements within so many others are left out, but for their text: no page needs them, and every walk would pay. */
const DEEPEST = 200;
/** The parser takes longer with each element that is open: what has so many is read no further. */
const MOST_OPEN = 10_000;

/** Reads HTML, or XML with elements and attributes as written. Nothing is fetched and no entity declared in it is known. */
export function readMarkup(text: string, kind: 'html' | 'xml'): Document {
	const options = { xmlMode: kind === 'xml', decodeEntities: true };
	const handler = new DomHandler(undefined, options);
	let depth = 0;
	const parser = new Parser(
		{
			onopentag: (name, attributes) => {
				depth += 1;
				if (depth <= DEEPEST) handler.onopentag(name, attributes);
				if (depth > MOST_OPEN) parser.pause();
			},
			onclosetag: () => {
				if (depth <= DEEPEST) handler.onclosetag();
				depth -= 1;
			},
			ontext: (data) => handler.ontext(data),
			oncdatastart: () => handler.oncdatastart(),
			oncdataend: () => handler.oncdataend(),
			onend: () => handler.onend()
		},
		options
	);
	parser.end(text);
	return handler.root;
}

export function childElements(parent: Markup): readonly Element[] {
	return parent.children.filter((node) => 'attribs' in node);
}

/** All elements below, in the order of the document. */
export function elementsBelow(parent: Markup, test: (element: Element) => boolean): Element[] {
	return DomUtils.findAll(test, parent.children);
}

/** The text below an element, CDATA included. */
export function textOf(element: Markup): string {
	return DomUtils.textContent(element);
}

/** The text of HTML, without markup, scripts and styles. */
export function htmlToText(html: string): string {
	return html.includes('<') || html.includes('&') ? visibleText(readMarkup(html, 'html')) : html;
}

/** What a reader sees of the markup, block by block. */
export function visibleText(node: Markup): string {
	return node.children
		.map((child) => {
			if (child.type === ElementType.Text) return child.data;
			if (child.type === ElementType.CDATA) return visibleText(child);
			if (!('attribs' in child)) return '';
			if (/^(script|style|template|noscript|svg|math)$/.test(child.name)) return ' ';
			const inner = visibleText(child);
			return /^(a|b|i|em|strong|span|code|abbr|sub|sup|mark|small|u|s|q|cite|kbd)$/.test(child.name)
				? inner
				: ` ${inner} `;
		})
		.join('');
}

/**
 * The same of an element that is one line, by how its first text begins; null where it begins otherwise, or holds more
 * than a line does. Asked of every element of a page, so it looks no further than it must.
 */
export function lineOf(element: Element, begins: RegExp): string | null {
	let [characters, elements, isBegun] = [1_000, 120, false];
	const waiting: Markup['children'] = [...element.children].reverse();
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		if (node.type === ElementType.Text) {
			characters -= node.data.length;
			if (!isBegun && node.data.trim() !== '') {
				if (!begins.test(node.data)) return null;
				isBegun = true;
			}
		} else if ('children' in node) {
			elements -= isBegun ? 1 : 20;
			for (const child of node.children.toReversed()) waiting.push(child);
		}
		if (characters < 0 || elements < 0) return null;
	}
	return isBegun ? visibleText(element).trim() : null;
}

/** The first element below that passes, in the order of the document. */
export function elementBelow(
	parent: Markup,
	test: (element: Element) => boolean
): Element | undefined {
	return DomUtils.findOne(test, parent.children) ?? undefined;
}

export function countWords(text: string): number {
	const unspaced = text.match(UNSPACED)?.length ?? 0;
	const words = text.replace(UNSPACED, ' ').match(WORD)?.length ?? 0;
	return words + Math.ceil(unspaced / 2);
}
