import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface InHalves extends AsyncDisposable {
	readonly url: string;
	/** Sends the rest of the document that is held back. */
	readonly sendRest: () => void;
}

/**
 * Serves what another server has, but holds each document back from the end of its tenth row on: what a browser on a
 * slow line, or a slow one, draws first.
 */
export async function inHalves(origin: string): Promise<InHalves> {
	let sendRest = (): void => undefined;
	const answer = async (path: string, response: ServerResponse): Promise<void> => {
		const given = await fetch(`${origin}${path}`, {
			headers: { 'accept-encoding': 'identity' },
			redirect: 'manual'
		});
		const type = given.headers.get('content-type') ?? '';
		response.writeHead(given.status, { 'content-type': type });
		if (!type.startsWith('text/html')) {
			response.end(Buffer.from(await given.arrayBuffer()));
			return;
		}
		const html = await given.text();
		const end = tenthRowEnd(html);
		response.write(html.slice(0, end));
		sendRest = () => response.end(html.slice(end));
	};
	const server = createServer(({ url = '/' }, response) => {
		answer(url, response).catch(() => response.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		sendRest: () => sendRest(),
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

function tenthRowEnd(html: string): number {
	const ends = [...html.slice(html.indexOf('<tbody')).matchAll(/<\/tr>/g)];
	const tenth = ends[9];
	if (tenth === undefined) throw new Error('The document has no tenth row.');
	return html.indexOf('<tbody') + tenth.index + tenth[0].length;
}
