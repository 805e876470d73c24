import type { TopicContent } from './topic-content.ts';

export const RESEARCH: TopicContent = {
	name: 'Customer Research',
	slug: 'customer-research',
	about: 'Interviews, surveys and other ways to be wrong earlier.',
	phrases: {
		work: ['customer research', 'listening'],
		people: ['customers', 'interview partners'],
		person: ['a customer', 'somebody who cancelled last month'],
		team: ['the research group', 'whoever does the interviews'],
		metric: [
			'the number of surprises per interview',
			'the number of decisions research has changed'
		],
		artefact: ['the interview guide', 'the transcript'],
		habit: ['asking what people would pay', 'collecting answers nobody reads'],
		goal: ['a question worth an hour', 'a story with a date in it'],
		moment: ['the first five minutes of an interview', 'the cancellation'],
		thing: ['a survey', 'an interview']
	},
	headings: [
		'Five conversations before one survey',
		'Ask about last Tuesday',
		'Polite answers are the expensive kind',
		'The customers who left',
		'Transcripts over summaries',
		'A survey is a conversation with no ears',
		'Who should be in the room',
		'Research that changes a decision'
	],
	claims: [
		'Ask people what they did last Tuesday and not what they would do next year.',
		'Five interviews find most of the problems, and the sixth finds the awkward one.',
		'A survey can tell you how many, but hardly ever why.',
		'Customers who left will tell you the truth, because there is nothing left to protect.',
		'The most useful sentence in an interview comes after you have closed the notebook.',
		'Opinions are cheap, and a calendar entry is evidence.',
		'Research that changes no decision was entertainment.',
		'Whoever has to act on the answer should be in the room when it is given.',
		'A summary loses the pauses, and the pauses are where the price is.',
		'People are kind, which is a serious problem for interviewers.'
	],
	tips: [
		[
			'Ask for the last time.',
			'"Tell me about the last time" gets you a story in place of a theory.'
		],
		['Bring an engineer.', 'Nothing travels faster than something heard at first hand.'],
		['Record, with permission.', 'Memory edits in favour of the plan.'],
		['Leave five minutes.', 'Ask what you forgot to ask, and wait.'],
		['Pay people.', 'A small, honest sum for an hour of their time.'],
		['Write down exact words.', 'They become headlines later.'],
		[
			'Talk to leavers within a week.',
			'After a month they remember the reason they have settled on.'
		],
		['Close the loop.', 'Tell people what changed because of them.']
	],
	stories: [
		'A maker of accounting software asked 600 customers which feature they wanted and built the winner. Almost nobody used it. Six interviews later they knew why: people had ticked the option that sounded most responsible.',
		'One manager called everybody who cancelled, on the same day, with a single question: what happened? The most common answer had nothing to do with the product. A colleague had left, and nobody had the password.',
		'During an interview a customer kept glancing at a sticky note beside the screen. It held the eleven steps of a task that the team thought took two. They asked to keep the note.'
	],
	quotes: [
		[
			'Nobody had ever asked me to show them. They always asked me to rate it.',
			'Warehouse manager, interview 14'
		],
		[
			'I told the survey that I was satisfied. I had already ordered the replacement.',
			'Former customer'
		]
	]
};
