import { messageOf } from '../failure.ts';
import type { Settings } from '../settings.ts';

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

/** Sends mail where `SMTP_URL` says how; null where it says nothing. What it throws is for people to read. */
export type SendMail = ((mail: Mail) => Promise<void>) | null;

const TIMEOUT_MS = 10_000;
/** More than a line of what a mail server says is nothing for a screen. */
const MOST_SAID = 200;

export function openMail(
	{ SMTP_URL, MAIL_FROM, ORIGIN }: Settings,
	onTrouble: (message: string) => void
): SendMail {
	if (SMTP_URL === '') return null;
	const from = MAIL_FROM === '' ? `Byline <byline@${new URL(ORIGIN).hostname}>` : MAIL_FROM;
	return async (mail) => {
		const { createTransport } = await import('nodemailer');
		const transport = createTransport({
			url: SMTP_URL,
			connectionTimeout: TIMEOUT_MS,
			greetingTimeout: TIMEOUT_MS,
			socketTimeout: TIMEOUT_MS
		});
		try {
			await transport.sendMail({ from, ...mail });
		} catch (thrown) {
			onTrouble(`The mail could not be sent: ${messageOf(thrown)}`);
			throw new Error(reasonOf(thrown), { cause: thrown });
		} finally {
			transport.close();
		}
	};
}

/** What the mail server said, in one line; where in the network it stands is for the log alone. */
function reasonOf(thrown: unknown): string {
	const said = thrown instanceof Error && 'response' in thrown ? thrown.response : undefined;
	return typeof said === 'string' && said !== ''
		? `the mail server says: ${said.replace(/\s+/g, ' ').slice(0, MOST_SAID)}`
		: 'the mail server cannot be reached';
}
