/** What turns the direction of the text around it. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name that a person gave something, in one line: blanks folded, and nothing in it that turns what stands beside it. */
export function plainName(text: string): string {
	return text.toWellFormed().replace(DIRECTION, '').replace(/\s+/gu, ' ').trim();
}
