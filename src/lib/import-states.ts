/** Where an import stands, as a word. */
export const IMPORT_STATES = {
	running: 'Running',
	unfinished: 'Unfinished',
	done: 'Done',
	removing: 'Being removed',
	removed: 'Removed'
} as const;

/** Where files stand that are not imported yet. */
export const UPLOAD_STATES = {
	sent: 'Sent',
	found: 'Looked at',
	waiting: 'Waiting',
	running: 'Running',
	done: 'Done',
	failed: 'Failed',
	cancelled: 'Cancelled'
} as const;
