import { Failure } from '../../failure.ts';
import {
	childElements,
	elementsBelow,
	readMarkup,
	textOf,
	type Element,
	type Markup
} from './markup.ts';

/** Prefixes by which feeds are read here, whatever prefix a document chose. */
const NAMESPACES: readonly (readonly [RegExp, string])[] = [
	[/^http:\/\/www\.w3\.org\/2005\/atom/i, 'atom'],
	[/^http:\/\/purl\.org\/atom\//i, 'atom'],
	[/^http:\/\/purl\.org\/dc\/elements/i, 'dc'],
	[/^http:\/\/purl\.org\/dc\/terms/i, 'dcterms'],
	[/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content/i, 'content'],
	[/^http:\/\/purl\.org\/rss\/1\.0\/modules\/slash/i, 'slash'],
	[/^http:\/\/purl\.org\/syndication\/thread/i, 'thr'],
	[/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf/i, 'rdf'],
	[/^http:\/\/purl\.org\/rss\/1\.0\/$/i, ''],
	[/^http:\/\/my\.netscape\.com\/rdf/i, ''],
	[/^https?:\/\/www\.sitemaps\.org\/schemas/i, ''],
	[/^http:\/\/backend\.userland\.com\/rss/i, '']
];

/** An XML document whose elements are asked for by the usual prefix and name, in lower case. */
export interface Xml {
	readonly root: Markup;
	/** `dc:creator` for Dublin Core's creator, `entry` for one of the document's own. */
	readonly nameOf: (element: Element) => string;
	readonly all: (...names: readonly string[]) => readonly Element[];
	readonly children: (parent: Markup, ...names: readonly string[]) => readonly Element[];
	/** The text of the first such child that has any. */
	readonly text: (parent: Markup, ...names: readonly string[]) => string | undefined;
}

/**
 * Reads XML as far as it goes: unclosed elements end where their parent ends, and what stands outside is left out.
 * @throws Failure `bad_file` where the document declares entities, which no feed needs.
 */
export function readXml(text: string): Xml {
	if (/<!ENTITY/i.test(text.slice(0, 100_000)))
		throw new Failure('bad_file', 'The document declares entities, which is not read.');
	// A declaration without its closing question mark would take the whole document for one. Feeds use the entities of
	// HTML, which the reader of XML does not know.
	const root = readMarkup(withCharacters(text.replace(/<\?xml\s[^>]*>/gi, '')), 'xml');
	const prefixes = new Map<string, string>();
	for (const { attribs } of elementsBelow(
		root,
		({ attribs }) => 'xmlns' in attribs || hasPrefix(attribs)
	))
		for (const [name, uri] of Object.entries(attribs)) {
			const usual = NAMESPACES.find(([pattern]) => pattern.test(uri.trim()))?.[1];
			// Atom's elements stand without a prefix where it is the document's own language.
			if (usual !== undefined && name.startsWith('xmlns:'))
				prefixes.set(name.slice(6).toLowerCase(), usual);
		}
	const nameOf = ({ name }: Element): string => {
		const [prefix, local] = name.includes(':')
			? name.toLowerCase().split(':', 2)
			: ['', name.toLowerCase()];
		const usual = prefixes.get(prefix ?? '') ?? prefix;
		return usual === '' || usual === 'atom' ? (local ?? '') : `${usual}:${local}`;
	};
	const children = (parent: Markup, ...names: readonly string[]): readonly Element[] =>
		names.flatMap((name) => childElements(parent).filter((child) => nameOf(child) === name));
	return {
		root,
		nameOf,
		all: (...names) => elementsBelow(root, (element) => names.includes(nameOf(element))),
		children,
		text: (parent, ...names) =>
			children(parent, ...names)
				.map((child) => textOf(child).trim())
				.find((each) => each !== '')
	};
}

function hasPrefix(attribs: Readonly<Record<string, string>>): boolean {
	return Object.keys(attribs).some((name) => name.startsWith('xmlns:'));
}

const CHARACTERS: Readonly<Record<string, string>> = {
	nbsp: '\u00a0',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	laquo: '«',
	raquo: '»',
	auml: 'ä',
	ouml: 'ö',
	uuml: 'ü',
	Auml: 'Ä',
	Ouml: 'Ö',
	Uuml: 'Ü',
	szlig: 'ß',
	eacute: 'é',
	egrave: 'è',
	agrave: 'à',
	ccedil: 'ç',
	ntilde: 'ñ',
	copy: '©',
	reg: '®',
	trade: '™',
	euro: '€'
};

function withCharacters(text: string): string {
	return text.replace(/&([A-Za-z]{3,6});/g, (whole, name: string) =>
		Object.hasOwn(CHARACTERS, name) ? (CHARACTERS[name] ?? whole) : whole
	);
}
