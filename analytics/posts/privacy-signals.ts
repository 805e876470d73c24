/**
 * What a site does with an event whose sender has Global Privacy Control or Do Not Track on: counts it as any other,
 * or drops it before anything is kept.
 */
export const PRIVACY_SIGNALS = ['ignore', 'honour'] as const;

export type PrivacySignals = (typeof PRIVACY_SIGNALS)[number];
