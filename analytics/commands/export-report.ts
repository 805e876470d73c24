import { askedQuery } from '../accounts/asked-query.ts';
import type { QueryError } from '../engine-contract.ts';
import { parseFlavour } from '../exports/csv-flavour.ts';
import { csvFileName, reportCsv } from '../exports/csv.ts';
import { Failure } from '../failure.ts';
import { checkColumns } from '../reports/check-columns.ts';
import { isReportId, REPORT_IDS } from '../reports/report-ids.ts';
import { rangeOption, siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

export const exportReport: Command = {
	name: 'export',
	usage:
		'<report> [--site <domain>] [--period <period> | --from <day> --to <day>] [--format csv|json] [--flavour excel [--locale <tag>]]',
	help: `Writes a report to standard output: ${REPORT_IDS.join(', ')}.`,
	options: [
		'site',
		'period',
		'from',
		'to',
		'format',
		'flavour',
		'locale',
		'interval',
		'filter',
		'sort'
	],
	run: async (input, engine, io) => {
		const [id = ''] = input.words;
		if (!isReportId(id))
			throw new Failure(
				'bad_argument',
				`There is no report "${id}". There is ${REPORT_IDS.join(', ')}.`
			);
		const format = input.options['format'] ?? 'csv';
		if (format !== 'csv' && format !== 'json')
			throw new Failure('bad_argument', `--format is "${format}", but must be csv or json.`);
		const site = siteOption(input, engine);
		const range = rangeOption(input);
		const params = new URLSearchParams(range);
		for (const name of ['period', 'interval', 'filter', 'sort', 'flavour', 'locale']) {
			const value = input.options[name];
			if (value !== undefined) params.set(name, value);
		}
		const query = askedQuery(params);
		params.set('compare', 'none');
		const resolved = await engine.reports.resolve(site, params);
		if (!resolved.ok) throw refused(resolved.errors);
		const errors = checkColumns(id, resolved.query);
		if (errors.length > 0) throw refused(errors);
		const flavour = parseFlavour(params);
		if (!flavour.ok) throw refused(flavour.errors);
		const result = await engine.reports.report(id, resolved.query);
		if (format === 'json') io.out(`${JSON.stringify(result, null, '\t')}\n`);
		else for (const line of reportCsv(result, flavour.flavour)) io.out(line);
		recordDone(engine, 'exported', site, { export: `report ${id}`, format, query });
		io.note(`${result.rows.length} rows, ${csvFileName(result)}\n`);
		return 0;
	}
};

function refused(errors: readonly QueryError[]): Failure {
	return new Failure('bad_argument', errors.map(({ message }) => message).join(' '));
}
