import type { Soon } from '#lib/soon.ts';

/** What was there last: the value itself, or the one before while a newer one is on its way. */
export interface Latest<T> {
	/** Null before there is any. */
	readonly value: T | null;
	readonly isLate: boolean;
}

/** Follows what `read` gives; to be called while a component is set up. */
export function latest<T>(read: () => Soon<T>): Latest<T> {
	let arrived = $state.raw<{ readonly of: Promise<T>; readonly value: T } | null>(null);
	// Only remembered, never followed: what stands while the next is awaited.
	let before: T | null = null;

	$effect(() => {
		const soon = read();
		if (!('later' in soon)) return;
		let isCurrent = true;
		void soon.later.then((value) => {
			if (isCurrent) arrived = { of: soon.later, value };
		});
		return () => (isCurrent = false);
	});

	const shown = $derived.by((): Latest<T> => {
		const soon = read();
		const there = 'now' in soon || arrived?.of === soon.later;
		if ('now' in soon) before = soon.now;
		else if (arrived !== null && there) before = arrived.value;
		return { value: before, isLate: !there };
	});
	return {
		get value() {
			return shown.value;
		},
		get isLate() {
			return shown.isLate;
		}
	};
}
