import { benchIntake } from './intake.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { intake: benchIntake };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
	console.error(
		`There is no bench ${unknown.join(', ')}; there is ${Object.keys(BENCHES).join(', ')}.`
	);
	process.exit(1);
}
for (const [name, run] of Object.entries(BENCHES))
	if (wanted.length === 0 || wanted.includes(name)) await run();
