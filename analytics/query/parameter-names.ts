/** Every parameter of `/api/reports/<report>`. */
export const PARAMETER_NAMES = [
	'site',
	'period',
	'from',
	'to',
	'compare',
	'interval',
	'filter',
	'by',
	'imported',
	'columns',
	'sort',
	'q',
	'flavour',
	'locale'
] as const;
export type ParameterName = (typeof PARAMETER_NAMES)[number];

/** What only a screen reads; a report takes the screen's own query string and passes over these. */
export const SCREEN_PARAMETERS = ['page', 'metric', 'rows'] as const;

/** The parameter that may be given several times. */
export const REPEATED_PARAMETER = 'filter' satisfies ParameterName;

export function isParameterName(text: string): text is ParameterName {
	return PARAMETER_NAMES.some((name) => name === text);
}
