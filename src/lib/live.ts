/** What a load names for figures that change while they are looked at. */
export const LIVE = 'byline:live';

/** What a load names for work that goes on: an import, the reading of a catalogue. */
export const JOBS = 'byline:jobs';
