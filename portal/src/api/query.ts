/* What a page shows of the server: asked once, kept, and asked again whenever something changed. */
import { useEffect, useReducer } from 'preact/hooks';
import { ask, type Answered, type Refusal } from './ask';
import type { Input, Name, Operation } from './operation';

interface Entry {
  refetch: () => void;
  answered?: Answered<Name>;
  refusal?: Refusal;
  listeners: Set<() => void>;
}

const entries = new Map<string, Entry>();

export interface Asked<K extends Name> {
  data: Answered<K>['data'] | undefined;
  version: string | undefined;
  refusal: Refusal | undefined;
}

function entryOf<K extends Name>(key: string, operation: Operation<K>, input: Input<K>): Entry {
  const known = entries.get(key);
  if (known) return known;
  let asked = 0;
  const entry: Entry = {
    listeners: new Set(),
    refetch() {
      asked += 1;
      const turn = asked; // an older answer never replaces a newer one
      ask(operation, input).then(
        (answered) => { if (turn === asked) Object.assign(entry, { answered, refusal: undefined }); },
        (refusal) => { if (turn === asked) Object.assign(entry, { refusal }); },
      ).finally(() => entry.listeners.forEach((listener) => listener()));
    },
  };
  entries.set(key, entry);
  entry.refetch();
  return entry;
}

/* The answer to a read, undefined until it is there; input null: nothing to ask yet. */
export function useAsk<K extends Name>(operation: Operation<K>, input: Input<K> | null = {}): Asked<K> {
  const [, show] = useReducer((count: number) => count + 1, 0);
  const key = input && JSON.stringify([operation.name, input]);
  useEffect(() => {
    if (!key || !input) return undefined;
    const entry = entryOf(key, operation, input);
    const listener = () => show(undefined);
    entry.listeners.add(listener);
    show(undefined);
    return () => { entry.listeners.delete(listener); };
  }, [key]);
  const entry = key ? entries.get(key) : undefined;
  return { data: entry?.answered?.data as Asked<K>['data'], version: entry?.answered?.version, refusal: entry?.refusal };
}

/* Something was written, here or elsewhere: what is on the page is asked again, the rest forgotten. */
export function somethingChanged() {
  for (const [key, entry] of entries) {
    if (entry.listeners.size > 0) entry.refetch();
    else entries.delete(key);
  }
}

/* Another person looks from here on: nothing that was shown before may appear again. */
export function forgetEverything() { entries.clear(); }

/* All items of a list, page by page: for exports, and for choices in forms. */
export async function askAll<K extends Name>(operation: Operation<K>, input: Input<K>): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 200, ...(input.query as object | undefined), ...(cursor ? { cursor } : {}) };
    const { data } = await ask(operation, { ...input, query } as Input<K>);
    const page = data as { items: unknown[]; next_cursor: string | null };
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}
