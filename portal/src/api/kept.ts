/* What is shown of the server: asked once, kept, and asked again whenever something changed. */
import { ask, type Answered, type Refusal } from './ask';
import type { Input, Name, Operation } from './operation';

export interface Entry {
  refetch: () => void;
  answered?: Answered<Name>;
  refusal?: Refusal;
  isWhole: boolean; // meant to be all of a list
  listeners: Set<() => void>;
}

export const entries = new Map<string, Entry>();
export const watchers = new Set<() => void>();
export const tellWatchers = () => watchers.forEach((watcher) => watcher());

export type Load<K extends Name> = () => Promise<Answered<K>>;

const told = ({ answered, refusal }: Partial<Entry>) => JSON.stringify([answered, refusal]);

export function entryOf<K extends Name>(key: string, load: Load<K>, isWhole: boolean): Entry {
  const known = entries.get(key);
  if (known) return known;
  let asked = 0;
  let taken = 0;
  const entry: Entry = {
    listeners: new Set(),
    isWhole,
    refetch() {
      asked += 1;
      const turn = asked; // an older answer never replaces a newer one
      const take = (news: Partial<Entry>) => {
        if (turn < taken) return;
        taken = turn;
        if (told({ ...entry, ...news }) === told(entry)) return; // the same again is no reason to draw again
        Object.assign(entry, news);
        entry.listeners.forEach((listener) => listener());
        tellWatchers();
      };
      load().then((answered) => take({ answered, refusal: undefined }), (refusal) => take({ refusal }));
    },
  };
  entries.set(key, entry);
  entry.refetch();
  return entry;
}

/* The name and the asking of what one read gives. */
export const keyOf = <K extends Name>(operation: Operation<K>, input: Input<K>) => JSON.stringify([operation.name, input]);

/* Asks for what a page that is not here yet will show: it finds the answer, or that it is on its way. */
export function expect<K extends Name>(operation: Operation<K>, input: Input<K> = {}) {
  entryOf(keyOf(operation, input), () => ask(operation, input), false);
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
