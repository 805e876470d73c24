/** Phrases that a sentence frame takes in, each in the grammatical form its comment shows. */
export interface Phrases {
	/** "selling": names the activity, singular. */
	readonly work: readonly string[];
	/** "buyers" */
	readonly people: readonly string[];
	/** "a buyer" */
	readonly person: readonly string[];
	/** "the sales team" */
	readonly team: readonly string[];
	/** "the reply rate" */
	readonly metric: readonly string[];
	/** "the call summary": something kept in writing, singular. */
	readonly artefact: readonly string[];
	/** "chasing every lead": what goes wrong. */
	readonly habit: readonly string[];
	/** "a clear next step" */
	readonly goal: readonly string[];
	/** "the first call" */
	readonly moment: readonly string[];
	/** "a proposal" */
	readonly thing: readonly string[];
}

/** What the sample blog's articles on one topic are put together from. */
export interface TopicContent {
	readonly name: string;
	readonly slug: string;
	/** One sentence for the topic's page. */
	readonly about: string;
	readonly phrases: Phrases;
	readonly headings: readonly string[];
	readonly claims: readonly string[];
	/** A short lead and the sentence that explains it. */
	readonly tips: readonly (readonly [lead: string, text: string])[];
	readonly stories: readonly string[];
	readonly quotes: readonly (readonly [text: string, speaker: string])[];
}
