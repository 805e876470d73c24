import { expect } from 'vitest';
import { cookieOf, sendForm, sessionFor } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { BLOG } from './start-blog.ts';

/** How whoever is invited makes their account. */
export const JOIN = { name: 'Vera Viewer', password: 'the password of Vera' };

/** Asks a server as browsers do, and lets people in to `BLOG` by the screens of its owner. */
export async function peopleOf(server: TestServer) {
	const owner = await sessionFor(server.url);
	let made = 0;

	const get = (path: string, cookie = ''): Promise<Response> =>
		fetch(server.url + path, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
	const post = (path: string, fields: Record<string, string>, cookie = ''): Promise<Response> =>
		sendForm(server.url + path, fields, cookie);
	const signIn = async (email: string, password: string): Promise<string> => {
		const answer = await post('/sign-in?/password', { email, password });
		expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
		return cookieOf(answer);
	};
	/** Invites by the people screen and answers the path of the link. */
	const invite = async (fields: Record<string, string>): Promise<string> => {
		const text = await (await post(`/${BLOG}/settings/people?/invite`, fields, owner)).text();
		const link = /value="([^"]*\/invite\/[\w-]+)"/.exec(text)?.[1];
		if (link === undefined) throw new Error(text);
		return new URL(link).pathname;
	};
	/** Somebody new with a role, and their session. */
	const join = async (fields: Record<string, string>) => {
		made += 1;
		const email = `person${made}@example.com`;
		const answer = await post(await invite({ email, ...fields }), JOIN);
		expect(answer.status).toBe(303);
		return { email, cookie: cookieOf(answer) };
	};
	const personId = async (email: string): Promise<string> => {
		const text = await (await get(`/${BLOG}/settings/people`, owner)).text();
		return new RegExp(`${email}[^]*?name="person" value="([^"]+)"`).exec(text)?.[1] ?? '';
	};
	return { owner, get, post, signIn, invite, join, personId };
}

export type PeopleOfServer = Awaited<ReturnType<typeof peopleOf>>;
