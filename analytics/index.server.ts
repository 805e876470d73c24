/** What a server may import: opening an engine and taking events. */
export { openEngine, type Engine } from './engine.ts';
export { Failure, messageOf, systemCode } from './failure.ts';
export { parseSettings, SETTINGS, type Settings } from './settings.ts';
export type { DropSummary, SiteDrops } from './intake/drop-summary.ts';
export { createIntakeListener } from './intake/http.ts';
export { serveCommands } from './commands/socket.ts';
export { reportCsv, csvFileName } from './exports/csv.ts';
export { groupingsOf } from './reports/registry.ts';
