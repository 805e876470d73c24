interface Size {
	readonly width: number;
	readonly height: number;
}

interface Box extends Size {
	readonly left: number;
	readonly top: number;
}

const GAP = 6;
const EDGE = 8;

/** Where a tooltip stands: below what it is about, above where there is no room, always inside the window. */
export function placeTip(about: Box, tip: Size, view: Size): { left: number; top: number } {
	const below = about.top + about.height + GAP;
	const above = about.top - GAP - tip.height;
	const fits = below + tip.height + EDGE <= view.height;
	const left = about.left + about.width / 2 - tip.width / 2;
	return {
		left: Math.max(EDGE, Math.min(left, view.width - tip.width - EDGE)),
		top: Math.max(
			EDGE,
			fits || above < EDGE ? Math.min(below, view.height - tip.height - EDGE) : above
		)
	};
}
