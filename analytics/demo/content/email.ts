import type { TopicContent } from './topic-content.ts';

export const EMAIL: TopicContent = {
	name: 'Email Marketing',
	slug: 'email-marketing',
	about: 'Newsletters that get opened, answered and missed when they do not come.',
	phrases: {
		work: ['writing a newsletter', 'email'],
		people: ['subscribers', 'readers'],
		person: ['a subscriber', 'a reader on a train'],
		team: ['the newsletter desk', 'whoever presses send'],
		metric: ['the reply count', 'the click rate'],
		artefact: ['the subscriber list', 'the sending calendar'],
		habit: ['mailing everyone about everything', 'writing subject lines last'],
		goal: ['one reason to click', 'a promise kept every week'],
		moment: ['the welcome message', 'the subject line'],
		thing: ['a newsletter', 'a welcome series']
	},
	headings: [
		'The list is not the audience',
		'A subject line is a label, not a riddle',
		'The first message does the heavy lifting',
		'One letter, one link',
		'Unsubscribes are information',
		'How often is often enough',
		'Write to one person',
		'What to do with the sleepers'
	],
	claims: [
		'A newsletter is a habit that two sides keep, and yours is the side that has to start.',
		'The open rate tells you about mail programs; the reply tells you about people.',
		'Subscribers forgive a short letter far more easily than a late one.',
		'The welcome message is the only one that nearly everybody reads.',
		'A list that is pruned twice a year reaches more people than one that only grows.',
		'Plain text with one good link beats a brochure with nine.',
		'Nobody unsubscribes because a letter was too useful.',
		'The best time to send is the time at which you can also answer.',
		'Every field you add to a form costs you the people you most wanted.',
		'If two links compete in one letter, both lose.'
	],
	tips: [
		['Ask for an answer.', 'One real question at the end turns a broadcast into a letter.'],
		[
			'Keep the promise visible.',
			'Say in the footer what people signed up for and how often it comes.'
		],
		['Write the subject first.', 'If the subject is hard to write, the letter has no point yet.'],
		['Send yourself the mobile version.', 'Read it standing up, with one hand.'],
		['Let people pause.', 'A month of silence on request keeps readers who would have left.'],
		['Prune in spring and autumn.', 'Ask the sleepers once, kindly, and then let them go.'],
		['Number the issues.', 'A count shows that you have kept at it, and readers notice.'],
		['Reuse what got replies.', 'The best subject for the next issue is in the inbox of the last.']
	],
	stories: [
		'A bicycle shop sent a monthly letter with forty products. In November the template failed and only the owner’s two paragraphs went out: what he had repaired that week, and why. He had sixty answers by the evening. The products never came back.',
		'One publisher wrote to 9,000 silent subscribers with the subject "Shall we stop?". Two thousand clicked to stay, and the click rate of the next issue doubled. The mail bill fell by a third.',
		'A consultant numbered her letters from the first day. When she missed number 41, eleven people wrote to ask whether she was well. She has not missed one since.'
	],
	quotes: [
		['I read it because it ends. I can finish it before my stop.', 'Subscriber since issue 12'],
		[
			'The day I answered and got an answer back was the day I became a customer.',
			'Owner, garden centre'
		]
	]
};
