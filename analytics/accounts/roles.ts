/** What somebody is on a site. */
export const ROLES = ['owner', 'editor', 'viewer', 'author'] as const;

export type Role = (typeof ROLES)[number];
