import { createServer } from 'node:http';
import { z } from 'zod';

/** The yardstick: a bare handler that reads, parses and validates the same body, keeps nothing and answers 202. */
const body = z.object({
	n: z.string(),
	u: z.string(),
	d: z.string(),
	r: z.string(),
	i: z.string(),
	pv: z.string(),
	c: z.array(z.object({ id: z.string(), placement: z.string(), variant: z.string() }))
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
