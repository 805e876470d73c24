/** Loaded before the demo: its clock starts at one instant whenever it runs, so that its history is always the same. */
const START = Date.parse('2026-03-18T15:20:00Z');
const offset = START - Date.now();
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, given: [], newTarget: typeof RealDate): Date =>
		given.length === 0
			? new target(target.now() + offset)
			: new (newTarget === globalThis.Date ? target : newTarget)(...given),
	get: (target, name, receiver): unknown =>
		name === 'now' ? () => target.now() + offset : Reflect.get(target, name, receiver)
});
