import { answer, jsonBody, ref, type Json } from './operation-parts.ts';

const SITE: Json = { $ref: '#/components/parameters/site' };
const SEGMENT_ID: Json = {
	name: 'id',
	in: 'path',
	required: true,
	schema: { type: 'integer' },
	description: 'The id of a segment of the site.'
};
const SEGMENT_REFUSALS = {
	'400': 'The name or a filter is wrong, or the body is no JSON sent as application/json.',
	'401': 'There is neither a session nor an API key that holds.',
	'403': 'The key or role does not include this, or this dashboard is read-only.',
	'404': 'There is no such site or segment.',
	'409': 'Another segment has this name, or there are too many.'
} as const;

/** The paths of `/api/segments`. */
export function segmentPaths(): Json {
	return {
		'/api/segments': { get: segmentsOperation(), post: segmentAddition() },
		'/api/segments/{id}': { patch: segmentRenaming(), delete: segmentRemoval() }
	};
}

function segmentsOperation(): Json {
	return {
		operationId: 'segments',
		tags: ['segments'],
		summary: 'The segments of a site',
		parameters: [SITE],
		responses: {
			'200': answer('The segments.', ref('Segments')),
			...segmentRefusals('401', '403', '404')
		}
	};
}

function segmentAddition(): Json {
	return {
		operationId: 'add_segment',
		tags: ['segments'],
		summary: 'Keep filters under a name',
		parameters: [SITE],
		requestBody: jsonBody(ref('NewSegment')),
		responses: {
			'201': answer('The segment.', ref('Segment')),
			...segmentRefusals('400', '401', '403', '404', '409')
		}
	};
}

function segmentRenaming(): Json {
	return {
		operationId: 'rename_segment',
		tags: ['segments'],
		summary: 'Give a segment another name',
		parameters: [SITE, SEGMENT_ID],
		requestBody: jsonBody(ref('SegmentName')),
		responses: {
			'200': answer('The segment.', ref('Segment')),
			...segmentRefusals('400', '401', '403', '404', '409')
		}
	};
}

function segmentRemoval(): Json {
	return {
		operationId: 'remove_segment',
		tags: ['segments'],
		summary: 'Remove a segment',
		parameters: [SITE, SEGMENT_ID],
		responses: { '204': { description: 'It is removed.' }, ...segmentRefusals('401', '403', '404') }
	};
}

function segmentRefusals(...statuses: readonly (keyof typeof SEGMENT_REFUSALS)[]): Json {
	return Object.fromEntries(
		statuses.map((status) => [status, answer(SEGMENT_REFUSALS[status], ref('QueryErrors'))])
	);
}
