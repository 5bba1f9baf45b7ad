import { page, type PageRoute } from '../route';

export const moneyRoutes: PageRoute[] = [
  page('/invoices', () => import('./invoices')),
  page('/invoices/:id', () => import('./invoice')),
  page('/engagements/:id/invoices', () => import('./engagement_invoices')),
];
