import { z } from 'zod';
import { keysOf } from '../../keys-of.ts';
import type { Condition, FilterTree } from '../filter-tree.ts';
import { GOALS, type GoalId } from '../goals.ts';
import { API_DIMENSIONS } from './dimension-names.ts';
import { problem, type Problem } from './problem.ts';
import { invalidDimension, shown } from './schema.ts';

const MAX_DEPTH = 10;
const MAX_VALUES = 1_000;
const OPERATORS = ['is', 'is_not', 'contains', 'contains_not', 'matches', 'matches_not'] as const;
const GOAL_IDS = keysOf(GOALS);
const FILTER_FORMS = `["${OPERATORS.join('" | "')}", dimension, [values]], ["and" | "or", [filters]], ["not", filter], ["has_done" | "has_not_done", filter on event:goal]`;
const FILTER_DIMENSIONS = [...API_DIMENSIONS]
	.filter(([, known]) => known.kind !== 'time' && !('groupsOnly' in known))
	.map(([name]) => name);

const simple = z
	.tuple([
		z.enum(OPERATORS),
		z.string(),
		z.array(z.union([z.string(), z.number()]).transform(String)).min(1)
	])
	.rest(z.unknown());
const modifiers = z.strictObject({ case_sensitive: z.boolean() });
const groups = z.tuple([z.enum(['and', 'or']), z.array(z.unknown()).min(1)]);
const single = z.tuple([z.enum(['not', 'has_done', 'has_not_done']), z.unknown()]);

/** The filters of a query. */
export interface ParsedFilters {
	/** All but the one on goals. */
	readonly filters: readonly FilterTree[];
	/** The goals that count; null for all that happened. */
	readonly goals: readonly GoalId[] | null;
	/** Regular expressions, which only the store's RE2 can judge. */
	readonly expressions: readonly { readonly path: string; readonly text: string }[];
}

