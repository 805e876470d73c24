export interface Author {
	readonly name: string;
	readonly role: string;
}

/** The six people who write the sample blog. */
export const AUTHORS: readonly Author[] = [
	{
		name: 'Chris Peterson',
		role: 'Sold software for eleven years and has the spreadsheets to prove it.'
	},
	{
		name: 'Amara Osei',
		role: 'Runs pricing workshops for companies with fewer than fifty people.'
	},
	{ name: 'Lena Hofmann', role: 'Measures things for a living and doubts most of them.' },
	{ name: 'Diego Marín', role: 'Copywriter, newsletter editor, reluctant early riser.' },
	{
		name: 'Priya Raman',
		role: 'Leads research interviews and writes down what people really said.'
	},
	{ name: 'Tom Whitlock', role: 'Looks after search and social, one at a time.' }
];
