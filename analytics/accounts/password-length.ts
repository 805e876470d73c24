/** Letters of a password. Length is what counts; no rule asks for signs. */
export const PASSWORD_LENGTH = { least: 10, most: 128 } as const;
