import type { Settings } from '../settings.ts';

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

/** Sends mail where `SMTP_URL` says how; null where it says nothing. */
export type SendMail = ((mail: Mail) => Promise<void>) | null;

const TIMEOUT_MS = 10_000;

export function openMail({ SMTP_URL, MAIL_FROM, ORIGIN }: Settings): SendMail {
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
		} finally {
			transport.close();
		}
	};
}
