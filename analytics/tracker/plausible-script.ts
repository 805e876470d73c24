/** What a page gives to `plausible(name, options)`. */
interface PlausibleOptions {
	readonly props?: Readonly<Record<string, string | number | boolean>>;
	readonly callback?: (result: { readonly status: number }) => void;
}

/** What a page gives to `plausible.init(…)`. */
interface PlausibleInit {
	readonly domain?: string;
	readonly endpoint?: string;
	readonly outboundLinks?: boolean;
	readonly fileDownloads?: boolean | { readonly fileExtensions: readonly string[] };
	readonly formSubmissions?: boolean;
	readonly customProperties?:
		PlausibleOptions['props'] | ((name: string) => PlausibleOptions['props']);
}

interface PlausibleFunction {
	(name: string, options?: PlausibleOptions): void;
	init?: (options?: PlausibleInit) => void;
	/** Calls from before the script came. */
	q?: Iterable<Parameters<PlausibleFunction>>;
	/** Options of an `init` from before. */
	o?: PlausibleInit;
}

declare global {
	interface Window {
		plausible?: PlausibleFunction;
	}
}

/**
 * Byline's tracker for a page written for Plausible's script: with `window.plausible`, the listeners that the file
 * name or `plausible.init` asks for, and the page's own calls from before the script came.
 */
export function plausibleScript(trackerScript: string): string {
	return `(${before.toString()})();${trackerScript};(${after.toString()})();`;
}

// The two functions are served as their own text: nothing outside of them is there when they run.

/** Hands the options of an early `plausible.init` to the tracker, which reads attributes of its tag. */
function before(): void {
	const { domain, endpoint } = window.plausible?.o ?? {};
	const script = document.currentScript;
	if (script === null) return;
	if (domain !== undefined) script.dataset['domain'] ??= domain;
	if (endpoint !== undefined) script.dataset['api'] ??= new URL(endpoint, location.href).href;
}

function after(): void {
	const address = document.currentScript?.getAttribute('src') ?? '';
	const variant = address.replace(/[?#].*$/, '').replace(/^.*\//, '');
	const early = window.plausible;
	let options: PlausibleInit = {};

	const plausible: PlausibleFunction = (name, { props, callback } = {}) => {
		// Byline's tracker counts page views itself.
		if (name !== 'pageview') {
			const custom = options.customProperties;
			const common = typeof custom === 'function' ? custom(name) : custom;
			window.byline?.(name, { props: { ...common, ...props } });
		}
		// The event is on its way and is tried again if it gets lost: a page may go on, and often it navigates then.
		if (callback !== undefined) setTimeout(() => callback({ status: 202 }), 0);
	};

	const asks = (part: string): boolean => variant.split('.').includes(part);
	const outbound = (): boolean => options.outboundLinks === true || asks('outbound-links');
	const downloads = (): boolean => Boolean(options.fileDownloads) || asks('file-downloads');
	const extensions = (): readonly string[] =>
		typeof options.fileDownloads === 'object'
			? options.fileDownloads.fileExtensions
			: 'pdf xlsx docx txt rtf csv exe key pps ppt pptx 7z pkg rar gz zip avi mov mp4 mpeg wmv midi mp3 wav wma dmg'.split(
					' '
				);

	const tagged = (element: Element | null): boolean => {
		if (element === null) return false;
		let name = '';
		const props: Record<string, string> = {};
		for (const word of element.classList) {
			const [, key = '', value = ''] = /^plausible-event-(.+?)(?:=|--)(.+)$/.exec(word) ?? [];
			if (key === 'name') name = value.replaceAll('+', ' ');
			else if (key !== '') props[key] = value.replaceAll('+', ' ');
		}
		if (name === '') return false;
		if (element instanceof HTMLAnchorElement) props['url'] = element.href;
		plausible(name, { props });
		return true;
	};

	const onClick = (event: MouseEvent): void => {
		if (!(event.target instanceof Element) || event.button > 1) return;
		const marked = event.target.closest('[class*=plausible-event-name]');
		if (!(marked instanceof HTMLFormElement) && tagged(marked)) return;
		const link = event.target.closest('a[href]');
		if (!(link instanceof HTMLAnchorElement)) return;
		const [file = ''] = link.href.split('?');
		if (outbound() && link.host !== '' && link.host !== location.host)
			plausible('Outbound Link: Click', { props: { url: link.href } });
		else if (downloads() && extensions().includes(file.split('.').pop() ?? ''))
			plausible('File Download', { props: { url: file } });
	};
	addEventListener('click', onClick, true);
	addEventListener('auxclick', onClick, true);
	addEventListener(
		'submit',
		({ target }) => {
			if (!(target instanceof HTMLFormElement) || tagged(target)) return;
			if (options.formSubmissions === true && (target.noValidate || target.checkValidity()))
				plausible('Form: Submission', { props: { path: location.pathname } });
		},
		true
	);

	plausible.init = (given = {}) => {
		options = given;
	};
	plausible.init(early?.o);
	for (const call of early?.q ?? []) plausible(...call);
	window.plausible = plausible;
}
