import type { TopicContent } from './topic-content.ts';

export const SEO: TopicContent = {
	name: 'SEO',
	slug: 'seo',
	about: 'Being found by people who already have the question.',
	phrases: {
		work: ['search work', 'getting found'],
		people: ['searchers', 'people with a question'],
		person: ['a searcher', 'someone comparing two tabs'],
		team: ['whoever looks after the site', 'the web team'],
		metric: ['the number of visits from search', 'the share of searches that end on your page'],
		artefact: ['the list of queries', 'the page inventory'],
		habit: ['writing for robots', 'renaming addresses every spring'],
		goal: ['an answer in the first screen', 'one page for one question'],
		moment: ['the search result', 'the first screen of the page'],
		thing: ['a landing page', 'a comparison page']
	},
	headings: [
		'One question, one page',
		'The title is the advertisement',
		'Links you did not have to ask for',
		'Addresses are promises',
		'Slow growth is the good kind',
		'What the query list tells you',
		'Pages that compete with each other',
		'After the click'
	],
	claims: [
		'Search rewards the page after which nobody needs to search again.',
		'A page that ranks and does not satisfy is only borrowing its place.',
		'Most sites have more pages than questions, and that is the wrong way round.',
		'The title tag is the cheapest advertisement that you will ever write.',
		'Moving an address without a redirect throws away years of small favours.',
		'Growth from search is slow, then steady, and then easily taken for granted.',
		'The query list is the only survey that people fill in when nobody asks them.',
		'Two pages about one thing split the credit and confuse the reader.',
		'A fast page is not a ranking trick; it is good manners.',
		'The words of your customers beat the words of your industry nearly every time.'
	],
	tips: [
		['Answer above the fold.', 'Give the short answer first and the long one below it.'],
		['Keep the address.', 'If it must change, redirect it for ever and not for a year.'],
		[
			'Merge before you write.',
			'Look for an existing page on the question, and make that one better.'
		],
		['Read the results page.', 'What is already there tells you what people expect to find.'],
		[
			'Link from old to new.',
			'Three links from articles that are already read are worth a campaign.'
		],
		['Describe pictures.', 'For people who cannot see them first, and for machines second.'],
		['Check the phone.', 'Most searches happen on a screen the width of a hand.'],
		['Ignore a bad week.', 'Look at quarters, because weeks are weather.']
	],
	stories: [
		'A tile importer had four pages on sealing grout, each on the second page of the results. They became one, with photographs of what goes wrong. Eight weeks later it stood third, and the hotline had a quieter spring.',
		'After a redesign one museum lost half its visitors from search in a weekend. Nobody had noticed that addresses had lost a hyphen. The redirects took an afternoon, and recovery took until autumn.',
		'A tax adviser answers one question a week, taken from her own telephone notes, in two hundred words. She has never bought an advertisement, and she has had to stop taking clients twice.'
	],
	quotes: [
		[
			'We stopped asking what ranks and started asking what people do next.',
			'Web manager, adult education centre'
		],
		['The page was ugly and it had the answer. I bookmarked it.', 'Reader survey, 2024']
	]
};
