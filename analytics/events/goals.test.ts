import { expect, test } from 'vitest';
import { applyGoal, DEFAULT_GOALS, type Goal } from './goals.ts';
import type { WireEvent } from './wire.ts';

const custom = (name: string, props?: Record<string, string>): WireEvent => ({
	name,
	url: 'https://blog.example.com/a',
	domains: [],
	measured: false,
	...(props === undefined ? {} : { props })
});

const SUBSCRIBE: Goal = { kind: 'subscribe', name: null };
const CLICK: Goal = { kind: 'cta_click', name: null };

test('a form submission is a subscribe everywhere, an outbound click nowhere', () => {
	expect(DEFAULT_GOALS.get('Form: Submission')).toEqual(SUBSCRIBE);
	expect(DEFAULT_GOALS.has('Outbound Link: Click')).toBe(false);
});

test('the form is the name given, else the path, else the event', () => {
	const event = custom('Form: Submission', { path: '/newsletter' });
	expect(applyGoal(event, { kind: 'subscribe', name: 'weekly' })).toMatchObject({
		name: 'subscribe',
		form: 'weekly'
	});
	expect(applyGoal(event, SUBSCRIBE).form).toBe('/newsletter');
	expect(applyGoal(custom('Form: Submission'), SUBSCRIBE).form).toBe('Form: Submission');
	expect(applyGoal(custom('Signup', { path: '/x' }), SUBSCRIBE).form).toBe('Signup');
});

test('a click names its call to action', () => {
	const [first] = applyGoal(
		custom('Outbound Link: Click', { url: 'https://x.example' }),
		CLICK
	).ctas!;
	expect(first).toEqual({ id: 'Outbound Link: Click', placement: 'in-text', variant: '' });
	expect(applyGoal(custom('Buy'), { kind: 'cta_click', name: 'shop' })).toMatchObject({
		name: 'cta_click',
		ctas: [{ id: 'shop' }]
	});
});
