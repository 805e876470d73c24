/** What a server may import: opening an engine and taking events. */
export { openEngine, type Engine } from './engine.ts';
export { Failure, messageOf, systemCode } from './failure.ts';
export { parseSettings, SETTINGS, type Settings } from './settings.ts';
export type { DropSummary, SiteDrops } from './intake/drop-summary.ts';
export { createIntakeListener } from './intake/http.ts';
export type { Live } from './live/open-live.ts';
export { serveCommands } from './commands/socket.ts';
export { reportCsv, csvFileName } from './exports/csv.ts';
export { parseFlavour, type CsvFlavour } from './exports/csv-flavour.ts';
export { openApiDocument } from './openapi/document.ts';
export { parseSegment, parseSegmentName } from './query/segment.ts';
export { checkParameters } from './query/check-parameters.ts';
export { parseSuggestion, SUGGESTION_PARAMETERS } from './query/suggestion-parameters.ts';
export { queryError } from './query/query-error.ts';
export { chosenColumns } from './reports/chosen-columns.ts';
export { metricsOf, withCompanions } from './reports/metrics-of.ts';
export { checkColumns } from './reports/check-columns.ts';
export { suggestionMetric } from './reports/suggest.ts';
