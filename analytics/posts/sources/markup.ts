import { DomUtils, ElementType, parseDocument } from 'htmlparser2';

type Document = ReturnType<typeof parseDocument>;
export type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];
type Section = Extract<Document['children'][number], { type: ElementType.ElementType.CDATA }>;
export type Markup = Document | Element | Section;

const WORD = /[\p{L}\p{N}]+(?:['’_.-][\p{L}\p{N}]+)*/gu;
/** Scripts that write no space between words; about two of their characters make one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Reads HTML, or XML with elements and attributes as written. Nothing is fetched and no entity declared in it is known. */
export function readMarkup(text: string, kind: 'html' | 'xml'): Document {
	return parseDocument(text, { xmlMode: kind === 'xml', decodeEntities: true });
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

export function countWords(text: string): number {
	const unspaced = text.match(UNSPACED)?.length ?? 0;
	const words = text.replace(UNSPACED, ' ').match(WORD)?.length ?? 0;
	return words + Math.ceil(unspaced / 2);
}
