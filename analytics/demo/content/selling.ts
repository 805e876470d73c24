import type { TopicContent } from './topic-content.ts';

export const SELLING: TopicContent = {
	name: 'Selling',
	slug: 'selling',
	about: 'Calls, proposals and follow-ups that respect the time of the person on the other side.',
	phrases: {
		work: ['selling', 'the sales conversation'],
		people: ['buyers', 'prospects'],
		person: ['a buyer', 'a prospect with two other offers'],
		team: ['the sales team', 'everyone who talks to prospects'],
		metric: ['the reply rate', 'the share of calls that end with a date'],
		artefact: ['the call summary', 'the account plan'],
		habit: ['chasing every lead', 'talking through the silence'],
		goal: ['a clear next step', 'an honest deadline'],
		moment: ['the first call', 'the follow-up'],
		thing: ['a proposal', 'a discovery call']
	},
	headings: [
		'What the buyer is doing while you wait',
		'Start with the problem, stay with the problem',
		'The follow-up nobody minds',
		'Liking you is not a reason to buy',
		'When to walk away',
		'Questions that earn their place',
		'The price of a vague next step',
		'What to write down after the call'
	],
	claims: [
		'A friendly call without a date for the next one is a pleasant way to lose a deal.',
		'Buyers rarely object to the price they hear; they object to the risk they imagine.',
		'The strongest sentence in a sales call is a question that the other person has to think about.',
		'Relationships open doors, but a business case is what walks through them.',
		'Most stalled deals stall because one person inside the company cannot explain them to another.',
		'A proposal should contain nothing that has not been said aloud before.',
		'If you speak for more than half of a discovery call, you have discovered yourself.',
		'The fastest way to find out whether a deal is real is to ask for something small in return.',
		'Silence after a question is not a gap to fill; it is the sound of somebody deciding.',
		'The best reference is a customer who will admit what went wrong.'
	],
	tips: [
		[
			'End with a date.',
			'Before anyone hangs up, agree on the day and the hour of the next conversation.'
		],
		[
			'Send the summary within the hour.',
			'Five lines are enough: problem, cost, people, decision, date.'
		],
		[
			'Ask who loses.',
			'Every purchase takes time or budget from someone, and that someone has a vote.'
		],
		[
			'Quote them.',
			'Use the words of the buyer in the proposal, in quotation marks, with the date.'
		],
		['Say what you cannot do.', 'One honest limit makes the other claims believable.'],
		['Offer a way out.', 'A buyer who knows how to leave is more willing to come in.'],
		['Count the no.', 'Keep a list of lost deals with one reason each, and read it in January.'],
		[
			'Practise the opening.',
			'The first thirty seconds are the only part of a call that you can rehearse.'
		]
	],
	stories: [
		'A two-person agency in Leeds had eleven open proposals and no answers. They wrote the same four lines to all eleven: is this still a problem, and may we close the file? Seven replied within a day. Three had already decided, two wanted to talk, and two were grateful that somebody had finally asked.',
		'A founder we know ended each demonstration with twenty minutes of features. One week the projector broke, so she asked questions instead. She sold two of the three, and never brought the projector again.',
		'For a whole quarter, one team wrote down the exact sentence with which each deal was lost. The word "price" came up less often than the word "later". They stopped discounting and started asking what would have to be true for now to be a good time.'
	],
	quotes: [
		[
			'We did not need a friend. We needed somebody who could tell us what happens on day two.',
			'Head of operations, logistics company'
		],
		[
			'I forwarded the summary without changing a word, and that was the whole approval process.',
			'Finance lead, architecture firm'
		]
	]
};
