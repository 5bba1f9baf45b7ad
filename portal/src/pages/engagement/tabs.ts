/* The pages of an engagement, in the order in which it happens. */
import type { Key } from '../../messages';

export interface EngagementTab { path: string; text: Key; agencyOnly?: boolean }

export const tabs: EngagementTab[] = [
  { path: '', text: 'engagement.overview' },
  { path: '/requirements', text: 'engagement.requirements' },
  { path: '/proposals', text: 'engagement.proposals' },
  { path: '/contract', text: 'engagement.contract' },
  { path: '/changes', text: 'engagement.changes' },
  { path: '/kickoff', text: 'engagement.kickoff' },
  { path: '/plan', text: 'engagement.plan' },
  { path: '/time', text: 'engagement.time', agencyOnly: true },
  { path: '/acceptance', text: 'engagement.acceptance' },
  { path: '/tracking', text: 'engagement.tracking' },
  { path: '/reports', text: 'engagement.reports' },
  { path: '/invoices', text: 'engagement.invoices' },
  { path: '/documents', text: 'engagement.documents' },
];
