import type { TopicContent } from './topic-content.ts';

export const BRAND: TopicContent = {
	name: 'Brand',
	slug: 'brand',
	about: 'Names, voices and the slow business of being remembered.',
	phrases: {
		work: ['building a brand', 'being recognisable'],
		people: ['customers', 'passers-by'],
		person: ['a customer', 'somebody who saw you once'],
		team: ['the brand team', 'everybody who writes in the company’s name'],
		metric: ['the number of people who ask for you by name', 'unprompted recall'],
		artefact: ['the style guide', 'the tone sheet'],
		habit: ['redesigning out of boredom', 'sounding like the market leader'],
		goal: ['one thing to be known for', 'a voice people recognise'],
		moment: ['the second encounter', 'the naming meeting'],
		thing: ['a logo', 'a tagline']
	},
	headings: [
		'Being known for one thing',
		'Voice is a set of refusals',
		'Why the redesign can wait',
		'Names people can say on the phone',
		'Consistency is a courtesy',
		'What the logo cannot do',
		'Small gestures, long memory',
		'The style guide on one page'
	],
	claims: [
		'A brand is what people say about you to somebody who did not ask.',
		'You get bored of your own look about three years before customers notice it.',
		'A voice is defined less by what you say than by what you would never say.',
		'If a name has to be spelled twice on the phone, it is not finished.',
		'Consistency is dull from within and comforting from outside.',
		'Nobody remembers values; everybody remembers how a complaint was handled.',
		'The company that stands for one thing is forgiven for many others.',
		'A logo is a hook, and it holds nothing until you hang something on it.',
		'Sounding like the market leader mostly advertises the market leader.',
		'The best style guide is short enough to be quoted from memory.'
	],
	tips: [
		[
			'Ask for the sentence.',
			'Have ten customers describe you to a friend, and write it down word for word.'
		],
		['List your refusals.', 'Five words that you never use say more than fifty adjectives.'],
		['Say the name aloud.', 'On a bad line, to somebody in a hurry.'],
		['Keep the colour.', 'Change the layout if you must, but leave the thing people recognise.'],
		['Answer complaints in full sentences.', 'It is the only advertising read to the last word.'],
		['Write the tone sheet from letters.', 'Take real answers that worked, not adjectives.'],
		['Test recall, not taste.', 'Ask a week later what they remember.'],
		['Repeat yourself.', 'When you are tired of saying it, people begin to hear it.']
	],
	stories: [
		'A window cleaner painted his ladder orange because the paint was left over. Nine years later people call the office and ask for the orange ladder. His business cards never carried the colour until last spring.',
		'A software firm replaced its friendly, crooked logo with a neat grey one. Recall among customers fell from six in ten to three. The old one came back with an apology, and the apology was the best read page of the year.',
		'One hotel answers each review in two sentences, signed with a first name. Guests mention the answers more often than the breakfast.'
	],
	quotes: [
		[
			'I could not tell you their slogan, but I know exactly how they would say no.',
			'Long-standing customer'
		],
		['We wrote the style guide on a napkin and it still fits.', 'Founder, coffee roaster']
	]
};
