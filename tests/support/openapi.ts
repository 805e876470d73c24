import { z } from 'zod';

const text = z.string();
const types = z.enum(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
const count = z.int().min(0);
const pattern = text.refine((source) => new RegExp(source, 'u').source === source);

/** JSON Schema 2020-12, by the keywords of its meta-schema; unknown ones are refused. */
const jsonSchema: z.ZodType = z.lazy(() =>
	z.union([
		z.boolean(),
		z.strictObject({
			$ref: text.regex(/^#\//).optional(),
			type: z.union([types, z.array(types).min(1)]).optional(),
			enum: z.array(z.unknown()).min(1).optional(),
			const: z.unknown().optional(),
			allOf: z.array(jsonSchema).min(1).optional(),
			anyOf: z.array(jsonSchema).min(1).optional(),
			oneOf: z.array(jsonSchema).min(1).optional(),
			not: jsonSchema.optional(),
			properties: z.record(text, jsonSchema).optional(),
			patternProperties: z.record(pattern, jsonSchema).optional(),
			additionalProperties: jsonSchema.optional(),
			propertyNames: jsonSchema.optional(),
			required: z.array(text).refine(isUnique).optional(),
			items: jsonSchema.optional(),
			prefixItems: z.array(jsonSchema).min(1).optional(),
			minItems: count.optional(),
			maxItems: count.optional(),
			minLength: count.optional(),
			maxLength: count.optional(),
			minimum: z.number().optional(),
			maximum: z.number().optional(),
			exclusiveMinimum: z.number().optional(),
			exclusiveMaximum: z.number().optional(),
			pattern: pattern.optional(),
			format: text.optional(),
			contentMediaType: text.optional(),
			default: z.unknown().optional(),
			title: text.optional(),
			description: text.min(1).optional()
		})
	])
);

const reference = z.strictObject({ $ref: text.regex(/^#\/components\//) });
const content = z.record(
	text.regex(/^[a-z]+\/[a-z+.-]+$/),
	z.strictObject({ schema: jsonSchema, example: z.unknown().optional() })
);
const parameter = z.strictObject({
	name: text.min(1),
	in: z.enum(['query', 'header', 'path', 'cookie']),
	description: text.min(1),
	required: z.boolean().optional(),
	style: z.enum(['form', 'spaceDelimited', 'pipeDelimited', 'deepObject']).optional(),
	explode: z.boolean().optional(),
	schema: jsonSchema
});
const response = z.strictObject({
	description: text.min(1),
	headers: z
		.record(text, z.strictObject({ description: text.min(1), schema: jsonSchema }))
		.optional(),
	content: content.optional()
});
const security = z.array(z.record(text, z.array(text)));
const operation = z.strictObject({
	security: security.optional(),
	operationId: text.regex(/^[a-z][a-z0-9_]*$/),
	tags: z.array(text).optional(),
	summary: text.min(1),
	description: text.min(1).optional(),
	parameters: z.array(z.union([reference, parameter])).optional(),
	requestBody: z.strictObject({ required: z.boolean().optional(), content }).optional(),
	responses: z
		.record(text.regex(/^[1-5]\d\d$/), response)
		.refine((responses) => Object.keys(responses).length > 0)
});

/** An OpenAPI 3.1 document, as far as Byline's uses it: the fixed fields of each object, and nothing else. */
export const openApi = z
	.strictObject({
		openapi: text.regex(/^3\.1\.\d+$/),
		info: z.strictObject({
			title: text.min(1),
			version: text.min(1),
			description: text.optional()
		}),
		security,
		jsonSchemaDialect: z.literal('https://json-schema.org/draft/2020-12/schema'),
		servers: z.array(z.strictObject({ url: text.min(1) })),
		tags: z.array(z.strictObject({ name: text.min(1), description: text.min(1) })),
		paths: z.record(
			text.regex(/^\//),
			z.strictObject({
				get: operation.optional(),
				post: operation.optional(),
				put: operation.optional(),
				patch: operation.optional(),
				delete: operation.optional()
			})
		),
		components: z.strictObject({
			schemas: z.record(text.regex(/^[A-Za-z0-9._-]+$/), jsonSchema),
			parameters: z.record(text.regex(/^[A-Za-z0-9._-]+$/), parameter),
			securitySchemes: z.record(
				text,
				z.strictObject({
					type: z.literal('http'),
					scheme: z.literal('bearer'),
					description: text.min(1)
				})
			)
		})
	})
	.superRefine((document, context) => {
		const operations = Object.values(document.paths).flatMap((path) =>
			[path.get, path.post, path.put, path.patch, path.delete].filter((one) => one !== undefined)
		);
		if (!isUnique(operations.map(({ operationId }) => operationId)))
			context.addIssue('Two operations have one id.');
		const tags = new Set(document.tags.map(({ name }) => name));
		for (const tag of operations.flatMap((one) => one.tags ?? []))
			if (!tags.has(tag)) context.addIssue(`There is no tag ${tag}.`);
		for (const place of references(document))
			if (at(document, place) === undefined) context.addIssue(`${place} leads nowhere.`);
	});

export type OpenApi = z.infer<typeof openApi>;

/** The parameters of an operation, references followed. */
export function parametersOf(
	document: OpenApi,
	path: string,
	method: 'get' | 'post' = 'get'
): readonly z.infer<typeof parameter>[] {
	return (document.paths[path]?.[method]?.parameters ?? []).map((one) =>
		'$ref' in one ? parameter.parse(at(document, one.$ref)) : one
	);
}

/** A checker for what a schema of the document allows. */
export function checkerOf(document: OpenApi, schema: unknown): z.ZodType {
	const moved: unknown = JSON.parse(
		JSON.stringify({ ...asObject(schema), $defs: document.components.schemas }).replaceAll(
			'"#/components/schemas/',
			'"#/$defs/'
		)
	);
	return z.fromJSONSchema(asObject(moved));
}

/** The schema of an answer. */
export function answerSchema(
	document: OpenApi,
	path: string,
	status: number,
	{
		method = 'get',
		type = 'application/json'
	}: { method?: keyof OpenApi['paths'][string]; type?: string } = {}
): unknown {
	const found = document.paths[path]?.[method]?.responses[status]?.content?.[type]?.schema;
	if (found === undefined) throw new TypeError(`${path} does not tell of ${status} ${type}.`);
	return found;
}

function asObject(value: unknown): Record<string, unknown> {
	return z.record(z.string(), z.unknown()).parse(value);
}

function references(value: unknown): readonly string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
		name === '$ref' && typeof inner === 'string' ? [inner] : references(inner)
	);
}

function at(document: unknown, place: string): unknown {
	return place
		.slice(2)
		.split('/')
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.reduce<unknown>(
			(inside, step) =>
				typeof inside === 'object' && inside !== null && Object.hasOwn(inside, step)
					? Reflect.get(inside, step)
					: undefined,
			document
		);
}

function isUnique(items: readonly unknown[]): boolean {
	return new Set(items).size === items.length;
}
