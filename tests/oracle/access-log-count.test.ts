import { expect, it } from 'vitest';
import { countAccessLog } from './access-log-count.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:38.0) Gecko/20100101 Firefox/38.0';
const line = (
	target: string,
	{
		ip = '1.1.1.1',
		time = '17/May/2015:10:00:00 +0000',
		method = 'GET',
		status = 200,
		agent = firefox
	} = {}
): string => `${ip} - - [${time}] "${method} ${target} HTTP/1.1" ${status} 12 "-" "${agent}"`;

it('counts page views and readers of known posts', () => {
	const log = [
		line('/a.html'),
		line('/a.html?utm_source=x'),
		line('//a.html', { ip: '2.2.2.2', status: 304 }),
		line('/a.html', { time: '17/May/2015:23:30:00 -0100' }),
		line('/%61.html', { time: '19/May/2015:00:00:00 +0000' }),
		line('/a.html', { method: 'HEAD' }),
		line('/a.html', { status: 404 }),
		line('/a.html', { agent: 'Googlebot/2.1' }),
		line('/a.html', { agent: '-' }),
		line('/b/'),
		line('/c.png'),
		'not a line'
	].join('\n');
	const posts = [{ path: '/a.html' }, { path: '/b/index.html' }, { path: '/d' }];
	expect([...countAccessLog(log, posts, '2015-05-17', '2015-05-18')]).toEqual([
		['/a.html', { pageViews: 4, readers: 3 }],
		['/b/index.html', { pageViews: 1, readers: 1 }],
		['/d', { pageViews: 0, readers: 0 }]
	]);
});
