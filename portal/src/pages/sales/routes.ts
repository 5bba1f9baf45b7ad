import type { PageRoute } from '../route';

export const salesRoutes: PageRoute[] = [
];
