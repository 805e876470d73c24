import { Failure } from '../../failure.ts';

/** @throws Failure `bad_file`: a document is not what it should be. */
export function notA(what: string, url: string): never {
	throw new Failure('bad_file', `${url} is no ${what}.`);
}
