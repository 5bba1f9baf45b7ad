/* What the client's first page asks for: home.html does (vite.config.ts), and start.ts takes it up before the page is here. */
import { list_overviews, list_turns } from '../api/generated/first_operations';
import type { Input } from '../api/operation';

export const turnsAtHome = [list_turns, { query: { side: 'client' } } as Input<'list_turns'>] as const;
export const engagementsAtHome = [list_overviews, { query: { limit: 20 } } as Input<'list_overviews'>] as const;
