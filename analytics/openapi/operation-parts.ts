/** A part of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** Where the schemas of the document stand. */
export const SCHEMAS = '#/components/schemas/';

/** A schema by its name. */
export const ref = (name: string): Json => ({ $ref: `${SCHEMAS}${name}` });

/** An answer in JSON. */
export function answer(description: string, schema: Json): Json {
	return { description, content: { 'application/json': { schema } } };
}

/** A body that must be sent, in JSON. */
export function jsonBody(schema: Json): Json {
	return { required: true, content: { 'application/json': { schema } } };
}
