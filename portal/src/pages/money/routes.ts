import { page, type PageRoute } from '../route';

export const moneyRoutes: PageRoute[] = [
  page('/invoices', () => import('./invoices')),
  page('/invoices/:id', () => import('./invoice')),
  page('/engagements/:id/invoices', () => import('./engagement_invoices')),
  page('/payments', () => import('./payments')),
  page('/payments/:id', () => import('./payment')),
  page('/refunds', () => import('./refunds')),
  page('/refunds/:id', () => import('./refund')),
];
