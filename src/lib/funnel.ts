export interface FunnelStep {
	readonly id: string;
	readonly label: string;
	readonly readers: number;
	/** Of the first step, 0 to 1; null where that has no readers. */
	readonly share: number | null;
}

/** The steps of a funnel, each against the first. */
export function funnelSteps(steps: readonly Omit<FunnelStep, 'share'>[]): readonly FunnelStep[] {
	const first = steps[0]?.readers ?? 0;
	return steps.map((step) => ({ ...step, share: first === 0 ? null : step.readers / first }));
}
