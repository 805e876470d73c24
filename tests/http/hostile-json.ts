const VALID = '{"n":"pageview","u":"https://blog.example.com/x","d":"blog.example.com"}';
const nest = (depth: number, open: string, middle: string, close: string): string =>
	open.repeat(depth) + middle + close.repeat(depth);
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Text that is almost JSON, or JSON that tries a parser: each corner of the grammar of RFC 8259. */
export const HOSTILE_JSON: readonly (string | Buffer)[] = [
	// Nothing, space, and space that JSON does not know.
	...['', ' ', '\t\n\r ', '\u00a0', '\u2028', '\ufeff', '\u000b[]', '\f{}'],
	// Not one value.
	...['{}{}', '[] []', `${VALID}${VALID}`, `${VALID},`, `${VALID}\u0000`, '1 2', '{} //', '/**/{}'],
	// Words.
	...['nul', 'NULL', 'True', 'fals', 'undefined', 'NaN', 'Infinity', '-Infinity', 'nulll', 'true1'],
	// Numbers.
	...[
		'-',
		'+1',
		'01',
		'-01',
		'1.',
		'.5',
		'-.5',
		'1e',
		'1e+',
		'1.e5',
		'0x1F',
		'1_000',
		'1e5.5',
		'--1'
	],
	...['1e400', '-1e400', '1e-400', '-0', '0e0', `1${'0'.repeat(5_000)}`, `0.${'1'.repeat(5_000)}`],
	...['18446744073709551616', '9007199254740993', '١٢'],
	// Strings.
	...[
		'"',
		'"\\"',
		'"\\',
		'"\\x41"',
		'"\\u"',
		'"\\u12"',
		'"\\u12g4"',
		'"\\U0041"',
		"'single'",
		'"\n"'
	],
	...[
		'"\t"',
		'"\u0000"',
		'"\\ud800"',
		'"\\udc00\\ud800"',
		'"\\ud83d\\ude00"',
		'"\\u0000"',
		'"\\a"'
	],
	// Arrays.
	...['[', ']', '[,]', '[1,]', '[1 2]', '[,1]', '[1,,2]', '[1', '[1}', '[[]', '[]]', '[null,]'],
	...[
		'[]',
		'[[]]',
		'[null]',
		'[{}]',
		`[${VALID},]`,
		`[${VALID}`,
		`[${VALID}${VALID}]`,
		`[${VALID}}`
	],
	// Objects.
	...[
		'{',
		'}',
		'{,}',
		'{"a"}',
		'{"a":}',
		'{:1}',
		'{"a":1,}',
		'{a:1}',
		"{'a':1}",
		'{"a" 1}',
		'{"a":1 "b":2}'
	],
	...['{1:1}', '{null:1}', '{"a"::1}', '{"a":1', '{"a":1]', '{"":""}', '{"n":"pageview",,"u":"x"}'],
	...['{"n":1,"n":2,"n":"pageview"}', `{"n":"x","u":"x","u":"https://blog.example.com/"}`],
	// Names that mean something to JavaScript.
	...[
		'{"__proto__":{"n":"pageview"}}',
		'{"constructor":{"prototype":{"x":1}}}',
		'{"toString":null}'
	],
	...['{"hasOwnProperty":1,"n":"pageview","u":"https://blog.example.com/"}', '{"then":1}'],
	`{"n":"pageview","u":"https://blog.example.com/","p":{"__proto__":{"polluted":"yes"}}}`,
	// Comments and other dialects.
	...[
		`/*x*/${VALID}`,
		`${VALID}//x`,
		`#x\n${VALID}`,
		`)]}',\n${VALID}`,
		`callback(${VALID})`,
		`\`${VALID}\``
	],
	// Depth and width.
	nest(10_000, '[', '', ']'),
	nest(10_000, '{"p":', '1', '}'),
	nest(30_000, '[', '', ''),
	nest(5_000, '[{"a":', '1', '}]'),
	`{"n":"pageview","u":"https://blog.example.com/","p":${nest(5_000, '{"a":', '1', '}')}}`,
	`{${Array.from({ length: 3_000 }, (_, at) => `"k${at}":${at}`).join()}}`,
	`{"n":"pageview","u":"https://blog.example.com/","p":{${Array.from({ length: 2_000 }, (_, at) => `"k${at}":"v"`).join()}}}`,
	`[${'{},'.repeat(1_500)}{}]`,
	`[${'null,'.repeat(999)}null]`,
	' '.repeat(60_000) + VALID,
	VALID + '\n'.repeat(60_000),
	`"${'\\u0041'.repeat(10_000)}"`,
	`"${'\\'.repeat(20_000)}"`,
	// Encodings.
	Buffer.from(VALID, 'utf16le'),
	Buffer.from(`\ufeff${VALID}`, 'utf16le'),
	Buffer.from(`\ufeff${VALID}`),
	latin1(`{"n":"page\xffview"}`),
	latin1(`{"n":"\xc0\xaf"}`),
	latin1(`{"n":"\xed\xa0\x80"}`),
	latin1(`{"n":"\xf4\x90\x80\x80"}`),
	latin1(`{"n":"\xe2\x82"}`),
	latin1('\x80'),
	latin1('\xff\xfe\x00\x00'),
	Buffer.alloc(1_000),
	Buffer.alloc(1_000, 0xff),
	// Other kinds of bodies.
	...[
		'n=pageview&u=https%3A%2F%2Fblog.example.com%2F',
		'<?xml version="1.0"?><n>pageview</n>',
		'---\nn: pageview'
	],
	'--x\r\ncontent-disposition: form-data; name="n"\r\n\r\npageview\r\n--x--\r\n',
	Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
	Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0])
];
