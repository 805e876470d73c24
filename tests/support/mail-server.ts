import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface ArrivedMail {
	readonly from: string;
	readonly to: readonly string[];
	/** Its headers and its text as they were sent, quoted-printable undone. */
	readonly text: string;
}

export interface MailServer {
	readonly url: string;
	readonly mails: ArrivedMail[];
	/** What every recipient is answered from now on; null takes them. */
	refusal: string | null;
	readonly stop: () => Promise<void>;
}

/** A mail server that keeps what it is given and passes nothing on. */
export const startMailServer = async (): Promise<MailServer> => {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => undefined));
		converse(socket, kept);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port was given.');
	const kept: MailServer = {
		url: `smtp://127.0.0.1:${address.port}`,
		mails: [],
		refusal: null,
		stop: async () => {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		}
	};
	return kept;
};

const converse = (socket: Socket, kept: MailServer): void => {
	let unread = '';
	let from = '';
	let to: string[] = [];
	let data: string[] | null = null;
	const answer = (line: string): string => {
		if (data !== null) {
			if (line !== '.') {
				data.push(line.replace(/^\./, ''));
				return '';
			}
			kept.mails.push({ from, to, text: plain(data.join('\n')) });
			[to, data] = [[], null];
			return '250 Kept';
		}
		const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === 'MAIL') from = address;
		if (verb === 'RCPT' && kept.refusal !== null) return kept.refusal;
		if (verb === 'RCPT') to.push(address);
		if (verb === 'DATA') data = [];
		return { DATA: '354 Go on', QUIT: '221 Bye' }[verb] ?? '250 Fine';
	};
	socket.setEncoding('utf8').on('data', (chunk: string) => {
		const lines = (unread + chunk).split('\r\n');
		unread = lines.pop() ?? '';
		const told = lines.map(answer).filter((line) => line !== '');
		if (told.length > 0) socket.write(told.map((line) => `${line}\r\n`).join(''));
	});
	socket.write('220 mail.example\r\n');
};

const plain = (text: string): string =>
	text
		.replace(/=\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
