/* The pages of an engagement, in the order in which it happens. */
import type { Key } from '../../messages';

export interface EngagementTab { path: string; text: Key; agencyOnly?: boolean }

export const tabs: EngagementTab[] = [
  { path: '', text: 'engagement.overview' },
];
