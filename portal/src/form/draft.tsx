/* What an editor or a review holds. What is typed outlives a way elsewhere, a reload and a session that ends: it stays on this
   device and in this tab until it is saved or left. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { viewer } from '../api/session';
import { Button } from '../design/button';
import { say } from '../messages';

interface Held<T> { draft: T; version?: string | undefined }

const placeOf = (of: string) => `draft.${viewer()?.id}.${of}`;

function find<T>(of: string, isStill: (draft: T) => boolean): Held<T> | null {
  try {
    const held = JSON.parse(sessionStorage.getItem(placeOf(of)) ?? 'null') as Held<T> | null;
    return held && isStill(held.draft) ? held : null;
  } catch { return null; }
}

function keep<T>(of: string, held: Held<T>) {
  try { sessionStorage.setItem(placeOf(of), JSON.stringify(held)); } catch { /* a private window */ }
}

function forget(of: string) {
  try { sessionStorage.removeItem(placeOf(of)); } catch { /* nothing was kept */ }
}

/* Nothing typed goes lost by a closed tab. */
function useGuard(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [isChanged]);
}

/* of: what is edited. version: of what was read, which a draft from before keeps: saving it then is a conflict.
   isStill: whether a draft from before can be gone on with. */
export function useDraft<T>(of: string, first: T, version?: string, isStill: (draft: T) => boolean = () => true) {
  const [found] = useState(() => find(of, isStill));
  const [held, setHeld] = useState<Held<T>>(found ?? { draft: first, version });
  const [isChanged, setChanged] = useState(!!found);
  useGuard(isChanged);
  const latest = useRef(held.draft); // while a save is under way more may be typed
  latest.current = held.draft;
  const put = (draft: T, under: string | undefined) => { forget(of); setHeld({ draft, version: under }); setChanged(false); };
  return {
    ...held,
    isChanged,
    isFound: !!found && isChanged,
    set(draft: T) { const next = { ...held, draft }; latest.current = draft; keep(of, next); setHeld(next); setChanged(true); }, // typed
    put, // read anew
    saved(sent: T, under: string | undefined, as = of) { // as: what it is called from now on. Whether nothing more was typed meanwhile
      const isWhole = latest.current === sent;
      if (isWhole) put(sent, under);
      else {
        const next = { draft: latest.current, version: under };
        forget(of);
        keep(as, next);
        setHeld(next);
      }
      return isWhole;
    },
    drop: () => put(first, version),
    leave: () => forget(of),
  };
}

export function Found({ drop }: { drop: () => void }) {
  return (
    <div class="note wait" role="status">
      <span>{say('edit.found')}</span>
      <div class="acts"><Button small onClick={drop}>{say('edit.drop')}</Button></div>
    </div>
  );
}
