import { z } from 'zod';
import type { LogHit, ParsedLogLine } from './access-log-line.ts';

const header = z.array(z.string()).optional();
const entry = z.object({
	ts: z.union([z.number(), z.string()]),
	status: z.number().optional(),
	request: z.object({
		client_ip: z.string().optional(),
		remote_ip: z.string().optional(),
		/** With the port, before version 2.5. */
		remote_addr: z.string().optional(),
		method: z.string(),
		uri: z.string(),
		headers: z.object({ 'User-Agent': header, Referer: header }).optional()
	})
});

/** Reads one line of Caddy's JSON access log. Never throws. */
export function parseCaddyLine(line: string): ParsedLogLine {
	let json: unknown;
	try {
		json = JSON.parse(line);
	} catch {
		return { ok: false, reason: 'not JSON' };
	}
	const parsed = entry.safeParse(json);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return {
			ok: false,
			reason: `no request of Caddy: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
		};
	}
	const { ts: given, status = 0, request } = parsed.data;
	const ts = typeof given === 'number' ? Math.round(given * 1000) : Date.parse(given);
	if (!Number.isSafeInteger(ts) || ts <= 0)
		return { ok: false, reason: `not a time: ${JSON.stringify(given)}` };
	const hit: LogHit = {
		ip:
			request.client_ip ??
			request.remote_ip ??
			request.remote_addr?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ??
			'',
		ts,
		method: request.method,
		target: request.uri,
		status,
		referrer: request.headers?.Referer?.[0],
		userAgent: request.headers?.['User-Agent']?.[0],
		agentLogged: request.headers !== undefined
	};
	return hit.ip === '' ? { ok: false, reason: 'no client address' } : { ok: true, hit };
}
