import { z } from 'zod';
import { DROP_REASONS } from '../events/drop-reason.ts';
import { keysOf } from '../keys-of.ts';
import { MAX_BATCH_BYTES, MAX_SINGLE_BYTES } from '../intake/intake.ts';
import { statsQuerySchema } from '../query/stats-api/schema.ts';
import { REPORTS } from '../reports/registry.ts';
import { REPORT_IDS, type ReportId } from '../reports/report-ids.ts';
import {
	batchAnswerShape,
	eventErrorsShape,
	eventShape,
	eventsShape,
	gifParameters
} from './event-shapes.ts';
import { answer, jsonBody, ref, SCHEMAS, type Json } from './operation-parts.ts';
import { postPaths, postsPutShape, putPostsShape } from './post-operations.ts';
import { reportParameters, type ReportParameter } from './report-parameters.ts';
import { reportShapes } from './report-shape.ts';
import { segmentPaths } from './segment-operations.ts';
import {
	newSegmentShape,
	segmentNameShape,
	segmentShape,
	segmentsShape
} from './segment-shapes.ts';
import { statsAnswerShape, statsErrorShape } from './stats-shapes.ts';
import { suggestionParameters, suggestionsShape } from './suggestion-shapes.ts';
import { columnShape, queryErrorsShape, resolvedQueryShape, totalsShape } from './shapes.ts';

const reportSchema = (id: ReportId): string => `Report_${id}`;

/** The OpenAPI 3.1 document of the API: what it says of metrics, reports and events, their registries say. */
export function openApiDocument(): Json {
	return {
		openapi: '3.1.1',
		info: {
			title: 'Byline',
			version: '1',
			description:
				'Analytics of a blog: reports as JSON and CSV, and the routes that take events. Figures are defined once; `docs/metrics.md` lists them.'
		},
		// Whoever is signed in asks with their session as well.
		security: [{ key: [] }],
		jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
		servers: [{ url: '/' }],
		tags: [
			{ name: 'reports', description: 'What the screens show, as data.' },
			{ name: 'segments', description: 'Filters that are saved under a name.' },
			{ name: 'posts', description: 'The catalogue.' },
			{ name: 'events', description: 'What readers’ browsers and servers send.' }
		],
		paths: {
			...Object.fromEntries(
				REPORT_IDS.flatMap((id) => [
					[`/api/reports/${id}`, { get: reportOperation(id) }],
					[`/api/reports/${id}.csv`, { get: csvOperation(id) }]
				])
			),
			'/api/suggestions': { get: suggestionsOperation() },
			...segmentPaths(),
			...postPaths(),
			'/api/v2/query': { post: statsOperation() },
			'/api/event': { post: eventOperation() },
			'/api/event.gif': { get: gifOperation() },
			'/api/openapi.json': { get: documentOperation() }
		},
		components: {
			schemas: componentSchemas(),
			parameters: componentParameters(),
			securitySchemes: {
				key: {
					type: 'http',
					scheme: 'bearer',
					description: 'An API key of the site, from its settings or `byline key add`.'
				}
			}
		}
	};
}

function componentSchemas(): Json {
	const registry = z.registry<{ id: string }>();
	for (const id of REPORT_IDS) {
		const { report, row } = reportShapes(id);
		registry.add(report, { id: reportSchema(id) });
		registry.add(row, { id: `${reportSchema(id)}_row` });
	}
	registry.add(resolvedQueryShape, { id: 'Query' });
	registry.add(columnShape, { id: 'Column' });
	registry.add(totalsShape, { id: 'Totals' });
	registry.add(queryErrorsShape, { id: 'QueryErrors' });
	registry.add(suggestionsShape, { id: 'Suggestions' });
	registry.add(segmentShape, { id: 'Segment' });
	registry.add(segmentsShape, { id: 'Segments' });
	registry.add(newSegmentShape, { id: 'NewSegment' });
	registry.add(segmentNameShape, { id: 'SegmentName' });
	registry.add(putPostsShape, { id: 'PutPosts' });
	registry.add(postsPutShape, { id: 'PostsPut' });
	registry.add(statsQuerySchema, { id: 'StatsQuery' });
	registry.add(statsAnswerShape, { id: 'StatsAnswer' });
	registry.add(statsErrorShape, { id: 'StatsError' });
	registry.add(eventShape, { id: 'Event' });
	registry.add(eventsShape, { id: 'EventBatch' });
	registry.add(batchAnswerShape, { id: 'EventBatchAnswer' });
	registry.add(eventErrorsShape, { id: 'EventErrors' });
	const { schemas } = z.toJSONSchema(registry, {
		uri: (id) => `${SCHEMAS}${id}`,
		io: 'input'
	});
	return Object.fromEntries(
		Object.entries(schemas).map(([id, { $schema: _dialect, $id: _place, ...schema }]) => [
			id,
			schema
		])
	);
}

