import type { QueryError } from '../engine-contract.ts';
import { PARAMETER_NAMES, REPEATED_PARAMETER, SCREEN_PARAMETERS } from './parameter-names.ts';
import { queryError } from './query-error.ts';

/**
 * Names that are no parameter, and parameters given twice: a misspelt filter would answer figures of everything, and
 * of two periods one would be passed over.
 */
export function checkParameters(
	params: URLSearchParams,
	names: readonly string[] = PARAMETER_NAMES
): readonly QueryError[] {
	return [...new Set(params.keys())].flatMap((name) => {
		if (SCREEN_PARAMETERS.some((known) => known === name)) return [];
		const values = params.getAll(name);
		if (!names.includes(name))
			return [
				{
					path: `#/${pointer(name)}`,
					given: values.join(', '),
					allowed: names.join(', '),
					message: `There is no parameter "${name}". Allowed: ${names.join(', ')}.`
				}
			];
		return values.length > 1 && name !== REPEATED_PARAMETER
			? [queryError(name, values.join(', '), 'one value')]
			: [];
	});
}

/** A name as a step of a JSON pointer. */
function pointer(name: string): string {
	return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
