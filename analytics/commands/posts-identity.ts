import { Failure } from '../failure.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import type { IdentityChange } from '../posts/identity/identity-change.ts';
import { namesOf } from '../posts/identity/names-of.ts';
import { nameOf } from '../posts/identity/post-edit.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { postNamed } from './post-option.ts';

export const postsMerge: Command = {
	name: 'posts merge',
	usage: '<post> <other post> [--site <domain>]',
	help: 'Shows the other post as the first from now on, with its history. Posts are named by path or number.',
	options: ['site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const [post, other] = [0, 1].map((at) => postNamed(engine, site, input.words[at]));
		if (post === undefined || other === undefined) return 1;
		const change = await engine.identity.mergePosts(site, post.id, other.id);
		io.note(`${other.path} is now part of ${post.path} (change ${change}).\n`);
		return 0;
	}
};

export const postsSplit: Command = {
	name: 'posts split',
	usage: '<post> <former path> [--site <domain>]',
	help: 'Makes a former path of a post a post of its own, with its history.',
	options: ['site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const post = postNamed(engine, site, input.words[0]);
		const path = canonicalPath(input.words[1] ?? '', {
			keepParams: engine.identity.rules(site).params
		});
		const change = await engine.identity.splitPost(site, post.id, path);
		io.note(`${path} is now a post of its own (change ${change}).\n`);
		return 0;
	}
};

export const postsChanges: Command = {
	name: 'posts changes',
	usage: '[--site <domain>]',
	help: 'Lists which posts, topics and authors were merged, split and renamed: number, time, what, and whether it was undone.',
	options: ['site'],
	run: (input, engine, io) => {
		const site = siteOption(input, engine);
		for (const change of engine.identity.changes(site)) {
			const at = new Date(change.madeAt).toISOString();
			const state = change.undoneAt === null ? 'holds' : 'undone';
			io.out(`${change.id}\t${at}\t${state}\t${wordsOf(change)}\n`);
		}
		return Promise.resolve(0);
	}
};

export const postsUndo: Command = {
	name: 'posts undo',
	usage: '<number of a change> [--site <domain>]',
	help: 'Takes such a change back: everything is as if it had never been made.',
	options: ['site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const given = input.words[0] ?? '';
		if (!/^\d{1,15}$/.test(given))
			throw new Failure('bad_argument', `"${given}" is no number of a change.`);
		await engine.identity.undo(site, Number(given));
		io.note(`Change ${given} is undone.\n`);
		return 0;
	}
};

function renaming(kind: 'topic' | 'author'): Command {
	return {
		name: `${kind}s rename`,
		usage: '<name> <new name> [--site <domain>]',
		help: `Shows one ${kind} under another name; under that of another ${kind}, the two become one.`,
		options: ['site'],
		run: async (input, engine, io) => {
			const site = siteOption(input, engine);
			const [from = '', to = ''] = input.words.map((word) => nameOf(word));
			if (to === '') throw new Failure('bad_argument', `Say the ${kind} and its new name.`);
			const change = await engine.identity.renameName(site, kind, from, to);
			io.note(`"${from}" is now "${to}" (change ${change}).\n`);
			return 0;
		}
	};
}

function listing(kind: 'topic' | 'author'): Command {
	return {
		name: `${kind}s list`,
		usage: '[--site <domain>]',
		help: `Lists the ${kind}s of a site: name, number of posts, and what sources call it where that differs.`,
		options: ['site'],
		run: (input, engine, io) => {
			for (const { name, posts, said } of namesOf(
				engine.identity.resolved(siteOption(input, engine)),
				kind
			))
				io.out(`${name}\t${posts}\t${said.filter((each) => each !== name).join('; ')}\n`);
			return Promise.resolve(0);
		}
	};
}

export const topicsRename = renaming('topic');
export const authorsRename = renaming('author');
export const topicsList = listing('topic');
export const authorsList = listing('author');

function wordsOf(change: IdentityChange): string {
	switch (change.kind) {
		case 'merge':
			return `post ${change.other} is part of post ${change.post}${change.reason === 'hand' ? '' : ` (by its ${change.reason})`}`;
		case 'split':
			return `${change.path} of post ${change.post} is post ${change.other}`;
		case 'topic':
		case 'author':
			return `${change.kind} "${change.from}" is "${change.to}"`;
	}
}
