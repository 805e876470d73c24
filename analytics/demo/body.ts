import type { PostOutline } from './content/posts.ts';
import { SENTENCES } from './content/sentences.ts';
import type { Phrases, TopicContent } from './content/topic-content.ts';
import { TOPICS } from './content/topics.ts';
import { hashText, pick, randomFrom, shuffled, type Random } from './random.ts';

export type Block =
	| { readonly kind: 'lede' | 'heading' | 'paragraph'; readonly text: string }
	| { readonly kind: 'list'; readonly items: readonly (readonly [lead: string, text: string])[] }
	| { readonly kind: 'quote'; readonly text: string; readonly speaker: string };

/** Articles shorter than this have no headings. */
const SHORT = 560;
const SECTION_WORDS = 240;

/** The body of a post, the same each time: its own opening, then sections on its topics up to about `words`. */
export function composeBody(outline: PostOutline): readonly Block[] {
	const random = randomFrom(hashText(outline.slug));
	const banks = outline.topics.map((name) => bankOf(topicNamed(name), random));
	const frames = frameBank(random);
	const blocks: Block[] = [{ kind: 'lede', text: outline.lede }];
	const end = pick(random, SENTENCES.close);
	let words = wordsIn(blocks) + countWords(end);

	for (let section = 0; words < outline.words - 45; section++) {
		const bank = banks[section % banks.length];
		if (bank === undefined) break;
		const room = Math.min(SECTION_WORDS, outline.words - words);
		const added = composeSection(bank, frames, random, {
			heading: outline.words > SHORT && (section > 0 || outline.words > 900),
			room,
			extra: section
		});
		if (wordsIn(added) === 0) break;
		blocks.push(...added);
		words += wordsIn(added);
	}
	const closing = fill(end, banks[0]?.phrases ?? {}, random);
	return [...blocks, { kind: 'paragraph', text: closing }];
}

/** Words of plain text or of HTML, whose tags are no words. */
export function countWords(text: string): number {
	return (
		text
			.replace(/<[^>]*>/g, ' ')
			.trim()
			.match(/\S+/g)?.length ?? 0
	);
}

/** Words of a body as readers see it. */
export function wordsIn(blocks: readonly Block[]): number {
	return blocks.reduce((sum, block) => sum + countWords(textOf(block)), 0);
}

function textOf(block: Block): string {
	switch (block.kind) {
		case 'list':
			return block.items.flat().join(' ');
		case 'quote':
			return `${block.text} ${block.speaker}`;
		default:
			return block.text;
	}
}

interface Bank {
	readonly phrases: Phrases;
	readonly heading: () => string | undefined;
	readonly claim: () => string | undefined;
	readonly tip: () => readonly [string, string] | undefined;
	readonly story: () => string | undefined;
	readonly quote: () => readonly [string, string] | undefined;
}

interface SectionPlan {
	readonly heading: boolean;
	readonly room: number;
	/** Which kind of extra the section carries, by turns. */
	readonly extra: number;
}

type FrameBank = Readonly<Record<keyof typeof SENTENCES, () => string>>;

function composeSection(bank: Bank, frames: FrameBank, random: Random, plan: SectionPlan): Block[] {
	const blocks: Block[] = [];
	const heading = plan.heading ? bank.heading() : undefined;
	if (heading !== undefined) blocks.push({ kind: 'heading', text: heading });
	let turn = random() < 0.5 ? 0 : 1;
	let extraGiven = false;
	while (plan.room - wordsIn(blocks) > 30) {
		blocks.push({ kind: 'paragraph', text: composeParagraph(bank, frames, random, turn) });
		turn++;
		if (!extraGiven && plan.room - wordsIn(blocks) > 45) {
			extraGiven = true;
			const extra = composeExtra(bank, plan.extra);
			if (extra !== undefined) blocks.push(extra);
		}
	}
	return blocks;
}

function composeParagraph(bank: Bank, frames: FrameBank, random: Random, turn: number): string {
	const shape: readonly (keyof typeof SENTENCES)[] =
		turn % 2 === 0 ? ['explain', 'evidence', 'advise'] : ['explain', 'caution', 'advise'];
	const kept = random() < 0.25 ? shape.slice(0, 2) : shape;
	const sentences = kept.map((kind) => fill(frames[kind](), bank.phrases, random));
	const claim = bank.claim();
	return (claim === undefined ? sentences : [claim, ...sentences]).join(' ');
}

function composeExtra(bank: Bank, turn: number): Block | undefined {
	switch (turn % 3) {
		case 0: {
			const text = bank.story();
			return text === undefined ? undefined : { kind: 'paragraph', text };
		}
		case 1: {
			const items = [bank.tip(), bank.tip(), bank.tip(), bank.tip()].filter(
				(tip) => tip !== undefined
			);
			return items.length < 3 ? undefined : { kind: 'list', items };
		}
		default: {
			const quote = bank.quote();
			return quote === undefined ? undefined : { kind: 'quote', text: quote[0], speaker: quote[1] };
		}
	}
}

function bankOf(topic: TopicContent, random: Random): Bank {
	return {
		phrases: topic.phrases,
		heading: once(shuffled(random, topic.headings)),
		claim: once(shuffled(random, topic.claims)),
		tip: once(shuffled(random, topic.tips)),
		story: once(shuffled(random, topic.stories)),
		quote: once(shuffled(random, topic.quotes))
	};
}

function frameBank(random: Random): FrameBank {
	return {
		explain: again(random, SENTENCES.explain),
		evidence: again(random, SENTENCES.evidence),
		caution: again(random, SENTENCES.caution),
		advise: again(random, SENTENCES.advise),
		close: again(random, SENTENCES.close)
	};
}

function once<T>(items: readonly T[]): () => T | undefined {
	let next = 0;
	return () => items[next++];
}

/** Each item once before any comes a second time. */
function again(random: Random, items: readonly string[]): () => string {
	let rest: string[] = [];
	return () => {
		if (rest.length === 0) rest = [...shuffled(random, items)];
		return rest.pop() ?? '';
	};
}

function fill(frame: string, phrases: Partial<Phrases>, random: Random): string {
	const words: Readonly<Record<string, readonly string[]>> = { ...phrases };
	const text = frame.replace(/\{(\w+)\}/g, (_, name: string) =>
		pick(random, words[name] ?? ['it'])
	);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function topicNamed(name: string): TopicContent {
	const topic = TOPICS.find((candidate) => candidate.name === name);
	if (topic === undefined) throw new RangeError(`No topic is called "${name}".`);
	return topic;
}
