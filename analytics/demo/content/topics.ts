import { ANALYTICS } from './analytics.ts';
import { BRAND } from './brand.ts';
import { CONTENT_STRATEGY } from './content-strategy.ts';
import { COPYWRITING } from './copywriting.ts';
import { CULTURE } from './culture.ts';
import { EMAIL } from './email.ts';
import { LAUNCHES } from './launches.ts';
import { PRICING } from './pricing.ts';
import { RESEARCH } from './research.ts';
import { SELLING } from './selling.ts';
import { SEO } from './seo.ts';
import { SOCIAL } from './social.ts';
import type { TopicContent } from './topic-content.ts';

export const TOPICS: readonly TopicContent[] = [
	SELLING,
	PRICING,
	EMAIL,
	CONTENT_STRATEGY,
	SEO,
	ANALYTICS,
	SOCIAL,
	BRAND,
	COPYWRITING,
	RESEARCH,
	LAUNCHES,
	CULTURE
];
