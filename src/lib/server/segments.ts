import type { QueryError, Segment, Site } from '#analytics';
import {
	messageOf,
	parseSegment,
	parseSegmentName,
	systemCode,
	type SegmentReach
} from '#analytics/server';
import { engine, isReadOnly, segmentsOf } from '#lib/server/engine.ts';
import { viewer } from './access/viewer.ts';

/** What came of a change to a segment: an HTTP status, and what was wrong. */
export type SegmentOutcome =
	| { readonly ok: true; readonly segment: Segment | null }
	| {
			readonly ok: false;
			readonly status: 400 | 403 | 404 | 409;
			readonly errors: readonly QueryError[];
	  };

/** Keeps a set of filters under a name, for whoever asks alone, unless it is to be shared. */
export function saveSegment(
	site: Site,
	{ name, filters, shared }: Readonly<Record<string, unknown>>
): SegmentOutcome {
	const parsed = parseSegment(name, filters);
	if (!parsed.ok) return { ok: false, status: 400, errors: parsed.errors };
	return change(parsed.value.name, () => {
		const { person, shared: mayShare } = reachOn(site);
		const isShared = shared === true;
		if (isShared ? !mayShare : person === null)
			return refuse(403, {
				path: '#/shared',
				given: String(isShared),
				allowed: isShared ? 'false' : 'true',
				message: 'Segments for everybody are for editors and owners of the site to save.'
			});
		return {
			ok: true,
			segment: engine().segments.add(site, parsed.value, Date.now(), isShared ? null : person)
		};
	});
}

/** The segments that whoever asks may change. */
function reachOn(site: Site): SegmentReach {
	const { accessTo, person } = viewer();
	return { person: person?.id ?? null, shared: accessTo(site)?.can('segments') === true };
}

/** Gives a segment another name. */
export function renameSegment(site: Site, id: string, name: unknown): SegmentOutcome {
	const parsed = parseSegmentName(name);
	if (!parsed.ok) return { ok: false, status: 400, errors: parsed.errors };
	return change(parsed.value, () =>
		engine().segments.rename(site, idOf(id), parsed.value, reachOn(site))
			? found(site, id)
			: missing(id)
	);
}

export function removeSegment(site: Site, id: string): SegmentOutcome {
	return change(id, () =>
		engine().segments.remove(site, idOf(id), reachOn(site))
			? { ok: true, segment: null }
			: missing(id)
	);
}

function found(site: Site, id: string): SegmentOutcome {
	const segment = segmentsOf(site).find((one) => one.id === idOf(id));
	return { ok: true, segment: segment ?? null };
}

function change(given: string, make: () => SegmentOutcome): SegmentOutcome {
	if (isReadOnly())
		return refuse(403, {
			path: '#',
			given,
			allowed: 'reading',
			message: 'This dashboard is read-only: segments cannot be changed.'
		});
	try {
		return make();
	} catch (thrown) {
		if (systemCode(thrown) !== 'bad_argument') throw thrown;
		return refuse(409, {
			path: '#/name',
			given,
			allowed: 'a name that no other segment has',
			message: messageOf(thrown)
		});
	}
}

function missing(id: string): SegmentOutcome {
	return refuse(404, {
		path: '#/id',
		given: id,
		allowed: 'the id of a segment of the site',
		message: `There is no segment ${id}.`
	});
}

function refuse(status: 403 | 404 | 409, error: QueryError): SegmentOutcome {
	return { ok: false, status, errors: [error] };
}

function idOf(text: string): number {
	return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
