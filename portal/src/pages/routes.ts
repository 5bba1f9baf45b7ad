/* Every page of the portal and its address. */
import { deliveryRoutes } from './delivery/routes';
import { moneyRoutes } from './money/routes';
import { firstPage, page, type PageRoute } from './route';
import { salesRoutes } from './sales/routes';

export const routes: PageRoute[] = [
  page('/', () => import('./today'), 'user'),
  firstPage('/home', () => import('./home'), 'contact'),
  page('/engagements', () => import('./engagements')),
  page('/engagements/:id', () => import('./engagement/overview')),
  page('/meetings/:id', async () => ({ default: (await import('./found')).Meeting })),
  page('/communications/:id', async () => ({ default: (await import('./found')).Communication })),
  page('/obligations/:id', async () => ({ default: (await import('./found')).Obligation })),
  ...salesRoutes,
  ...deliveryRoutes,
  ...moneyRoutes,
];