function reportOperation(id: ReportId): Json {
	return {
		operationId: `report_${id}`,
		tags: ['reports'],
		summary: REPORTS[id].label,
		parameters: parametersOf(id, 'json'),
		responses: {
			'200': answer('The report.', ref(reportSchema(id))),
			...queryRefusals()
		}
	};
}

function csvOperation(id: ReportId): Json {
	return {
		operationId: `report_${id}_csv`,
		tags: ['reports'],
		summary: `${REPORTS[id].label}, as CSV`,
		description:
			'All rows, streamed. RFC 4180 with CRLF, UTF-8, a header row of column ids; several values of a cell are joined by "; ", missing is empty. Text that a spreadsheet would run as a formula is prefixed by an apostrophe.',
		parameters: parametersOf(id, 'csv'),
		responses: {
			'200': {
				description: 'The same columns and rows as JSON has.',
				headers: {
					'Content-Disposition': {
						description: 'The file name `byline_<site>_<report>_<from>_<to>.csv`.',
						schema: { type: 'string' }
					}
				},
				content: { 'text/csv': { schema: { type: 'string' } } }
			},
			...queryRefusals()
		}
	};
}

/** Parameters that are the same for every report are components. */
function parametersOf(id: ReportId, format: 'json' | 'csv'): readonly Json[] {
	return reportParameters(id).flatMap((parameter) => {
		if (parameter.csvOnly && format !== 'csv') return [];
		return [
			parameter.isShared
				? { $ref: `#/components/parameters/${parameter.name}` }
				: parameterObject(parameter)
		];
	});
}

function componentParameters(): Json {
	return Object.fromEntries(
		reportParameters(REPORT_IDS[0])
			.filter(({ isShared }) => isShared)
			.map((parameter) => [parameter.name, parameterObject(parameter)])
	);
}

function parameterObject({ name, schema, description }: ReportParameter): Json {
	return {
		name,
		in: 'query',
		required: name === 'site',
		description,
		...(name === 'filter' ? { style: 'form', explode: true } : {}),
		schema: inline(schema)
	};
}

function suggestionsOperation(): Json {
	return {
		operationId: 'suggestions',
		tags: ['reports'],
		summary: 'Values to filter by, with their counts',
		parameters: [
			...['site', 'period', 'from', 'to', 'filter'].map((name) => ({
				$ref: `#/components/parameters/${name}`
			})),
			...suggestionParameters.map(({ schema, ...parameter }) => ({
				...parameter,
				in: 'query',
				schema: inline(schema)
			}))
		],
		responses: { '200': answer('The values.', ref('Suggestions')), ...queryRefusals() }
	};
}

function statsOperation(): Json {
	const wrong = ref('StatsError');
	return {
		operationId: 'query',
		tags: ['reports'],
		summary: 'Any metrics by any dimensions',
		description:
			'Takes the queries of Plausible’s Stats API v2, and the metrics and dimensions of Byline by their ids.',
		requestBody: jsonBody(ref('StatsQuery')),
		responses: {
			'200': answer('The rows.', ref('StatsAnswer')),
			'400': answer('A field is wrong; all that are wrong are told.', wrong),
			'401': answer('There is no key that holds, or no such site that it may read.', wrong),
			'413': answer('The body is too large.', wrong),
			'503': answer('The query took longer than the server’s time limit and was stopped.', wrong)
		}
	};
}

