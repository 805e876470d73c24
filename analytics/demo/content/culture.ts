import type { TopicContent } from './topic-content.ts';

export const CULTURE: TopicContent = {
	name: 'Culture',
	slug: 'culture',
	about: 'How marketing teams work together when nobody is watching.',
	phrases: {
		work: ['working together', 'running a small team'],
		people: ['colleagues', 'the people next to you'],
		person: ['a colleague', 'the newest person in the room'],
		team: ['the team', 'everybody in the weekly meeting'],
		metric: [
			'the share of meetings that end in a decision',
			'the number of mornings without a meeting'
		],
		artefact: ['the meeting note', 'the team handbook'],
		habit: ['meeting to prepare a meeting', 'praising in general and blaming in detail'],
		goal: ['a decision with a name on it', 'an afternoon without interruptions'],
		moment: ['Monday morning', 'the first week of a new colleague'],
		thing: ['a meeting', 'a handbook']
	},
	headings: [
		'The meeting that should have been a note',
		'Saying no to good ideas',
		'What remote teams write down',
		'Praise in detail',
		'An honest retrospective',
		'Quiet hours',
		'Hiring for the second year',
		'Rituals worth keeping'
	],
	claims: [
		'A team is as fast as its slowest decision.',
		'Culture is what happens when the deadline moves.',
		'A meeting without a written question ends with another meeting.',
		'The newest person sees the most and says the least, for about six weeks.',
		'Praise is only useful when it is as detailed as criticism.',
		'Saying no to a good idea is the hardest part of a plan, and the only part that matters.',
		'Remote work did not break teams; it showed which ones had nothing written down.',
		'Two quiet hours a day are worth more than any tool.',
		'People copy what is forgiven, not what is written.',
		'A retrospective in which nobody is surprised was a status report.'
	],
	tips: [
		['Write the question down.', 'No question, no meeting.'],
		['Protect the morning.', 'Nothing before eleven that needs two people.'],
		['Let the newest speak first.', 'In six weeks it is too late.'],
		['Name the decider.', 'One person, before the discussion and not after it.'],
		['Praise on the same day.', 'With the detail that made the difference.'],
		['Keep a no list.', 'Good ideas that you decided against, with the reason.'],
		['End early.', 'Give the last ten minutes back, every time.'],
		['Celebrate the boring win.', 'The invoice template, the backup, the tidy drive.']
	],
	stories: [
		'A marketing team of seven stopped its weekly meeting for a month by accident: the room was being painted. They wrote notes in its place. When the room was ready, nobody booked it.',
		'One manager ends each project with the same question: what did you know in week one that you did not say? The answers used to take courage. Now they come in week one.',
		'A new colleague was asked to rewrite the handbook from the questions she had in her first month. It became shorter by half, and the next newcomer had four questions.'
	],
	quotes: [
		['I learned more from the list of things we decided not to do.', 'Designer, third month'],
		[
			'We did not become faster. We only stopped waiting for each other.',
			'Team lead, remote agency'
		]
	]
};
