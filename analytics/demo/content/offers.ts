export interface OfferText {
	readonly headline: string;
	readonly text: string;
	readonly button: string;
}

/** Something a call to action leads to. */
export interface Offer {
	readonly id: string;
	readonly name: string;
	readonly topics: readonly string[];
	/** The two wordings under test. */
	readonly a: OfferText;
	readonly b: OfferText;
	/** What the landing page says. */
	readonly page: string;
	readonly points: readonly string[];
}

export const OFFERS: readonly Offer[] = [
	{
		id: 'pipeline-playbook',
		name: 'The 12-week pipeline playbook',
		topics: ['Selling', 'Product Launches', 'Culture'],
		a: {
			headline: 'Improve your sales process',
			text: 'Download our playbook for small sales teams.',
			button: 'Download now'
		},
		b: {
			headline: 'Twelve weeks, one page each',
			text: 'The plan we use ourselves: what to do on Monday, whom to call, what to stop.',
			button: 'Get the 12 pages'
		},
		page: 'One page a week for a quarter, from the first list of names to a pipeline that you can explain to your bank.',
		points: [
			'Twelve weekly plans with a Monday list',
			'Follow-up letters to copy',
			'A lost-deal log'
		]
	},
	{
		id: 'pricing-worksheet',
		name: 'The pricing worksheet',
		topics: ['Pricing'],
		a: {
			headline: 'Rethink your pricing',
			text: 'A worksheet for anyone who sells something.',
			button: 'Learn how'
		},
		b: {
			headline: 'Find your first honest price this afternoon',
			text: 'Nine questions, one sheet and a number with a reason next to it.',
			button: 'Open the worksheet'
		},
		page: 'Nine questions that lead from what your customers do without you to a number you can say aloud.',
		points: ['Works for services and products', 'A letter for price increases', 'A discount log']
	},
	{
		id: 'measurement-kit',
		name: 'The blog measurement kit',
		topics: ['Analytics', 'SEO'],
		a: {
			headline: 'Get more from your numbers',
			text: 'Templates for better reporting.',
			button: 'See templates'
		},
		b: {
			headline: 'Your blog on one page',
			text: 'Eleven figures, each with a definition and a reason, in a sheet that you can send on Monday.',
			button: 'Get the one-page report'
		},
		page: 'A report on one page, the definitions behind it, and a small calculator for honest intervals.',
		points: ['Eleven definitions on paper', 'A fair way to compare posts', 'An interval calculator']
	},
	{
		id: 'letters-course',
		name: 'Five letters: an email course',
		topics: ['Email Marketing', 'Copywriting'],
		a: {
			headline: 'Write better emails',
			text: 'Join our free email course.',
			button: 'Join the course'
		},
		b: {
			headline: 'Five letters that get answered',
			text: 'One letter a day from Monday to Friday. Each ends with a task of ten minutes.',
			button: 'Send me the first letter'
		},
		page: 'One letter a day for a working week. On Friday you will have a welcome message worth reading.',
		points: ['Five short lessons', 'A task of ten minutes each', 'A person who answers questions']
	},
	{
		id: 'editorial-planner',
		name: 'The editorial planner',
		topics: ['Content Strategy', 'Social Media', 'Brand', 'Customer Research'],
		a: {
			headline: 'Plan your content',
			text: 'Our planner helps you to stay organised.',
			button: 'Get the planner'
		},
		b: {
			headline: 'A calendar with room for good ideas',
			text: 'Half a page per article, one empty week in six, and a jar for questions.',
			button: 'Plan the next six weeks'
		},
		page: 'A planner for people who publish less and keep it up: briefs of half a page and a list of what to update.',
		points: ['Briefs on half a page', 'An update list for old articles', 'A page for refused ideas']
	}
];

/** Where "Learn More" in the text leads. */
export const WORKSHOP: Offer = {
	id: 'learn-more',
	name: 'Half a day with us',
	topics: [],
	a: {
		headline: 'Half a day with us',
		text: 'We look at one problem of yours, with your numbers.',
		button: 'Learn More'
	},
	b: {
		headline: 'Half a day with us',
		text: 'We look at one problem of yours, with your numbers.',
		button: 'Learn More'
	},
	page: 'Bring one problem and the numbers you have. We read them together and you leave with a plan on one page.',
	points: ['Four hours, at most six people', 'Your numbers, not ours', 'A plan on one page']
};