function eventOperation(): Json {
	const body = { schema: { oneOf: [ref('Event'), ref('EventBatch')] } };
	return {
		operationId: 'event',
		security: [{}, { key: [] }],
		tags: ['events'],
		summary: 'Take an event, or a batch of up to 1,000',
		description: `At most ${MAX_SINGLE_BYTES / 1024} kB, a batch ${MAX_BATCH_BYTES / 1024 / 1024} MB. What was accepted is on disk when the answer comes. Any origin may ask; no cookie is read or set. With an API key that may send events, \`timestamp\` is taken, and the first address in X-Forwarded-For is the reader.`,
		requestBody: {
			required: true,
			content: { 'application/json': body, 'text/plain': body }
		},
		responses: {
			'202': {
				description:
					'Accepted: `ok` for one event, counts for a batch. A single event that was dropped says why in a header.',
				headers: { 'x-byline-dropped': droppedHeader() },
				content: {
					'text/plain': { schema: { const: 'ok' } },
					'application/json': { schema: ref('EventBatchAnswer') }
				}
			},
			'400': answer('A field is wrong; of a batch, the whole body.', ref('EventErrors')),
			'401': answer('The API key does not hold, or may not send events.', ref('EventErrors')),
			'413': answer('The body is too large.', ref('EventErrors')),
			'429': waiting('Too many events.'),
			'503': waiting('No event can be taken right now.')
		}
	};
}

function gifOperation(): Json {
	const pixel = { 'image/gif': { schema: { type: 'string', contentMediaType: 'image/gif' } } };
	return {
		operationId: 'event_gif',
		security: [],
		tags: ['events'],
		summary: 'Take an event of a page without JavaScript',
		description: 'Keys long or short. Answers one transparent pixel in any case.',
		parameters: gifParameters.flatMap(({ name, short, description }) =>
			[
				{ name, description },
				{ name: short, description: `Short for \`${name}\`.` }
			].map((parameter) => ({ ...parameter, in: 'query', schema: { type: 'string' } }))
		),
		responses: {
			'200': {
				description: 'Accepted, or dropped for the reason in the header.',
				headers: { 'x-byline-dropped': droppedHeader() },
				content: pixel
			},
			'400': {
				description: 'A key is wrong.',
				headers: {
					'x-byline-error': { description: 'What is wrong.', schema: { type: 'string' } }
				},
				content: pixel
			},
			'429': { description: 'Too many events.', headers: retryHeader(), content: pixel },
			'503': {
				description: 'No event can be taken right now.',
				headers: retryHeader(),
				content: pixel
			}
		}
	};
}

function documentOperation(): Json {
	return {
		operationId: 'openapi',
		security: [],
		summary: 'This document',
		responses: { '200': answer('An OpenAPI 3.1 document.', { type: 'object' }) }
	};
}

function queryRefusals(): Json {
	const body = ref('QueryErrors');
	return {
		'400': answer(
			'A parameter is wrong, unknown, or given twice; all that are wrong are told.',
			body
		),
		'401': answer('There is neither a session nor an API key that holds.', body),
		'403': answer('The key or role does not include this.', body),
		'404': answer('There is no such site.', body),
		'503': answer('The query took longer than the server’s time limit and was stopped.', body)
	};
}

function waiting(description: string): Json {
	return { ...answer(description, ref('EventErrors')), headers: retryHeader() };
}

function retryHeader(): Json {
	return {
		'retry-after': {
			description: 'Seconds to wait.',
			schema: { type: 'string', pattern: '^\\d+$' }
		}
	};
}

function droppedHeader(): Json {
	return {
		description: keysOf(DROP_REASONS)
			.map((reason) => `\`${reason}\`: ${DROP_REASONS[reason]}`)
			.join('\n'),
		schema: { type: 'string', enum: keysOf(DROP_REASONS) }
	};
}

/** A zod schema as JSON Schema, without naming the dialect that the document names. */
function inline(schema: z.ZodType): Json {
	const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
	return rest;
}
