/* What moved, each from one day to another. */
import { useEffect, useRef } from 'preact/hooks';
import type { Answer } from '../../api/operation';
import { day, say } from '../../messages';

export interface Move { code: string | null; from_due_day: string | null; to_due_day: string | null }

export const Moves = ({ moves }: { moves: Move[] }) => (
  <ul class="moves faint">{moves.map((move) => <li>{say('plan.move', { code: move.code, from: day(move.from_due_day), to: day(move.to_due_day) })}</li>)}</ul>
);

/* What a slip has moved, until somebody looks elsewhere. */
export function Moved({ slip, close }: { slip: Answer<'slip_task'>; close: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { place.current?.scrollIntoView({ block: 'center' }); place.current?.focus(); }, [slip]);
  return (
    <div class="note wait" role="status" tabIndex={-1} ref={place}>
      <strong>{say('plan.moved', { count: slip.moves?.length ?? 0 })}</strong>
      <Moves moves={slip.moves ?? []} />
      <span class="soft">{say('plan.signed_stand')}</span>
      <div><button type="button" class="button small" onClick={close}>{say('common.close')}</button></div>
    </div>
  );
}
