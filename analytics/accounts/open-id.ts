/** How the provider of the settings is called in the tables, and in the address that it leads back to. */
export const OPEN_ID = 'openid';
