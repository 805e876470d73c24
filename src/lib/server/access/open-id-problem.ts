/** In `?error=` of the sign-in: the provider cannot be reached. The other words are better-auth's. */
export const AWAY = 'away';

const NO_ACCOUNT = new Set([
	'account_not_linked',
	'email_not_found',
	'email_not_verified',
	'signup_disabled'
]);

/** Why a sign-in with OpenID Connect came to nothing, for whoever tried; empty where nothing is wrong. */
export function openIdProblem(code: string | null, provider: string): string {
	if (code === null) return '';
	if (code === AWAY) return `${provider} cannot be reached. Try again later.`;
	return NO_ACCOUNT.has(code)
		? `There is no account here with a verified e-mail address that ${provider} tells. Ask an owner for an invitation.`
		: `The sign-in with ${provider} did not come to its end. Begin anew.`;
}
