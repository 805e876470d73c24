import type { ReportContext } from './definition.ts';

/** Answers what does not depend on the range once for a report and its comparison. */
export function oncePerReport<T>(
	answer: (context: ReportContext) => Promise<T>
): (context: ReportContext) => Promise<T> {
	const known = new WeakMap<ReportContext, Promise<T>>();
	return (context) => {
		const before = known.get(context);
		if (before !== undefined) return before;
		const found = answer(context);
		known.set(context, found);
		return found;
	};
}
