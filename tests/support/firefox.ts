import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { messageOf } from '../../analytics/failure.ts';

const NAMES = ['firefox-esr', 'firefox'] as const;

const PREFERENCES = {
	// A wheel's whole way at once, so that a test knows where it is.
	'general.smoothScroll': false,
	'privacy.globalprivacycontrol.enabled': true,
	'privacy.globalprivacycontrol.functionality.enabled': true
} as const;

type Opened =
	| { readonly browser: Browser; readonly reason: null }
	| { readonly browser: null; readonly reason: string };

/** The installed Firefox, running, with Global Privacy Control on; or why there is none. Nothing is installed. */
export async function openFirefox({ PATH = '' }: NodeJS.ProcessEnv = process.env): Promise<Opened> {
	const folders = PATH.split(delimiter).filter((folder) => folder !== '');
	const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	const executablePath = places.find(isProgram);
	if (executablePath === undefined)
		return { browser: null, reason: `there is no ${NAMES.join(' or ')} on the PATH` };
	try {
		const browser = await launch({
			browser: 'firefox',
			protocol: 'webDriverBiDi',
			headless: true,
			executablePath,
			extraPrefsFirefox: PREFERENCES,
			defaultViewport: { width: 1280, height: 720 }
		});
		return { browser, reason: null };
	} catch (thrown) {
		// Ubuntu's firefox may be a script that only advises.
		const [message = ''] = messageOf(thrown).split('\n');
		return { browser: null, reason: `${executablePath} does not start (${message})` };
	}
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
