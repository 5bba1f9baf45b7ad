import type { PageRoute } from '../route';

export const moneyRoutes: PageRoute[] = [
];
