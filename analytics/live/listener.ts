/** One who listens: the newest value waits for a slow one, older ones are left out. */
export interface Listener<T> {
	/** The next value, at once where one waits; null once it is over. One call at a time. */
	readonly next: () => Promise<T | null>;
	/** Ends it from the listening side. */
	readonly leave: () => void;
}

/** The side that speaks to a listener. */
export interface Speaker<T> extends Listener<T> {
	readonly say: (value: T) => void;
}

/** `left` hears once that it is over, whoever ended it. */
export function openListener<T>(left: () => void): Speaker<T> {
	let waiting: T | undefined;
	let give: ((value: T | null) => void) | undefined;
	let over = false;
	return {
		next: () => {
			if (over) return Promise.resolve(null);
			if (waiting !== undefined) {
				const value = waiting;
				waiting = undefined;
				return Promise.resolve(value);
			}
			const { promise, resolve } = Promise.withResolvers<T | null>();
			give = resolve;
			return promise;
		},
		say: (value) => {
			if (over) return;
			if (give === undefined) waiting = value;
			else {
				give(value);
				give = undefined;
			}
		},
		leave: () => {
			if (over) return;
			over = true;
			waiting = undefined;
			give?.(null);
			give = undefined;
			left();
		}
	};
}
