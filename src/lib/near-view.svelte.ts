import type { Attachment } from 'svelte/attachments';

const MARGIN = '1200px 0px';

/** Which parts of a long list are near the view. Until a browser has told, all of them are. */
export class NearView {
	#near = $state.raw<ReadonlySet<number> | null>(null);
	#height = $state(0);
	readonly #places = new WeakMap<Element, number>();
	#watching: IntersectionObserver | undefined;

	isNear(place: number): boolean {
		return this.#near === null || this.#near.has(place);
	}

	/** Height that a row away from the view takes, in pixels; 0 as long as none was measured. */
	get rowHeight(): number {
		return this.#height;
	}

	/** Watches the part at a place. */
	part(place: number): Attachment<HTMLTableSectionElement> {
		return (element) => {
			this.#watching ??= new IntersectionObserver((entries) => this.#seen(entries), {
				rootMargin: MARGIN
			});
			this.#places.set(element, place);
			this.#watching.observe(element);
			return () => this.#watching?.unobserve(element);
		};
	}

	#seen(entries: readonly IntersectionObserverEntry[]): void {
		// Copied, changed and put in place as a whole: nothing reads it meanwhile.
		// eslint-disable-next-line svelte/prefer-svelte-reactivity
		const near = new Set(this.#near);
		for (const { target, isIntersecting, boundingClientRect } of entries) {
			const place = this.#places.get(target) ?? -1;
			if (isIntersecting) near.add(place);
			else near.delete(place);
			if (this.#height === 0 && target.children.length > 0)
				this.#height = boundingClientRect.height / target.children.length;
		}
		this.#near = near;
	}
}
