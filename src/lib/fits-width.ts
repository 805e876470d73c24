/** Tells whether the table inside a frame fits its width, now and whenever either changes. */
export function fitsWidth(tell: (fits: boolean) => void) {
	return (frame: HTMLElement): (() => void) | undefined => {
		const table = frame.querySelector('table');
		if (table === null) return undefined;
		const measure = (): void => tell(table.offsetWidth <= frame.offsetWidth);
		const watching = new ResizeObserver(measure);
		watching.observe(frame);
		watching.observe(table);
		return () => watching.disconnect();
	};
}
