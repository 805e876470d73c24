/** A text as it is compared: letters without marks and case. */
export function foldText(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');
}

/**
 * How well a folded text answers folded words; lower is better, null where it does not. 0: it is the words. 1: it
 * begins with them. 2: each of its words that is asked for begins so. 3: each stands somewhere. 4: the letters stand in
 * it in order, the first one at the start of a word.
 */
export function matchRank(text: string, wanted: string): number | null {
	if (wanted === '') return 1;
	if (text === wanted) return 0;
	if (text.startsWith(wanted)) return 1;
	const words = wanted.split(/\s+/u);
	if (words.every((word) => startsAWord(text, word))) return 2;
	if (words.every((word) => text.includes(word))) return 3;
	return wanted.length > 2 && hasInOrder(text, words.join('')) ? 4 : null;
}

const LETTER = /[\p{L}\p{N}]/u;

const isWordStart = (text: string, at: number): boolean =>
	at === 0 || !LETTER.test(text[at - 1] ?? '');

function startsAWord(text: string, word: string): boolean {
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
		if (isWordStart(text, at)) return true;
	return false;
}

/** Each letter follows the one before directly or begins a word: `byhy` finds “buying the hype”. */
function hasInOrder(text: string, letters: string): boolean {
	// Where what was read so far can end, in order.
	let ends: readonly number[] = [-1];
	for (const [index, letter] of [...letters].entries()) {
		const directly = new Set(ends.map((end) => end + letter.length));
		const next: number[] = [];
		for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) {
			const end = at + letter.length - 1;
			const follows = (index > 0 && directly.has(end)) || isWordStart(text, at);
			if (follows && (ends[0] ?? at) < at) next.push(end);
		}
		if (next.length === 0) return false;
		ends = next;
	}
	return true;
}
