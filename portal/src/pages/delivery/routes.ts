import type { PageRoute } from '../route';

export const deliveryRoutes: PageRoute[] = [
];
