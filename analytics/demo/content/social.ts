import type { TopicContent } from './topic-content.ts';

export const SOCIAL: TopicContent = {
	name: 'Social Media',
	slug: 'social-media',
	about: 'Being worth following, on as few networks as you can manage.',
	phrases: {
		work: ['posting', 'being present on a network'],
		people: ['followers', 'the people in the comments'],
		person: ['a follower', 'a stranger who scrolls past'],
		team: ['whoever holds the password', 'the social team'],
		metric: ['the number of real replies', 'the share of visits that stay longer than a minute'],
		artefact: ['the posting plan', 'the list of saved replies'],
		habit: ['posting everywhere at once', 'announcing instead of talking'],
		goal: ['a post that stands on its own', 'a reason to follow'],
		moment: ['the first line of a post', 'the first reply'],
		thing: ['a post', 'a thread']
	},
	headings: [
		'One network, done properly',
		'The first line does the work',
		'Replies are the product',
		'Links and why they are punished',
		'What a like is worth',
		'A week without announcements',
		'Borrowed ground',
		'Small accounts, large effects'
	],
	claims: [
		'A company that answers is rarer than a company that posts.',
		'Followers are a receipt for past attention and no promise of more.',
		'The post that travels is the one that makes sense without the link.',
		'A network pays you for keeping people there, so plan for the visit that never comes.',
		'Being early on a network matters less than still being there in three years.',
		'Nobody follows a brand for its announcements.',
		'The best social plan we have seen was a list of twenty people to be useful to.',
		'One thoughtful reply under someone else’s post beats five posts under your own name.',
		'What spreads quickly is read quickly, and forgotten at the same speed.',
		'An employee with four hundred followers often outperforms the company with forty thousand.'
	],
	tips: [
		['Choose one.', 'Pick the network where your customers already complain, and be good at it.'],
		['Answer within the day.', 'A late reply is read as an automatic one.'],
		['Give it all away.', 'Put the whole idea in the post, and the link in the first comment.'],
		['Write for the reply.', 'Ask something that can be answered in a line.'],
		['Lend the account.', 'Let the person who did the work tell it in their own voice.'],
		['Measure minutes.', 'Ten visits that read beat a hundred that bounce.'],
		['Rest at weekends.', 'Unless your customers do not.'],
		['Keep a copy.', 'Networks close, change owners and lose archives.']
	],
	stories: [
		'A paint maker deleted four of its five accounts on one afternoon. The remaining one belonged to a technician who answered questions about peeling window frames. Within a year it was the largest source of orders from tradespeople.',
		'A software company posted its release notes for two years to polite silence. Then an engineer wrote, in her own name, about the bug that took eleven days to find. It was read more often than all the release notes together.',
		'A bakery photographs its failures once a week. People who have never been to the town recognise the blue tray.'
	],
	quotes: [
		['I followed them because they answered somebody else.', 'Customer, tool rental'],
		['We treat each post as if it had to survive without us.', 'Social editor, science museum']
	]
};
