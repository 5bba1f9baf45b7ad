/* A page and its address. A page is loaded when somebody goes there. side: only for people of that side. */
import { lazy } from 'preact-iso';
import type { ComponentType } from 'preact';

interface Parameters { id: string } // of the address
type Load = () => Promise<{ default: ComponentType<Parameters> }>;
export interface PageRoute { path: string; page: ComponentType; side?: 'user' | 'contact' }

export const page = (path: string, load: Load, side?: 'user' | 'contact'): PageRoute =>
  ({ path, page: lazy(load) as unknown as ComponentType, ...(side ? { side } : {}) });
