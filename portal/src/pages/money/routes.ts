import { page, type PageRoute } from '../route';

export const moneyRoutes: PageRoute[] = [
  page('/invoices', () => import('./invoices')),
  page('/invoices/:id', () => import('./invoice')),
  page('/engagements/:id/invoices', () => import('./engagement_invoices')),
  page('/payments', () => import('./payments')),
  page('/payments/:id', () => import('./payment')),
  page('/refunds', () => import('./refunds')),
  page('/refunds/:id', () => import('./refund')),
  page('/reports', () => import('./reports'), 'user'),
  page('/reports/billing', () => import('./billing_report'), 'user'),
  page('/clients/:id/statement', () => import('./statement')),
  page('/ledger', () => import('./ledger'), 'user'),
  page('/ledger/entries', () => import('./entries'), 'user'),
  page('/ledger/entries/:id', () => import('./entry'), 'user'),
  page('/ledger/accounts/:id', () => import('./account'), 'user'),
  page('/evidence', () => import('../evidence/index')),
  page('/evidence/leaves/:id', () => import('../evidence/leaf'), 'user'),
  page('/evidence/engagements/:id', () => import('../evidence/engagement')),
];
