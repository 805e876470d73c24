/** Where to go on, or what was wrong. */
export type SendOutcome =
	{ readonly ok: true; readonly href: string } | { readonly ok: false; readonly message: string };

/** Sends a form with files and tells how much of it is sent, from 0 to 1. */
export function sendFiles(
	action: string,
	form: FormData,
	onProgress: (share: number) => void
): { readonly outcome: Promise<SendOutcome>; readonly cancel: () => void } {
	const request = new XMLHttpRequest();
	const outcome = new Promise<SendOutcome>((done) => {
		const failed = (message: string): void => done({ ok: false, message });
		request.upload.addEventListener('progress', ({ loaded, total }) =>
			onProgress(total > 0 ? loaded / total : 0)
		);
		request.addEventListener('error', () => failed('The connection was lost.'));
		request.addEventListener('abort', () => failed('Cancelled.'));
		request.addEventListener('load', () => done(outcomeOf(request)));
	});
	request.open('POST', action);
	request.setRequestHeader('accept', 'application/json');
	request.send(form);
	return { outcome, cancel: () => request.abort() };
}

function outcomeOf({ status, responseText }: XMLHttpRequest): SendOutcome {
	try {
		const answer: unknown = JSON.parse(responseText);
		if (typeof answer === 'object' && answer !== null) {
			if ('href' in answer && typeof answer.href === 'string')
				return { ok: true, href: answer.href };
			if ('message' in answer && typeof answer.message === 'string')
				return { ok: false, message: answer.message };
		}
	} catch {
		// Not from here: a proxy answered.
	}
	return { ok: false, message: `The server answered ${status}.` };
}