/** Reads the filters of a query; adds what is wrong with them to `problems`. */
export function parseFilters(given: readonly unknown[], problems: Problem[]): ParsedFilters {
	const expressions: { path: string; text: string }[] = [];
	let values = 0;
	let goals: readonly GoalId[] | null = null;

	const filters = given.flatMap((filter, index) => {
		const path = `#/filters/${index}`;
		const onGoals = goalsOf(filter, path);
		if (onGoals === null) {
			const tree = parseTree(filter, path, 1);
			return tree === null ? [] : [tree];
		}
		if (goals !== null)
			reject(
				path,
				filter,
				'one filter on event:goal',
				'Invalid filters. Only one filter on `event:goal` can be used.'
			);
		goals = onGoals;
		return [];
	});
	if (values > MAX_VALUES)
		reject(
			'#/filters',
			values,
			`at most ${MAX_VALUES} values in all`,
			`Too many values: ${values}.`
		);
	return { filters, goals, expressions };

	function reject(path: string, filter: unknown, allowed: string, message: string): null {
		problems.push(problem(path, filter, allowed, message));
		return null;
	}

	function invalid(path: string, filter: unknown): null {
		return reject(path, filter, FILTER_FORMS, `Invalid filter ${shown(filter)}`);
	}

	/** The goals of a filter on `event:goal`, none where they are wrong; null for another filter. */
	function goalsOf(filter: unknown, path: string): readonly GoalId[] | null {
		const parsed = simple.safeParse(filter);
		if (!parsed.success || parsed.data[1] !== 'event:goal') return null;
		const [operator, , named, ...rest] = parsed.data;
		if ((operator !== 'is' && operator !== 'contains') || rest.length > 1) {
			reject(
				`${path}/0`,
				operator,
				'is, contains',
				`Invalid operator ${shown(operator)} for event:goal`
			);
			return [];
		}
		const cased = rest.length === 0 ? true : caseOf(rest[0], `${path}/3`);
		const fold = (text: string): string => (cased ? text : text.toLowerCase());
		if (operator === 'contains')
			return GOAL_IDS.filter((id) => named.some((text) => id.includes(fold(text))));
		return named.flatMap((text, index) => {
			const id = GOAL_IDS.find((goal) => goal === fold(text));
			if (id === undefined)
				reject(
					`${path}/2/${index}`,
					text,
					GOAL_IDS.join(', '),
					`Invalid filters. The goal \`${text}\` is none of ${GOAL_IDS.join(', ')}.`
				);
			return id === undefined ? [] : [id];
		});
	}

	function parseTree(filter: unknown, path: string, depth: number): FilterTree | null {
		if (depth > MAX_DEPTH)
			return reject(
				path,
				filter,
				`at most ${MAX_DEPTH} groups in each other`,
				'Filters are nested too deep.'
			);
		const group = groups.safeParse(filter);
		if (group.success) {
			const [operator, members] = group.data;
			const trees = members.flatMap((member, index) => {
				const tree = parseTree(member, `${path}/1/${index}`, depth + 1);
				return tree === null ? [] : [tree];
			});
			return operator === 'and' ? { all: trees } : { any: trees };
		}
		const one = single.safeParse(filter);
		if (!one.success) return parseSimple(filter, path);
		const [operator, inner] = one.data;
		if (operator === 'not') {
			const tree = parseTree(inner, `${path}/1`, depth + 1);
			return tree === null ? null : { not: tree };
		}
		const done = goalsOf(inner, `${path}/1`);
		if (done === null)
			return reject(
				`${path}/1`,
				inner,
				'a filter on event:goal',
				'Invalid filters. Behavioral filters (has_done, has_not_done) can only be used with event:goal.'
			);
		const reached: FilterTree = { goals: done, within: 'visit' };
		return operator === 'has_done' ? reached : { not: reached };
	}

	function parseSimple(filter: unknown, path: string): FilterTree | null {
		const parsed = simple.safeParse(filter);
		if (!parsed.success) return invalid(path, filter);
		const [operator, name, texts, ...rest] = parsed.data;
		if (name === 'event:goal')
			return reject(
				path,
				filter,
				'event:goal outside of groups',
				'Invalid filters. Dimension `event:goal` can only be filtered at the top level.'
			);
		const known = API_DIMENSIONS.get(name);
		if (known?.kind !== 'dimension' || known.groupsOnly === true)
			return reject(
				`${path}/1`,
				name,
				FILTER_DIMENSIONS.join(', '),
				known?.kind === 'time'
					? `Invalid dimension ${shown(name)}: set date_range instead`
					: known?.kind === 'dimension'
						? `Invalid dimension ${shown(name)}: filter on visit:country`
						: invalidDimension(name)
			);
		if (rest.length > 1) return invalid(path, filter);
		const isPattern = operator === 'matches' || operator === 'matches_not';
		if (isPattern && rest.length > 0)
			return reject(
				`${path}/3`,
				rest[0],
				'no modifier; begin the expression with (?i)',
				'Invalid filters. The case_sensitive modifier is not allowed with pattern operators.'
			);
		const stored = texts.map((text) => {
			const wellFormed = text.toWellFormed();
			const isExact = operator === 'is' || operator === 'is_not';
			return isExact && wellFormed === known.absent?.shown ? known.absent.stored : wellFormed;
		});
		if (isWrongCode(name, operator, stored))
			return reject(
				`${path}/2`,
				texts,
				'ISO 3166-1 alpha-2 codes such as DE',
				`Invalid ${name} filter, ${name} needs to be a valid 2-letter country code`
			);
		const wrongPost =
			known.id === 'post' ? stored.findIndex((text) => !/^\d{1,9}$/.test(text)) : -1;
		if (wrongPost >= 0 && !isPattern)
			return reject(`${path}/2/${wrongPost}`, stored[wrongPost], 'ids of posts', 'Invalid post id');
		values += stored.length;
		if (isPattern)
			stored.forEach((text, index) => expressions.push({ path: `${path}/2/${index}`, text }));
		const caseSensitive = rest.length === 0 ? true : caseOf(rest[0], `${path}/3`);
		const condition: Condition = {
			dimension: known.id,
			operator,
			values: stored,
			caseSensitive: caseSensitive && known.ignoresCase !== true
		};
		return condition;
	}

	function caseOf(modifier: unknown, path: string): boolean {
		const parsed = modifiers.safeParse(modifier);
		if (parsed.success) return parsed.data.case_sensitive;
		reject(
			path,
			modifier,
			'{"case_sensitive": true | false}',
			`Invalid modifier ${shown(modifier)}`
		);
		return true;
	}
}

function isWrongCode(name: string, operator: string, values: readonly string[]): boolean {
	return (
		name === 'visit:country' &&
		(operator === 'is' || operator === 'is_not') &&
		values.some((code) => !/^[A-Za-z]{2}$/.test(code))
	);
}
