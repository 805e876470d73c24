/** What a load names for figures that change while they are looked at. */
export const LIVE = 'byline:live';
