import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a blog's server has at one address. */
export interface Served {
	readonly body: string;
	readonly status?: number;
	/** Null for none; else that of the body. */
	readonly etag?: string | null;
	readonly lastModified?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Answers 304 to whoever asks. */
	readonly always304?: boolean;
}

/** A server that answers conditional requests as RFC 9110 has it, and remembers what it answered. */
export interface AskedBlog {
	readonly origin: string;
	/** By path with query; what is not there is 404. */
	readonly pages: Map<string, Served>;
	/** Statuses and addresses since it was asked before, `304 /feed`; robots.txt is left out. */
	readonly answers: () => readonly string[];
	readonly close: () => void;
}

export async function openAskedBlog(): Promise<AskedBlog> {
	const pages = new Map<string, Served>();
	const answered: string[] = [];
	const server = createServer(({ url = '', headers: asked }, response) => {
		const { body, status = 200, lastModified, ...page } = pages.get(url) ?? NOT_THERE;
		const made = `"${createHash('sha256').update(body).digest('hex').slice(0, 12)}"`;
		const etag = status === 200 && page.etag !== null ? (page.etag ?? made) : undefined;
		const isKnown =
			asked['if-none-match'] === undefined
				? lastModified !== undefined && asked['if-modified-since'] === lastModified
				: asked['if-none-match'] === etag;
		const code = isKnown || page.always304 === true ? 304 : status;
		if (url !== '/robots.txt') answered.push(`${code} ${url}`);
		response.writeHead(code, {
			...(etag === undefined ? {} : { etag }),
			...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
			...(code === 304 ? {} : page.headers)
		});
		response.end(code === 304 ? undefined : body);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		pages,
		answers: () => answered.splice(0),
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

const NOT_THERE: Served = { body: '', status: 404 };
