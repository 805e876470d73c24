/** What readers wrote under the articles: name and text. */
export const COMMENTS: readonly (readonly [name: string, text: string])[] = [
	[
		'Marta',
		'We tried this with a team of three, and it held up better than I expected. The hard part was stopping after it worked.'
	],
	[
		'J. Okafor',
		'I disagree with the second half, politely. Our customers are older than yours and they answer the phone.'
	],
	['Simone', 'Printed and hung up next to the coffee machine.'],
	[
		'Henrik L.',
		'How would you do this with a long sales cycle? Ours is fourteen months on a good day.'
	],
	['Beth', 'The part about writing it down first is the whole trick, I think.'],
	['Tomasz', 'Sent this to my boss. She had already read it.'],
	['Noor', 'Would love to see the numbers after a year.'],
	['Gareth', 'The four-week rule saved me from a bad decision in week two.'],
	['Ines', 'Short, useful, no pop-up before the first line. Thank you.'],
	[
		'Paul D.',
		'We did the opposite by accident and it worked as well, so I am a bit suspicious of all of us.'
	],
	[
		'Yuki',
		'Is there a version of this for non-profits? The word "customer" makes people nervous here.'
	],
	[
		'Rowena',
		'I have read this three times since it came out. Each time I notice another thing that we still do wrong.'
	],
	[
		'Aleks',
		'Small correction: the effect gets weaker with larger lists. Ours has 40,000 names and it was hardly visible.'
	],
	['Claire B.', 'More of this, please.'],
	['Dev', 'The quote at the end could have been from our last retrospective.'],
	['Stefan', 'What did you do about the people who never answer?'],
	['Leila', 'We argued about this article for a whole lunch. That is a compliment.'],
	['Oscar', 'Bookmarked. The list alone was worth it.'],
	['Hannah', 'I would add one more: ask the person at the front desk. They know everything.'],
	['Ravi', 'Do you have a template for the sheet? I would rather not start from an empty one.'],
	['Morag', 'It works in Scotland too.']
];

/** The one comment under the article of 2017. */
export const EVERGREEN_COMMENT: readonly [name: string, text: string] = [
	'Daniel W.',
	'Thank you for saying it. I like my supplier very much, and I have just bought from somebody else.'
];
