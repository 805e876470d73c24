import { createServer } from 'node:http';
import { z } from 'zod';
import { wireBody } from '../../analytics/events/wire.ts';

const { name, url, domain, referrer, id, page_view_id, cta } = wireBody.shape;

/**
 * The yardstick: a bare handler that reads and parses the same body, validates the same fields with the same schema,
 * keeps nothing and answers 202.
 */
const body = z.object({
	n: name,
	u: url,
	d: domain,
	r: referrer,
	i: id,
	pv: page_view_id,
	c: cta
});

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const parsed = body.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
		response.writeHead(parsed.success ? 202 : 400, { 'content-type': 'text/plain' });
		response.end('ok');
	});
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
