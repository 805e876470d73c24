import type { TopicContent } from './topic-content.ts';

export const PRICING: TopicContent = {
	name: 'Pricing',
	slug: 'pricing',
	about:
		'What to charge, how to say it, and how to change it without losing the customers you like.',
	phrases: {
		work: ['pricing', 'setting a price'],
		people: ['customers', 'the people who pay'],
		person: ['a customer', 'a finance manager'],
		team: ['whoever owns the price list', 'the pricing group'],
		metric: ['the average contract', 'the share of sales without a discount'],
		artefact: ['the price list', 'the discount log'],
		habit: ['rounding down out of nerves', 'giving discounts nobody asked for'],
		goal: ['a price with a reason', 'a plan that fits on one line'],
		moment: ['the first time a number is said aloud', 'the renewal'],
		thing: ['a pricing page', 'a quote']
	},
	headings: [
		'The number is a sentence',
		'Why three plans, and why not four',
		'Discounts teach',
		'Raising the price for people who already pay',
		'Charge for the thing that grows',
		'What a pricing page has to answer',
		'The cheapest plan is not for everyone',
		'How to test without a coin toss'
	],
	claims: [
		'A price without a reason invites a negotiation; a price with a reason invites a decision.',
		'The easiest customer to lose is the one who never understood what they were paying for.',
		'Every discount teaches the customer when to ask for the next one.',
		'A good pricing metric grows when the customer does well, and shrinks when they do not.',
		'Most small companies could raise prices by a tenth, and most of their customers are waiting for it.',
		'The middle plan sells because it is next to the other two.',
		'People compare your price with the cost of doing nothing more often than with a competitor.',
		'If nobody ever leaves because of the price, it is too low.',
		'An annual plan is a loan from your customers, so pay it back with good service.',
		'Free plans are marketing, and should be judged like marketing.'
	],
	tips: [
		[
			'Write the reason next to the number.',
			'If you cannot finish the sentence "it costs this because", the price is a guess.'
		],
		[
			'Log every discount.',
			'Who gave it, to whom and why: the pattern is visible after twenty lines.'
		],
		['Give notice.', 'Ninety days and a plain letter keep more customers than a long explanation.'],
		['Name plans after people.', 'Readers look for themselves and not for a metal.'],
		[
			'Show the total.',
			'A yearly figure in the same size as the monthly one prevents the first complaint.'
		],
		['Test on new customers only.', 'Those who already pay deserve the price they agreed to.'],
		['Ask what else they bought.', 'The neighbouring line in the budget says more than a survey.'],
		['Keep one plan for enterprises.', 'With a phone number, and a person who picks up.']
	],
	stories: [
		'A scheduling tool for dentists cost 19 a month for six years. The owner raised it to 29 for new customers, told nobody, and waited for the drop in sign-ups. It did not come. After a quarter she wrote to the old customers with three months of notice. Four left, and one of them came back.',
		'One studio removed hourly rates from its offers and listed three outcomes with a price each. The work was the same. The conversations moved from hours to results, and the most expensive option, added only for contrast, was chosen by every fifth client.',
		'A printing company kept a discount log on a whiteboard in the kitchen. After six weeks it was clear that one salesperson gave away more than everyone else together, always on a Friday afternoon. They moved the weekly target to Wednesday.'
	],
	quotes: [
		[
			'I can defend any number to my director, as long as I can explain it in one breath.',
			'Procurement manager, hospital group'
		],
		[
			'We chose them because their price was the only one that did not need a meeting.',
			'Founder, furniture maker'
		]
	]
};
