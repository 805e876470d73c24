import type { DimensionId } from '../dimensions.ts';
import type { Post } from '../posts/post.ts';

const regionNames = new Intl.DisplayNames('en', { type: 'region' });

/** What a reader knows the values of a dimension by: a post by its title, a country by its name, a device with a capital. */
export function valueLabel(
	dimension: DimensionId,
	posts: readonly Post[]
): (value: string) => string {
	switch (dimension) {
		case 'post': {
			const titles = new Map(posts.map(({ id, title, path }) => [String(id), title || path]));
			return (value) => titles.get(value) ?? value;
		}
		case 'country':
			return (value) => (/^[A-Z]{2}$/.test(value) ? (regionNames.of(value) ?? value) : value);
		case 'device':
			return (value) => value.charAt(0).toUpperCase() + value.slice(1);
		default:
			return (value) => value;
	}
}
