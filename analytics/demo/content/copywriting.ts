import type { TopicContent } from './topic-content.ts';

export const COPYWRITING: TopicContent = {
	name: 'Copywriting',
	slug: 'copywriting',
	about: 'Headlines, buttons and sentences that do a job.',
	phrases: {
		work: ['writing copy', 'rewriting'],
		people: ['readers', 'people who skim'],
		person: ['a reader', 'somebody who skims'],
		team: ['everyone who edits the page', 'the writing team'],
		metric: ['the share of readers who scroll on', 'the click rate of the button'],
		artefact: ['the draft', 'the swipe file'],
		habit: ['hiding behind adjectives', 'clearing the throat for three paragraphs'],
		goal: ['a sentence that can be repeated', 'a headline that keeps its promise'],
		moment: ['the headline', 'the second before the click'],
		thing: ['a headline', 'a landing page']
	},
	headings: [
		'The headline is half of it',
		'Buttons are verbs',
		'Adjectives are a loan',
		'Cut the first paragraph',
		'Write like somebody in the room',
		'Proof beats promise',
		'The sentence people repeat',
		'Editing in three passes'
	],
	claims: [
		'A headline has one job, and it is to earn the next sentence.',
		'The word "simple" has never made anything simple.',
		'Readers skip what you wrote to warm up, so delete it before they do.',
		'A button that says what happens next will beat one that says what you want.',
		'Numbers are adjectives that can be checked.',
		'Nothing reads faster than a sentence that knows where it is going.',
		'If a colleague can swap your product’s name for another, the copy is not yours yet.',
		'Long copy is fine; slow copy is not.',
		'The objection you leave out is the one the reader answers alone.',
		'Clever is remembered for the joke, clear is remembered for the offer.'
	],
	tips: [
		['Read it aloud.', 'Where you run out of breath, the sentence ends.'],
		['Replace one adjective with a number.', 'Then delete the other adjectives.'],
		['Write ten headlines.', 'The first three are everybody’s; the eighth is yours.'],
		['Name the next step.', '"Get the worksheet" beats "Submit" on any page.'],
		['Put the proof next to the promise.', 'A quotation three screens later helps nobody.'],
		['Use the words of your customers.', 'Support letters are the best swipe file there is.'],
		['Edit on paper.', 'You will see the repeated word at once.'],
		['Sleep on it.', 'Nothing improves a draft like a night without you.']
	],
	stories: [
		'A charity tested "Donate" against "Buy a week of dinners". The second brought in a third more, and the average gift matched the price of a week of dinners almost to the cent.',
		'A writer was asked to shorten a page of 900 words. She cut the first 300 and changed nothing else. The owner read the result twice, looking for what was missing, and published it.',
		'The best headline one agency ever ran was a sentence from a complaint: "I just want it to work on Mondays." They sold planning software with it for four years.'
	],
	quotes: [
		['If I have to read it twice, I have already decided.', 'Participant in a reading test'],
		[
			'We stopped writing about the product and started writing about Monday morning.',
			'Product marketer, payroll software'
		]
	]
};
