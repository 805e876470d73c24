import { z } from 'zod';
import { DIMENSIONS } from '../dimensions.ts';
import { FLAVOURS } from '../exports/csv-flavour.ts';
import { keysOf } from '../keys-of.ts';
import { OPERATORS } from '../query/filter.ts';
import { PARAMETER_NAMES, type ParameterName } from '../query/parameter-names.ts';
import { MAX_FILTERS, MAX_SEARCH, MAX_VALUE, MAX_VALUES } from '../query/parse.ts';
import { COMPARES, FIRST_DAY, INTERVALS, LAST_DAY, PERIODS } from '../query/period.ts';
import { columnsOf } from '../reports/definition.ts';
import { groupingsOf } from '../reports/registry.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { definitionsOf } from './report-shape.ts';

interface ParameterText {
	readonly schema: z.ZodType;
	readonly description: string;
}

/** A parameter of a report's query string. */
export interface ReportParameter extends ParameterText {
	readonly name: ParameterName;
	/** The same for every report. */
	readonly isShared: boolean;
	/** Says how a CSV is written. */
	readonly csvOnly: boolean;
}

const FILTER = new RegExp(`^(${keysOf(DIMENSIONS).join('|')}):(${OPERATORS.join('|')}):[\\s\\S]+$`);

const SHARED: Readonly<Record<Exclude<ParameterName, 'by' | 'columns' | 'sort'>, ParameterText>> = {
	site: { schema: z.string().min(1), description: 'Domain of the site.' },
	period: {
		schema: z.enum(keysOf(PERIODS)).default('30d'),
		description: 'A named period, in days of the site. Passed over where `from` is given.'
	},
	from: { schema: z.iso.date(), description: `First local day, from ${FIRST_DAY} to ${LAST_DAY}.` },
	to: {
		schema: z.iso.date(),
		description: 'Last local day, inclusive; `from` where it is missing.'
	},
	compare: {
		schema: z.enum(keysOf(COMPARES)).default('previous'),
		description:
			'The period to compare with: the one before, the same weekdays before, the year before, or none.'
	},
	interval: {
		schema: z.enum(INTERVALS),
		description:
			'Width of a date. Hours for at most 31 days; by itself it follows from the length of the period.'
	},
	filter: {
		schema: z.array(z.string().regex(FILTER)).max(MAX_FILTERS),
		description: `\`dimension:operator:value|value\`. Values of one filter are OR, filters are AND; at most ${MAX_VALUES} values of at most ${MAX_VALUE} characters. A bar or a backslash inside a value is written behind a backslash. \`matches\` takes an RE2 expression; \`post\` takes a post’s number.`
	},
	imported: {
		schema: z.enum(['true', 'false']).default('true'),
		description:
			'Whether days before the site’s own first event count with what other tools had counted, as far as they did.'
	},
	q: {
		schema: z.string().max(MAX_SEARCH),
		description: 'Keeps the rows that mention this text in a key column.'
	},
	flavour: {
		schema: z.enum(FLAVOURS),
		description:
			'`excel` adds a byte-order mark and, where the locale writes numbers with a comma, separates cells by semicolons.'
	},
	locale: {
		schema: z.string(),
		description:
			'Language tag of the spreadsheet, for example de or en-GB; by itself the one of `Accept-Language`.'
	}
};

/** The parameters of a report. */
export function reportParameters(id: ReportId): readonly ReportParameter[] {
	return PARAMETER_NAMES.flatMap((name): readonly ReportParameter[] => {
		switch (name) {
			case 'by':
				return groupingsOf(id).length === 0
					? []
					: [
							{
								name,
								schema: z.enum(groupingsOf(id)),
								description: 'Dimensions to group by instead of the usual ones.',
								isShared: false,
								csvOnly: false
							}
						];
			case 'columns':
				return [
					{
						name,
						schema: z.string(),
						description: `Metrics to answer instead of all of them, separated by commas; a rate comes with the ends of its interval. Of ${metricsOf(id).join(', ')}.`,
						isShared: false,
						csvOnly: false
					}
				];
			case 'sort':
				return [
					{
						name,
						schema: z.enum(ordersOf(id)),
						description: 'Column to order by, with a leading - for descending.',
						isShared: false,
						csvOnly: false
					}
				];
			case 'flavour':
			case 'locale':
				return [{ name, ...SHARED[name], isShared: true, csvOnly: true }];
			default:
				return [{ name, ...SHARED[name], isShared: true, csvOnly: false }];
		}
	});
}

function metricsOf(id: ReportId): readonly string[] {
	return [...new Set(definitionsOf(id).flatMap(({ metrics }) => metrics))];
}

function ordersOf(id: ReportId): readonly string[] {
	const columns = definitionsOf(id).flatMap((one) => columnsOf(one).map((column) => column.id));
	return [...new Set(columns)].flatMap((column) => [column, `-${column}`]);
}
