import { redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { reports } from '#lib/server/engine.ts';

export function load(): void {
	const [first] = reports().sites();
	if (first !== undefined) redirect(307, sitePath(first.domain));
}
