import { array, assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryOf, readParts } from './multipart.ts';

const BOUNDARY = '----WebKitFormBoundaryAbC';

interface Field {
	readonly name: string;
	readonly fileName: string | null;
	readonly text: string;
}

const formOf = (fields: readonly { name: string; file?: string; body: Uint8Array }[]): Buffer =>
	Buffer.concat([
		...fields.flatMap(({ name, file, body }) => [
			Buffer.from(
				`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\nContent-Type: text/plain`}\r\n\r\n`
			),
			body,
			Buffer.from('\r\n')
		]),
		Buffer.from(`--${BOUNDARY}--\r\n`)
	]);

async function* inPieces(form: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
	let at = 0;
	for (let piece = 0; at < form.length; piece += 1) {
		const size = sizes[piece % sizes.length] ?? 1;
		yield await Promise.resolve(form.subarray(at, at + size));
		at += size;
	}
}

const fieldsOf = async (form: Buffer, sizes: readonly number[] = [7]): Promise<Field[]> => {
	const fields: Field[] = [];
	for await (const { name, fileName, bytes } of readParts(inPieces(form, sizes), BOUNDARY)) {
		const pieces: Uint8Array[] = [];
		for await (const piece of bytes) pieces.push(Buffer.from(piece));
		fields.push({ name, fileName, text: Buffer.concat(pieces).toString('latin1') });
	}
	return fields;
};

test('gives fields and files as they were sent, however they are cut', async () => {
	await assert(
		asyncProperty(
			array(uint8Array({ maxLength: 200 }), { maxLength: 4 }),
			array(integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
			async (bodies, sizes) => {
				const form = formOf(bodies.map((body, at) => ({ name: `f${at}`, file: 'a.log', body })));
				expect(await fieldsOf(form, sizes)).toEqual(
					bodies.map((body, at) => ({
						name: `f${at}`,
						fileName: 'a.log',
						text: Buffer.from(body).toString('latin1')
					}))
				);
			}
		)
	);
});

test('what looks like the beginning of a boundary is content', async () => {
	const body = Buffer.from(`\r\n--${BOUNDARY.slice(0, -1)}\r\n\r\n--\r`);
	expect(await fieldsOf(formOf([{ name: 'a', body }]), [1])).toEqual([
		{ name: 'a', fileName: null, text: body.toString('latin1') }
	]);
});

test('a part that nobody reads is passed over', async () => {
	const form = formOf([
		{ name: 'a', file: 'x', body: Buffer.from('unread') },
		{ name: 'b', body: Buffer.from('read') }
	]);
	const names: string[] = [];
	for await (const { name } of readParts(inPieces(form, [5]), BOUNDARY)) names.push(name);
	expect(names).toEqual(['a', 'b']);
});

test('reads names with quotes and line ends as browsers write them', async () => {
	const [field] = await fieldsOf(
		formOf([{ name: 'files', file: 'a%22b%0D%0A.log', body: Buffer.from('x') }])
	);
	expect(field?.fileName).toBe('a"b\r\n.log');
});

test('a form that is cut off is refused', async () => {
	const form = formOf([{ name: 'a', body: Buffer.from('hello') }]);
	await expect(fieldsOf(form.subarray(0, -10))).rejects.toThrow('cut off');
});

test('an endless head is refused', async () => {
	const form = Buffer.from(`--${BOUNDARY}\r\nX: ${'y'.repeat(20_000)}`);
	await expect(fieldsOf(form, [4_096])).rejects.toThrow('too long a head');
});

test('knows its boundary, quoted or not, and no other type', () => {
	expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
	expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b');
	expect(boundaryOf('application/x-www-form-urlencoded')).toBeNull();
	expect(boundaryOf(null)).toBeNull();
});
