import { page, type PageRoute } from '../route';

export const salesRoutes: PageRoute[] = [
  page('/engagements/:id/requirements', () => import('./requirements')),
  page('/engagements/:id/proposals', () => import('./proposals')),
  page('/engagements/:id/proposals/new', () => import('./proposal-new'), 'user'),
  page('/proposals/:id', () => import('./proposal')),
  page('/proposals/:id/edit', () => import('./proposal-edit'), 'user'),
  page('/engagements/:id/contract', () => import('./contract-tab')),
  page('/contracts/:id', () => import('./contract')),
  page('/engagements/:id/changes', () => import('./changes')),
  page('/change-orders/:id', () => import('./change-order')),
  page('/change-orders/:id/edit', () => import('./change-edit'), 'user'),
  page('/clients', () => import('./clients'), 'user'),
  page('/clients/:id', () => import('./client'), 'user'),
  page('/details', () => import('./details'), 'contact'),
  page('/engagements/:id/estimates', () => import('./estimates'), 'user'),
  page('/proposals/:id/estimate', () => import('./estimate-new'), 'user'),
  page('/estimates/:id/edit', () => import('./estimate-edit'), 'user'),
  page('/settings/templates', () => import('./templates'), 'user'),
  page('/settings/templates/new', async () => ({ default: (await import('./template-edit')).TemplateNew }), 'user'),
  page('/settings/templates/:id', () => import('./template-edit'), 'user'),
  page('/settings/rate-cards', () => import('./rate-cards'), 'user'),
];
