import type { CommandIo } from './command.ts';

const EVERY_MS = 1_000;

/** Tells how far long work is: a redrawn line on a terminal, plain lines otherwise. */
export interface Progress {
	readonly add: (items: number, share: number) => void;
	readonly end: () => void;
}

export function openProgress(io: CommandIo, unit: string): Progress {
	const started = performance.now();
	let shownAt = started;
	let total = 0;
	let drawn = false;
	return {
		add: (items, share) => {
			total += items;
			const now = performance.now();
			if (now - shownAt < EVERY_MS) return;
			shownAt = now;
			const seconds = (now - started) / 1000;
			const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : null;
			const text = `${total.toLocaleString('en')} ${unit}, ${Math.round(total / seconds).toLocaleString('en')}/s${left === null ? '' : `, about ${left} s left`}`;
			io.note(io.isTerminal ? `\r\x1b[K${text}` : `${text}\n`);
			drawn = io.isTerminal;
		},
		end: () => {
			if (drawn) io.note('\r\x1b[K');
		}
	};
}
