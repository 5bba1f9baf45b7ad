/* Saving what an editor holds: under the version that was read, and never over what somebody else wrote. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, newKey, Refusal, type Answered } from '../api/ask';
import type { Input, Name, Operation } from '../api/operation';
import { somethingChanged } from '../api/kept';
import { Button } from '../design/button';
import { leadTo, Problem } from '../design/page';
import { say } from '../messages';

export interface Saving {
  refusal: Refusal | undefined;
  isBusy: boolean;
  save: <K extends Name>(operation: Operation<K>, input: Input<K>) => Promise<Answered<K> | null>;
  clear: () => void;
}

/* One intent, one key: the same content tried again after a lost answer is saved once. */
export function useSaving(): Saving {
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const intent = useRef({ of: '', key: newKey() });
  return {
    refusal, isBusy, clear: () => setRefusal(undefined),
    async save(operation, input) {
      if (isBusy) return null;
      const of = JSON.stringify([operation.name, input]);
      if (intent.current.of !== of) intent.current = { of, key: newKey() };
      setBusy(true);
      setRefusal(undefined);
      try {
        const answered = await ask(operation, { ...input, key: intent.current.key });
        intent.current = { of: '', key: newKey() };
        somethingChanged();
        return answered;
      } catch (no) {
        if ((no as Refusal).isFinal) intent.current = { of: '', key: newKey() };
        setRefusal(no as Refusal);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}

export const isConflict = (refusal: Refusal | undefined) => refusal?.status === 412;

interface ConflictProps { take: () => Promise<unknown>; keep: () => Promise<unknown>; busy?: boolean; children?: ComponentChildren }

/* Somebody was faster: what is there now, or what was typed here, by the choice of who typed it. children: what is there now. */
export function Conflict({ take, keep, busy = false, children }: ConflictProps) {
  const [failure, fail] = useState<Refusal>(); // what somebody else wrote cannot be read
  const trying = (way: () => Promise<unknown>) => () => { fail(undefined); way().catch(fail); };
  return (
    <div class="note wait" role="alert">
      <strong>{say('edit.conflict_title')}</strong>
      <span>{say('edit.conflict_text')}</span>
      {children}
      <div class="acts"><Button small busy={busy} onClick={trying(take)}>{say('edit.take_theirs')}</Button><Button small tone="bad" busy={busy} onClick={trying(keep)}>{say('edit.keep_mine')}</Button></div>
      {failure && <Problem refusal={failure} />}
    </div>
  );
}

interface RefusedProps { refusal: Refusal | undefined; take: () => Promise<unknown>; keep: () => Promise<unknown> }

export function Refused({ refusal, take, keep }: RefusedProps) {
  useEffect(() => leadTo(refusal, document.querySelector('form.page')), [refusal]);
  if (!refusal) return null;
  return isConflict(refusal) ? <Conflict take={take} keep={keep} /> : <Problem refusal={refusal} />;
}
