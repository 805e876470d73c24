import type { TopicContent } from './topic-content.ts';

export const ANALYTICS: TopicContent = {
	name: 'Analytics',
	slug: 'analytics',
	about: 'Counting what matters, and doubting it properly.',
	phrases: {
		work: ['measuring', 'reading the numbers'],
		people: ['colleagues', 'the people who read reports'],
		person: ['a colleague', 'a sceptical director'],
		team: ['the team behind the dashboard', 'the marketing team'],
		metric: ['the read ratio', 'the number you report'],
		artefact: ['the Monday report', 'the list of definitions'],
		habit: ['reporting whatever went up', 'adding one more chart'],
		goal: ['one decision per chart', 'a definition on paper'],
		moment: ['the monthly review', 'the first look at a chart'],
		thing: ['a dashboard', 'an experiment']
	},
	headings: [
		'A number needs a question',
		'Averages and the people they hide',
		'Small samples, honest intervals',
		'The week that was not typical',
		'What a page view does not tell you',
		'Definitions before dashboards',
		'Attribution is an opinion',
		'When to stop looking'
	],
	claims: [
		'A number nobody would act on is decoration.',
		'A page view says that a page was opened, and nothing about whether it was read.',
		'With forty visitors and two sign-ups you have an anecdote with a percentage sign.',
		'Growth on a base near nothing is the cheapest applause in marketing.',
		'If two reports disagree, the definitions do, and it is rarely worth blaming the tool.',
		'An interval next to a rate does more for honesty than any amount of caution in the text.',
		'Every attribution model is an opinion about who deserves the credit.',
		'The newest article always looks weak, because it is compared with grown-ups.',
		'A dashboard that is looked at daily and acted on never is a screensaver.',
		'Compare a post with other posts at the same age, or do not compare it at all.'
	],
	tips: [
		[
			'Write the decision first.',
			'Note what you will do if the number is high, and what if it is low.'
		],
		['Show the denominator.', 'Twelve of forty reads differently from thirty per cent.'],
		['Compare equal ages.', 'Day three with day three, never with a lifetime total.'],
		['Mark the odd weeks.', 'Holidays, outages and one lucky link belong on the chart.'],
		['Retire a chart a month.', 'If nobody asks for it back, it was furniture.'],
		['Define "reader" once.', 'On paper, in one sentence, signed by everybody.'],
		['Look at ten real sessions.', 'Then go back to the averages with better questions.'],
		['Wait for the interval.', 'Call a test when the intervals part, and not when the lines do.']
	],
	stories: [
		'A team celebrated a landing page that converted at eleven per cent. It had had eighteen visitors, two of them from the office. They printed the chart, framed it and hung it over the printer as a warning.',
		'One editor ranked articles by readers who reached the end. The order turned almost upside down: a list of tools fell from first to thirtieth, and a dry piece on invoices rose to the top. It had been bringing customers for two years without anyone noticing.',
		'For one month a company sent its weekly report without charts: five sentences, each with a number and a reason. The meeting that used to take an hour took twenty minutes, and two decisions were made in it.'
	],
	quotes: [
		[
			'I do not distrust the number. I distrust the person who is happy about it.',
			'Finance director, publisher'
		],
		[
			'We had nine dashboards and one question. Now it is the other way round.',
			'Marketing lead, software company'
		]
	]
};
