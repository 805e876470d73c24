import { answer, refuse } from '#lib/server/api-answer.ts';

/** The answer of an endpoint to somebody whom it does not know. Clients of Plausible's Stats API look for its words. */
export function unauthorised(route: string, hasKey: boolean): Response {
	if (route === '/api/v2/query')
		return answer(
			{
				error: hasKey
					? 'Invalid API key or site ID. There is no such site to be read.'
					: 'Missing API key. Please use a valid Plausible API key as a Bearer Token.'
			},
			401
		);
	return refuse(401, [
		{
			path: '#',
			given: '',
			allowed: 'a session or an API key',
			message: hasKey ? 'This API key does not hold, or no longer.' : 'Sign in, or send an API key.'
		}
	]);
}
