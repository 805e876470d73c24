import type { TopicContent } from './topic-content.ts';

export const CONTENT_STRATEGY: TopicContent = {
	name: 'Content Strategy',
	slug: 'content-strategy',
	about: 'Deciding what to write, what to leave out and what to bring back to life.',
	phrases: {
		work: ['planning content', 'editing'],
		people: ['readers', 'the people you write for'],
		person: ['a reader', 'a first-time visitor'],
		team: ['the editorial team', 'everyone with a byline'],
		metric: ['the share of readers who finish', 'the number of articles still read after a year'],
		artefact: ['the editorial calendar', 'the list of ideas'],
		habit: ['publishing to fill a slot', 'writing for the search box alone'],
		goal: ['one question answered well', 'a reason to come back'],
		moment: ['the first paragraph', 'the planning meeting'],
		thing: ['an article', 'a guide']
	},
	headings: [
		'Fewer, and kept up',
		'The idea is not the angle',
		'Write the ending first',
		'What the old articles are still doing',
		'A calendar with holes in it',
		'Who is this for, by name',
		'When an article has done its work',
		'The brief on half a page'
	],
	claims: [
		'An article that answers one question well will outlive ten that touch on five.',
		'The back catalogue brings most of the readers and gets almost none of the care.',
		'A calendar without empty weeks is a plan to publish things nobody needed.',
		'The first paragraph decides who stays; the last one decides who comes back.',
		'Most articles are two drafts short of the point.',
		'The audience you can name is larger than the audience you cannot.',
		'Readers do not arrive at the beginning; they arrive in the middle of a problem.',
		'An editor who only adds is a second author.',
		'If the title could sit on a competitor’s page, the article probably could too.',
		'Nothing on a blog is evergreen unless somebody waters it.'
	],
	tips: [
		[
			'Update before you write.',
			'One hour on an old article usually earns more than a day on a new one.'
		],
		[
			'Give every draft a reader.',
			'Write the name of a real person at the top, and take it out at the end.'
		],
		[
			'Keep a list of questions.',
			'Support, sales and comments provide more ideas than any brainstorm.'
		],
		['Cut the warm-up.', 'The article usually starts in the third paragraph, so let it.'],
		['Date the facts.', 'A small "checked in May" tells readers that somebody is at home.'],
		['Merge near twins.', 'Two articles on one question compete with each other.'],
		['Leave one week in six empty.', 'Something worth writing always turns up.'],
		['Ask what it replaces.', 'Every new article pushes an old one off the front page.']
	],
	stories: [
		'An accounting blog had 412 articles, of which 38 brought nine tenths of the readers. The editor spent a summer on the 38 and archived the rest. Traffic dipped for three weeks and ended the year higher, with one part-time editor in place of two freelancers.',
		'A team in Porto replaced its calendar with a jar of questions from customers. Each Monday someone drew one. The articles became shorter, and for the first time sales sent them to people without being asked.',
		'One author wrote the last paragraph of every article before anything else for six weeks. Half of the ideas did not survive the exercise, and the other half needed a single draft.'
	],
	quotes: [
		[
			'We did not need more articles. We needed to know which ones we would be sorry to lose.',
			'Editor, trade magazine'
		],
		['I judge a guide by whether I can close the tab afterwards.', 'Reader in a hurry']
	]
};
