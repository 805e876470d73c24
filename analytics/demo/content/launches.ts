import type { TopicContent } from './topic-content.ts';

export const LAUNCHES: TopicContent = {
	name: 'Product Launches',
	slug: 'product-launches',
	about: 'Getting something new into the world without losing the old customers.',
	phrases: {
		work: ['launching', 'bringing out something new'],
		people: ['early customers', 'the people who waited'],
		person: ['an early customer', 'a journalist with ten minutes'],
		team: ['the launch crew', 'everybody on the launch list'],
		metric: [
			'the number of people still active in week four',
			'the share of trials that finish setup'
		],
		artefact: ['the launch checklist', 'the announcement'],
		habit: ['saving everything for one big day', 'announcing what is not ready'],
		goal: ['one sentence about what is new', 'a first success within ten minutes'],
		moment: ['the first morning', 'week two'],
		thing: ['a launch page', 'a beta']
	},
	headings: [
		'Launch small, then again',
		'The second week decides',
		'One sentence about what is new',
		'A checklist for the boring parts',
		'Who hears it first',
		'What to do when nobody comes',
		'Support is part of the launch',
		'Measuring past the spike'
	],
	claims: [
		'The second week of a launch says more than the first.',
		'A launch is a series of small ones, of which the last is noticed.',
		'Your existing customers should never read about it somewhere else.',
		'If what is new takes more than a sentence, it is two launches.',
		'A waiting list is a promise with a growing number of witnesses.',
		'The spike is for the team; the plateau is for the company.',
		'Ten people who finish the setup are worth a thousand who clap.',
		'Most launches fail quietly, on a form with one field too many.',
		'Announce what people can use today, and mention the rest in passing.',
		'The best launch assets are answers to the first twenty support questions.'
	],
	tips: [
		['Tell customers first.', 'A day ahead, in plain words, with a name to reply to.'],
		['Freeze on Thursday.', 'Nothing good has ever been shipped on the evening before.'],
		['Staff the inbox.', 'Half of the launch budget belongs in the first three days of answers.'],
		['Watch the setup.', 'Sit with five newcomers and say nothing.'],
		['Plan week two.', 'A second story, ready to send, for the people who missed the first.'],
		['Write the obituary.', 'Imagine that it failed and list the reasons: then fix three.'],
		['Keep the old door open.', 'Let people go back for a month.'],
		['Thank by name.', 'Those who tested it early will read every line.']
	],
	stories: [
		'A calendar app launched to eleven people, then sixty, then four hundred, each time with a list of the last round’s complaints. By the time the press noticed, there was hardly anything left to complain about.',
		'One team spent its launch budget on a video and had no one in the support inbox on the first morning. Two hundred people asked the same question about time zones. The answer was published on day four, to about nine readers.',
		'A garden planner went live on a rainy Monday in February, against all advice. It had two months to get the bugs out before anybody touched a spade.'
	],
	quotes: [
		[
			'We were told on a Sunday, by name, before anybody else. I would have forgiven them anything.',
			'Customer of eight years'
		],
		['The first day was fireworks. The twelfth day was a business.', 'Founder, calendar app']
	]
};
