/* A page and its address. A page is loaded when somebody goes there, with all words. side: only for people of that side. */
import { lazy } from 'preact-iso';
import type { ComponentType } from 'preact';
import { speakOfAll } from '../messages';
import { Unloaded } from './lost';

interface Parameters { id: string } // of the address
type Load = () => Promise<{ default: ComponentType<Parameters> }>;
export interface PageRoute { path: string; page: ComponentType; side?: 'user' | 'contact' }

const withWords = (load: Load): Load => async () => (await Promise.all([load(), speakOfAll()]))[0];

export const page = (path: string, load: Load, side?: 'user' | 'contact'): PageRoute => firstPage(path, withWords(load), side);

/* lazy knows no page that does not come: in its place stands what says so. */
const orUnloaded = (load: Load): Load => () => load().catch((why: unknown) => {
  console.error(why);
  return { default: Unloaded };
});

/* One that says only what every language has for the first page. */
export const firstPage = (path: string, load: Load, side?: 'user' | 'contact'): PageRoute =>
  ({ path, page: lazy(orUnloaded(load)) as unknown as ComponentType, ...(side ? { side } : {}) });
