import type { Site } from '#analytics';
import { keysOf, type PostSource, type StatedField } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';

/** What one source says of a field; the first of a field is what the post shows. */
export interface FieldSource {
	readonly source: string;
	readonly isByHand: boolean;
	/** A text, a number, or an instant in ISO 8601. */
	readonly value: string;
	readonly isTime: boolean;
}

/** A field of a post with everything that is said of it. */
export interface FieldSources {
	readonly field: string;
	readonly label: string;
	readonly said: readonly FieldSource[];
}

const LABELS: Readonly<Record<StatedField['field'], string>> = {
	title: 'Title',
	authors: 'Authors',
	topics: 'Topics',
	publishedAt: 'Published',
	wordCount: 'Words',
	commentCount: 'Comments'
};
const SOURCES: Readonly<Record<PostSource, string>> = {
	edit: 'Edited by hand',
	file: 'Catalogue file',
	wordpress: 'WordPress',
	ghost: 'Ghost',
	feed: 'Feed',
	page: 'Page'
};

/** Where the fields of a post come from, and what other sources say of them. */
export function postSources(site: Site, id: number): readonly FieldSources[] {
	const post = engine()
		.posts(site)
		.find((each) => each.id === id);
	if (post === undefined) return [];
	const stated = engine().registry.stated(post);
	return keysOf(LABELS).flatMap((field) => {
		const said = stated.filter((each) => each.field === field).map(saidBy);
		return said.length === 0 ? [] : [{ field, label: LABELS[field], said }];
	});
}

function saidBy({ field, source, value }: StatedField): FieldSource {
	const isTime = field === 'publishedAt' && typeof value === 'number';
	return {
		source: SOURCES[source],
		isByHand: source === 'edit',
		isTime,
		value: isTime ? new Date(value).toISOString() : textOf(value)
	};
}

function textOf(value: unknown): string {
	if (Array.isArray(value)) return value.map(String).join(', ');
	return typeof value === 'number' ? value.toLocaleString('en') : String(value);
}
