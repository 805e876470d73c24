import { createHash } from 'node:crypto';
import { DIMENSIONS } from './dimensions.ts';
import { METRICS } from './metrics.ts';
import { DERIVED, WORKING } from './stores/facts.ts';

/**
 * Changes whenever a figure could mean something else: twelve hexadecimal digits over the definitions of metrics and
 * dimensions and the way from events to facts. Answers carry it, so that two exports can be told apart.
 */
export const DEFINITIONS_VERSION = createHash('sha256')
	.update(JSON.stringify([METRICS, DIMENSIONS, WORKING, DERIVED]))
	.digest('hex')
	.slice(0, 12);
