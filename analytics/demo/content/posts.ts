/** A post of the sample blog before it has a date and a body. */
export interface PostOutline {
	readonly slug: string;
	readonly title: string;
	readonly authors: readonly string[];
	readonly topics: readonly string[];
	/** The opening of the article. */
	readonly lede: string;
	/** Words the body should come near to. */
	readonly words: number;
	readonly comments: number;
}

type Row = readonly [
	slug: string,
	title: string,
	authors: string,
	topics: string,
	words: number,
	comments: number,
	lede: string
];

const outline = ([slug, title, authors, topics, words, comments, lede]: Row): PostOutline => ({
	slug,
	title,
	authors: authors.split(', '),
	topics: topics.split(', '),
	lede,
	words,
	comments
});

/** Older than everything the blog's history records, and still read. */
export const EVERGREEN: PostOutline = outline([
	'dont-buy-into-the-recent-hype-about-relationships-and-sales',
	"Don't buy into the recent hype about relationships and sales.",
	'Chris Peterson',
	'Selling',
	1150,
	1,
	'Every few years somebody announces that selling is all about the relationship. It sounds kind, it sounds wise, and it has cost more quarters than any recession. Buyers like plenty of people from whom they never buy.'
]);

/** Oldest first. */
export const OUTLINES: readonly PostOutline[] = (
	[
		[
			'the-follow-up-email-that-gets-answered',
			'The follow-up email that gets answered',
			'Chris Peterson',
			'Selling, Email Marketing',
			900,
			6,
			'Most follow-ups say one of two things: "just checking in", or "did you get my last message". Both ask the reader to do the work. Here is the version that we have sent, with small changes, for four years.'
		],
		[
			'what-to-charge-when-you-have-no-idea',
			'What to charge when you have no idea',
			'Amara Osei',
			'Pricing',
			1240,
			9,
			'A blank price field is a frightening thing. You could look at competitors, but they guessed too. There is a better way to arrive at a first number, and it takes an afternoon.'
		],
		[
			'hello-from-plain-pitch',
			'Hello from the new Plain Pitch',
			'Diego Marín, Amara Osei',
			'Culture',
			420,
			3,
			'We have moved, tidied up and thrown away the slideshow nobody liked. Here is what stays, what goes, and what we plan to write about this year.'
		],
		[
			'how-to-write-a-case-study-people-finish',
			'How to write a case study people finish',
			'Diego Marín',
			'Copywriting, Content Strategy',
			1320,
			4,
			'Case studies are the most requested and least read pages on a company’s site. The trouble is not the length. It is that everybody in them succeeds from the first line to the last.'
		],
		[
			'page-views-are-not-readers',
			'Page views are not readers',
			'Lena Hofmann',
			'Analytics',
			980,
			12,
			'Last month an article of ours was opened eleven thousand times. By our best estimate, fourteen hundred people read it. The difference between those two numbers is the subject of this piece.'
		],
		[
			'the-one-page-sales-plan',
			'The one-page sales plan',
			'Chris Peterson',
			'Selling',
			720,
			5,
			'A plan that needs a table of contents will not be read on a Tuesday. This one fits on a page, survives contact with customers and can be thrown away without regret.'
		],
		[
			'keyword-research-with-a-pencil',
			'Keyword research with a pencil',
			'Tom Whitlock',
			'SEO',
			1080,
			3,
			'You do not need a subscription to find out what people search for. You need a telephone, a notepad and the patience to write down questions exactly as they are asked.'
		],
		[
			'five-interviews-are-enough',
			'Five interviews are enough (mostly)',
			'Priya Raman',
			'Customer Research',
			860,
			2,
			'The number five has been quoted so often that nobody remembers where it comes from. It holds up better than it should, with three exceptions that matter to small companies.'
		],
		[
			'welcome-series-teardown',
			'A welcome series, taken apart line by line',
			'Diego Marín',
			'Email Marketing, Copywriting',
			1640,
			7,
			'We signed up for forty newsletters and kept everything they sent in the first ten days. One series stood out. With the permission of its author, here is every message and what it does.'
		],
		[
			'raise-your-prices',
			'Raise your prices: a letter you can copy',
			'Amara Osei',
			'Pricing, Copywriting',
			940,
			14,
			'The hardest part of a price increase is the letter. So here is one. It has been sent by nineteen companies that we know of, and the largest loss of customers among them was three per cent.'
		],
		[
			'quiet-hours',
			'Quiet hours',
			'Lena Hofmann',
			'Culture',
			480,
			1,
			'Since January nobody here answers messages before eleven. It began as an experiment with an end date. The end date has passed, and nobody mentioned it.'
		],
		[
			'the-newsletter-nobody-wanted',
			'The newsletter nobody wanted, and what we learned from its 212 readers',
			'Diego Marín, Lena Hofmann',
			'Email Marketing, Analytics',
			1380,
			5,
			'In spring we started a second newsletter. It was well written, nicely set and sent on time. In autumn we closed it. This is the account of a small failure, with all the numbers.'
		],
		[
			'linkedin-for-people-who-dislike-linkedin',
			'LinkedIn for people who dislike LinkedIn',
			'Tom Whitlock',
			'Social Media',
			1020,
			8,
			'You do not have to celebrate anything. You do not have to be humbled. There is a quiet way to use the place that takes twenty minutes a day and brings in work.'
		],
		[
			'discovery-calls-a-field-guide',
			'Discovery calls: a field guide',
			'Chris Peterson, Priya Raman',
			'Selling, Customer Research',
			2180,
			11,
			'A discovery call is a research interview with an invoice at the end. We put a salesperson and a researcher in the same room for three months and wrote down what each stole from the other.'
		],
		[
			'your-brand-voice-is-a-list-of-refusals',
			'Your brand voice is a list of refusals',
			'Amara Osei',
			'Brand, Copywriting',
			780,
			4,
			'Ask a company for its voice and you get adjectives: warm, expert, human. Ask what it would never say, and you learn something. We prefer the second list.'
		],
		[
			'how-long-should-an-article-be',
			'How long should an article be? We measured 2,300 of them',
			'Lena Hofmann',
			'Content Strategy, Analytics',
			1720,
			16,
			'The usual answer is "as long as it needs to be", which is true and useless. So we measured where readers stop, article by article, and found an answer with a number in it.'
		],
		[
			'proposals-that-sell-themselves',
			'Proposals that sell themselves are a myth',
			'Chris Peterson',
			'Selling',
			640,
			3,
			'A proposal cannot sell anything. It can only fail to get in the way. Here is how to keep it short, and what has to happen before you write it.'
		],
		[
			'redirects-are-promises',
			'Redirects are promises',
			'Tom Whitlock',
			'SEO',
			560,
			2,
			'Every address that you have ever published is a small promise to a stranger. Most redesigns break a few thousand of them before lunch.'
		],
		[
			'launch-in-february',
			'Launch in February',
			'Priya Raman',
			'Product Launches',
			690,
			1,
			'There is a best month to launch, and it is the one in which nobody is looking. A case for the slow season.'
		],
		[
			'three-plans-and-a-phone-number',
			'Three plans and a phone number: pricing pages that answer questions',
			'Amara Osei',
			'Pricing',
			1460,
			10,
			'We read two hundred pricing pages so that you do not have to. The good ones have little in common to look at. What they share is the order in which they answer.'
		],
		[
			'what-we-stopped-doing',
			'What we stopped doing this year',
			'Diego Marín',
			'Culture, Content Strategy',
			610,
			6,
			'Lists of new habits are easy to write in December. This is the other list: nine things that we no longer do, and what happened when we stopped.'
		],
		[
			'cold-email-in-2-sentences',
			'Cold email in two sentences',
			'Chris Peterson',
			'Selling, Copywriting',
			520,
			13,
			'The best cold email that we got last year was thirty-one words long. It had a question, a reason and no attachment. We bought.'
		],
		[
			'small-samples',
			'Small samples and what you may say about them',
			'Lena Hofmann',
			'Analytics',
			1290,
			7,
			'Most of us do not have enough visitors for a proper test, and most of us run them anyway. Here is how to look at forty people and two sign-ups without fooling yourself.'
		],
		[
			'the-question-jar',
			'The question jar',
			'Diego Marín',
			'Content Strategy',
			540,
			2,
			'On a shelf in our kitchen stands a jar full of questions from customers. It has replaced our content calendar, and it has never been empty.'
		],
		[
			'talk-to-the-customers-who-left',
			'Talk to the customers who left',
			'Priya Raman',
			'Customer Research',
			1110,
			5,
			'They owe you nothing, they want nothing, and they know exactly what went wrong. Former customers are the best interview partners you can find, if you ask within a week.'
		],
		[
			'why-the-middle-plan-sells',
			'Why the middle plan sells',
			'Amara Osei',
			'Pricing, Customer Research',
			970,
			4,
			'Everybody knows that the middle plan sells because of the other two. Fewer people know when it stops working, and that this can be seen a quarter in advance.'
		],
		[
			'headline-clinic',
			'Headline clinic: 12 rewrites with reasons',
			'Diego Marín',
			'Copywriting',
			1180,
			18,
			'Readers sent us ninety headlines, and we picked twelve. None of them was bad. All of them got shorter, and four ended up saying the opposite.'
		],
		[
			'search-without-clicks',
			'Search without clicks: what is left for a blog?',
			'Tom Whitlock',
			'SEO, Content Strategy',
			1540,
			9,
			'More and more questions are answered before anybody reaches a site. We looked at two years of our own search traffic to see what has gone, what has stayed, and what turned out to be worth more.'
		],
		[
			'the-second-week',
			'The second week of a launch',
			'Priya Raman, Chris Peterson',
			'Product Launches, Selling',
			1230,
			3,
			'The first week is noise. In the second, the well-wishers have gone home, and whoever is still there has a problem that you might solve. Plan for them.'
		],
		[
			'give-the-last-ten-minutes-back',
			'Give the last ten minutes back',
			'Lena Hofmann',
			'Culture',
			450,
			2,
			'A rule for meetings that costs nothing, pleases everybody and is broken by Thursday. How we have kept it for a year.'
		],
		[
			'naming-things-on-the-telephone',
			'Naming things on the telephone',
			'Amara Osei',
			'Brand',
			670,
			3,
			'Before you register a name, call five people on a bad line and have them write it down. What they write is your real name.'
		],
		[
			'the-anatomy-of-a-good-no',
			'The anatomy of a good no',
			'Chris Peterson',
			'Selling, Culture',
			830,
			4,
			'A lost deal can leave you with a friend, a lesson or a grudge. The difference is usually made in the two sentences after the no.'
		],
		[
			'attribution-is-an-opinion',
			'Attribution is an opinion',
			'Lena Hofmann',
			'Analytics',
			1410,
			15,
			'First click, last click, a bit for everybody: each model is a view on who deserves the credit. That is fine, as long as you know whose view you are looking at.'
		],
		[
			'unsubscribe-pages-worth-reading',
			'Unsubscribe pages worth reading',
			'Diego Marín',
			'Email Marketing',
			580,
			6,
			'The page on which people leave is read with more attention than any other. We collected thirty of them, and six were good enough to make us stay.'
		],
		[
			'social-proof-without-the-logos',
			'Social proof without the logo wall',
			'Tom Whitlock, Amara Osei',
			'Copywriting, Brand',
			890,
			2,
			'Forty grey logos prove that you have a designer. There are better ways to show that other people trust you, and they work when you have only three customers.'
		],
		[
			'a-price-increase-diary',
			'A price increase, day by day',
			'Amara Osei',
			'Pricing',
			1880,
			12,
			'In September a software company with 340 customers raised its prices for everybody. Its founder kept a diary and let us print it. Some days are dull. Day nine is not.'
		],
		[
			'write-the-ending-first',
			'Write the ending first',
			'Diego Marín',
			'Copywriting',
			500,
			1,
			'If you do not know what the last paragraph says, you are not writing an article. You are having a think in public.'
		],
		[
			'the-complete-guide-to-blog-measurement',
			'The complete guide to measuring a blog: readers, reads, subscribers and what they are worth',
			'Lena Hofmann, Tom Whitlock',
			'Analytics, Content Strategy, SEO',
			2600,
			21,
			'This is the long one. It collects everything that we have learned about measuring a blog in six years: which numbers to keep, which to drop, how to compare articles fairly, and how to say it all on one page.'
		],
		[
			'objections-are-maps',
			'Objections are maps',
			'Chris Peterson',
			'Selling',
			760,
			5,
			'An objection is the only moment in a sales call when the buyer tells you exactly where they are standing. Do not argue with the map.'
		],
		[
			'one-network',
			'One network',
			'Tom Whitlock',
			'Social Media',
			470,
			4,
			'We closed four of our five accounts in one afternoon. Nobody wrote to ask why. Here is what happened to the fifth.'
		],
		[
			'survey-questions-that-lie',
			'Seven survey questions that lie to you',
			'Priya Raman',
			'Customer Research, Analytics',
			1060,
			8,
			'They look harmless. They are in every template. And they produce answers that send product teams in the wrong direction with great confidence.'
		],
		[
			'landing-pages-for-one-person',
			'Landing pages for one person',
			'Diego Marín, Priya Raman',
			'Copywriting, Customer Research',
			1370,
			3,
			'We took a landing page for everyone and rewrote it for a single, real customer called Ruth. It did better with everybody else too.'
		],
		[
			'when-the-champion-leaves',
			'When your champion leaves',
			'Chris Peterson',
			'Selling',
			920,
			2,
			'The person who wanted your product has changed jobs, and the renewal is in ten weeks. What to do on the first day, and what to have done a year earlier.'
		],
		[
			'free-plans-are-marketing',
			'Free plans are marketing. Judge them that way.',
			'Amara Osei',
			'Pricing, Product Launches',
			1140,
			17,
			'A free plan is an advertisement that needs support, servers and patience. Whether it is worth the money can be worked out on the back of an envelope.'
		],
		[
			'how-ai-assistants-read-your-site',
			'How AI assistants read your site, and what they leave out',
			'Tom Whitlock, Lena Hofmann',
			'SEO, Analytics',
			1610,
			10,
			'For a month we asked four assistants the questions that our customers ask. They quoted us often, linked to us sometimes and got one thing wrong every time.'
		],
		[
			'the-retrospective-nobody-prepared',
			'The retrospective nobody prepared',
			'Priya Raman',
			'Culture',
			570,
			1,
			'No slides, no sticky notes, three questions. It took forty minutes, and we still use what came out of it.'
		],
		[
			'subject-lines-are-labels',
			'Subject lines are labels',
			'Diego Marín',
			'Email Marketing, Copywriting',
			730,
			7,
			'A subject line should tell you what is in the box. We tested labels against riddles for a whole year, and the labels won in eleven months of twelve.'
		],
		[
			'checklist-for-the-boring-parts',
			'Launch checklist for the boring parts',
			'Priya Raman, Tom Whitlock',
			'Product Launches',
			1310,
			6,
			'Nobody forgets the announcement. People forget the receipt, the old help page, the search box and the person at the front desk. Sixty boring lines that have saved us more than once.'
		],
		[
			'negotiating-with-procurement',
			'Negotiating with procurement without lowering the price',
			'Amara Osei, Chris Peterson',
			'Pricing, Selling',
			1980,
			9,
			'Procurement has a job, and it is not to make you suffer. Once you know how their success is counted, you can help them without touching the number.'
		],
		[
			'what-readers-do-after-the-article',
			'What readers do after the article',
			'Lena Hofmann',
			'Analytics, Content Strategy',
			1190,
			5,
			'They reach the last line, and then what? We followed eighteen months of endings: who left, who read on, who subscribed, and which link had anything to do with it.'
		],
		[
			'be-boring-for-longer',
			'Be boring for longer',
			'Amara Osei',
			'Brand',
			550,
			3,
			'You are tired of your logo. Your customers have barely noticed it. A short argument against the redesign on your list.'
		],
		[
			'the-case-for-plain-text',
			'The case for plain text email',
			'Diego Marín',
			'Email Marketing',
			840,
			11,
			'No header, no buttons, no footer with nine icons. We sent plain text for six months, to half of the list, and kept count.'
		],
		[
			'selling-to-your-old-employer',
			'Selling to your old employer',
			'Chris Peterson',
			'Selling, Culture',
			630,
			2,
			'They know you, they like you, and they remember what you cost. Why the easiest meeting you ever get is so hard to turn into a contract.'
		],
		[
			'comparison-pages-that-are-fair',
			'Comparison pages that are fair (and rank anyway)',
			'Tom Whitlock',
			'SEO, Copywriting',
			1270,
			4,
			'Most comparison pages are a row of green ticks next to a row of red crosses. Readers know. Here is how to write one that you could show to the competitor.'
		],
		[
			'ask-about-last-tuesday',
			'Ask about last Tuesday',
			'Priya Raman',
			'Customer Research',
			590,
			5,
			'One change to one question improved our interviews more than any training. It is in the title.'
		],
		[
			'how-we-price-our-own-workshops',
			'How we price our own workshops',
			'Amara Osei',
			'Pricing',
			1050,
			8,
			'We have told other people what to charge for six years. It is only fair to show our own working, including the year in which we got it wrong.'
		],
		[
			'a-month-of-replies',
			'A month of replies: what happens when a company answers everyone',
			'Tom Whitlock, Diego Marín',
			'Social Media, Brand',
			1480,
			4,
			'For thirty days we answered every comment, message and mention on the same day. It was more work than expected and paid off in a place where nobody was looking.'
		],
		[
			'deals-that-go-quiet',
			'Deals that go quiet',
			'Chris Peterson',
			'Selling',
			880,
			3,
			'Three weeks without an answer. You have written twice. Before you write a third time, find out which of four silences you are hearing.'
		],
		[
			'the-numbers-we-report-and-the-three-we-dropped',
			'The numbers we report, and the three we dropped',
			'Lena Hofmann, Amara Osei',
			'Analytics, Culture',
			1020,
			0,
			'Our monthly report used to have fourteen figures. It now has eleven, and the meeting is half as long. Here is what went, and why nobody has asked for it back.'
		]
	] satisfies readonly Row[]
).map(outline);
