import { DEMO_ZONE } from '../blog.ts';
import { html, type Markup } from '../html.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: DEMO_ZONE });
const TIME = new Intl.DateTimeFormat('en-GB', {
	hour: 'numeric',
	minute: '2-digit',
	hour12: true,
	timeZone: DEMO_ZONE
});

/** 25 August 2017 */
export const dayTag = (ms: number): Markup =>
	html`<time datetime="${new Date(ms).toISOString()}">${DAY.format(ms)}</time>`;

/** 25 August 2017, 9:42 am */
export const momentTag = (ms: number): Markup =>
	html`<time datetime="${new Date(ms).toISOString()}">${DAY.format(ms)}, ${TIME.format(ms)}</time>`;
