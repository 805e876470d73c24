import type { Engine } from '../engine.ts';
import type { Settings } from '../settings.ts';

/** Where a command's words go: what it produces to `out`, everything else to `note`. */
export interface CommandIo {
	readonly out: (text: string) => void;
	readonly note: (text: string) => void;
	/** Whether the person watches a terminal, so that progress may redraw a line. */
	readonly isTerminal: boolean;
	/** Folder that relative file names start from. */
	readonly folder: string;
}

/** Options by name, and words that are no option. */
export interface CommandInput {
	readonly options: Readonly<Record<string, string | undefined>>;
	/** Those of the command's flags that were given. */
	readonly flags: ReadonlySet<string>;
	readonly words: readonly string[];
}

export interface Command {
	/** The words that call it, for example `site add`. */
	readonly name: string;
	/** What follows the name. */
	readonly usage: string;
	readonly help: string;
	/** Names of options that take a value. */
	readonly options: readonly string[];
	/** Names of options without a value. */
	readonly flags?: readonly string[];
	/** Returns the exit code. @throws Failure with a sentence for the person. */
	readonly run: (input: CommandInput, engine: Engine, io: CommandIo) => Promise<number>;
	/** In place of `run` where no engine is open yet: for what makes the data folder itself. */
	readonly offline?: (input: CommandInput, settings: Settings, io: CommandIo) => Promise<number>;
}
