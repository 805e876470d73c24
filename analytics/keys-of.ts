/** The keys of a record that the program itself wrote, with their types. */
export function keysOf<T extends object>(record: T): readonly (keyof T & string)[] {
	// Object.keys forgets them, rightly for objects from elsewhere; a registry has no other keys.
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
	return Object.keys(record) as (keyof T & string)[];
}
