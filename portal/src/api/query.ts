/* What a page shows of the server, for the parts that are drawn (kept.ts). */
import { useEffect, useReducer, useState } from 'preact/hooks';
import { ask, type Answered, type Refusal } from './ask';
import { entries, entryOf, keyOf, tellWatchers, watchers, type Entry, type Load } from './kept';
import type { Answer, Input, Name, Operation } from './operation';

export interface Asked<K extends Name> {
  data: Answered<K>['data'] | undefined;
  version: string | undefined;
  refusal: Refusal | undefined;
}

function useEntry<K extends Name>(key: string | null, load: Load<K>, isWhole = false): Asked<K> {
  const [, show] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!key) return undefined;
    const entry = entryOf(key, load, isWhole);
    const listener = () => show(undefined);
    entry.listeners.add(listener);
    show(undefined);
    tellWatchers();
    return () => { entry.listeners.delete(listener); tellWatchers(); };
  }, [key]);
  const entry = key ? entries.get(key) : undefined;
  return { data: entry?.answered?.data as Asked<K>['data'], version: entry?.answered?.version, refusal: entry?.refusal };
}

/* The answer to a read, undefined until it is there; input null: nothing to ask yet. */
export function useAsk<K extends Name>(operation: Operation<K>, input: Input<K> | null = {}): Asked<K> {
  return useEntry(input && keyOf(operation, input), () => ask(operation, input!));
}

/* Whether the file is there that a read gives, true as soon as it is. */
export function useThere<K extends Name>(operation: Operation<K>, input: Input<K>): Asked<K> {
  return useEntry(JSON.stringify([operation.name, input, 'there']), () => ask({ ...operation, method: 'head' }, input));
}

/* ---- lists ---- */

const PAGE = 200; // the most that one answer holds
export const MOST = 2000; // that a page shows of a list which it wants whole

/* All items of a list, or the first of them up to a bound: then there is a cursor to the next one. */
export async function askAll<K extends Name>(
  operation: Operation<K>, input: Input<K>, most = Infinity, told: (count: number) => void = () => {},
): Promise<Answer<K>> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  let last;
  do {
    const query = { ...(input.query as object | undefined), limit: Math.min(PAGE, most - items.length), ...(cursor ? { cursor } : {}) };
    const { data } = await ask(operation, { ...input, query } as Input<K>);
    last = data as { items: unknown[] | null; next_cursor: string | null };
    items.push(...last.items ?? []);
    cursor = last.next_cursor;
    told(items.length);
  } while (cursor && items.length < most);
  return { ...last, items } as Answer<K>;
}

/* The first items of a list, with a cursor if there are more. */
export function useFirst<K extends Name>(operation: Operation<K>, input: Input<K>, most: number): Asked<K> {
  const load = async () => ({ data: await askAll(operation, input, most), version: undefined });
  return useEntry(JSON.stringify([operation.name, input, most]), load);
}

/* A whole list. What is longer than a page can show is cut, and the page says so. */
export function useAll<K extends Name>(operation: Operation<K>, input: Input<K> | null = {}): Asked<K> {
  const load = async () => ({ data: await askAll(operation, input!, MOST), version: undefined });
  return useEntry(input && JSON.stringify([operation.name, input, 'all']), load, true);
}

const isCut = (entry: Entry) =>
  entry.isWhole && entry.listeners.size > 0 && !!(entry.answered?.data as { next_cursor?: string | null } | undefined)?.next_cursor;

/* Whether anything that is shown now is cut. */
export function useCut(): boolean {
  const [cut, show] = useState(false);
  useEffect(() => {
    const watcher = () => show([...entries.values()].some(isCut));
    watchers.add(watcher);
    watcher();
    return () => { watchers.delete(watcher); };
  }, []);
  return cut;
}
