import { page, type PageRoute } from '../route';

export const deliveryRoutes: PageRoute[] = [
  page('/milestones/:id', () => import('./milestone')),
  page('/submissions/:id', () => import('./submission')),
  page('/certificates/:id', () => import('./certificate')),
  page('/engagements/:id/acceptance', () => import('./acceptance')),
  page('/defects/:id', () => import('./defect')),
  page('/disputes/:id', () => import('./dispute')),
  page('/price-reductions/:id', () => import('./reduction')),
  page('/progress-claims/:id', () => import('./progress')),
  page('/engagements/:id/plan', () => import('./plan')),
  page('/engagements/:id/kickoff', () => import('./kickoff')),
  page('/engagements/:id/obligations', () => import('./obligations')),
  page('/time', () => import('./time'), 'user'),
  page('/engagements/:id/time', () => import('./engagement-time'), 'user'),
  page('/engagements/:id/tracking', () => import('./tracking')),
  page('/engagements/:id/reports', () => import('./reports')),
  page('/status-reports/:id', () => import('./status-report')),
  page('/engagements/:id/documents', () => import('./documents')),
];
