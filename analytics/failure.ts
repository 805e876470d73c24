/** Why an operation could not be done; a closed set, so that callers can decide without reading the text. */
export type FailureCode =
	| 'bad_setting'
	| 'bad_argument'
	| 'data_folder'
	| 'data_folder_busy'
	| 'port_in_use'
	| 'not_found'
	| 'bad_file'
	| 'store'
	| 'store_damaged'
	| 'time_limit'
	| 'fetch'
	| 'journal';

/** The one error that crosses a boundary: its message is a sentence for the person who runs Byline. */
export class Failure extends Error {
	readonly code: FailureCode;

	constructor(code: FailureCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'Failure';
		this.code = code;
	}
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system error such as `ENOSPC`, or undefined. */
export function systemCode(thrown: unknown): string | undefined {
	return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
		? thrown.code
		: undefined;
}

/** Why a signal was aborted, as an error. */
export function abortReason(signal: AbortSignal | undefined): Error {
	const reason: unknown = signal?.reason;
	return reason instanceof Error ? reason : new Error('Whoever asked has left.');
}
