/** Keys whose values are numbers in a body. */
const NUMBERS = ['v', 't', 'timestamp'] as const;

/**
 * The body that the parameters of `GET /api/event.gif` stand for, to be read by `parseWireEvent`. The same keys; `c`
 * is JSON or `id[,placement[,variant]]`. Of a repeated key the first counts. Never throws.
 */
export function gifBody(params: URLSearchParams): Readonly<Record<string, unknown>> {
	const body = new Map<string, unknown>();
	for (const [key, value] of params) if (!body.has(key)) body.set(key, value);
	for (const key of NUMBERS) {
		const value = body.get(key);
		if (typeof value === 'string' && /^\d{1,15}$/.test(value)) body.set(key, Number(value));
	}
	// As in a body, a boolean `i` is "interactive" and no id.
	const i = body.get('i');
	if (i === 'true' || i === 'false') body.set('i', i === 'true');
	for (const key of ['c', 'cta']) {
		const value = body.get(key);
		if (typeof value === 'string') body.set(key, ctaOf(value));
	}
	return Object.fromEntries(body);
}

function ctaOf(text: string): unknown {
	if (/^\s*[[{]/.test(text)) {
		try {
			return JSON.parse(text);
		} catch {
			return text;
		}
	}
	const [id, placement, variant] = text.split(',');
	return { id, placement, variant };
}
