import type { Plugin } from 'vite';

const LIBRARY = /\/node_modules\/chart\.js\/dist\/chart\.js$/;
const CLASS = /^class (\w+)[^]*?^\}$/gm;

/**
 * Wraps the classes of Chart.js into calls marked as pure, so that those nobody registers are left out: a bundler must
 * keep a class with static fields that read other objects, used or not.
 */
export function pureClasses(): Plugin {
	return {
		name: 'byline-pure-classes',
		apply: 'build',
		transform: (code, id) =>
			LIBRARY.test(id)
				? {
						code: code.replace(
							CLASS,
							(text, name: string) =>
								`const ${name} = /*#__PURE__*/ (() => { ${text} return ${name}; })();`
						),
						map: null
					}
				: null
	};
}
