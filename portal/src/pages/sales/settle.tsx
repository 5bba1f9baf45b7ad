/* Prices that do not meet the total of a draft: which milestone takes the difference, and what it then costs. */
import { useId } from 'preact/hooks';
import { settle_change_order } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { Act } from '../../form/act';
import { fromMinor, toMinor } from '../../form/amount';
import type { FormProps } from '../../form/shaped';
import { money, say, sayOne } from '../../messages';
import { restOf, type Piece, type Plan } from './sums';

const isFixed = (piece: Piece) => (piece.pricing ?? 'fixed') === 'fixed';

/* Whether there is a difference, and a milestone that can take it. */
export const canSettle = (plan: Plan) => (restOf(plan) ?? 0n) !== 0n && plan.milestones.some(isFixed);

export function difference(plan: Plan): string {
  const rest = restOf(plan) ?? 0n;
  return `${say(rest < 0n ? 'plan.over' : 'plan.rest')}: ${money({ currency: plan.currency, amount: fromMinor(rest < 0n ? -rest : rest, plan.currency) })}`;
}

function Becomes({ plan, piece }: { plan: Plan; piece: Piece }) {
  const currency = plan.currency;
  const after = (toMinor(piece.price?.amount ?? '', currency) ?? 0n) + (restOf(plan) ?? 0n);
  return <p role="status">{say('plan.becomes', { code: piece.code, before: money(piece.price), after: money({ currency, amount: fromMinor(after, currency) }) })}</p>;
}

/* Nobody has to be chosen where the prices may meet once those that follow from something are restated; the difference is known only after. */
export function SettleForm({ plan, mayFollow = false, value, set, wrong }: FormProps & { plan: Plan; mayFollow?: boolean }) {
  const id = useId();
  const isRestated = mayFollow && plan.milestones.some((piece) => piece.pricing === 'percentage' || piece.pricing === 'recurring');
  const pieces = plan.milestones.filter(isFixed);
  const chosen = pieces.find((piece) => piece.code === value.code);
  return (
    <div class="stack">
      {!isRestated && <p>{difference(plan)}</p>}
      {pieces.length > 0 && <div class="field">
        <label for={id}>{sayOne('field', 'milestone_id')}{isRestated && <span class="optional"> {say('form.optional')}</span>}</label>
        <select class="input" id={id} value={(value.code as string) ?? ''} aria-invalid={wrong ? 'true' : undefined} aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => set({ ...value, code: event.currentTarget.value })}>
          <option value="" />
          {pieces.map((piece) => <option value={piece.code!}>{piece.code} {piece.title} · {money(piece.price)}</option>)}
        </select>
        {wrong && <span class="error" id={`${id}-wrong`}>{wrong.text}</span>}
      </div>}
      {chosen && !isRestated && <Becomes plan={plan} piece={chosen} />}
    </div>
  );
}

interface SettleProps { order: components['schemas']['change_order']; plan: Plan; version: string | undefined; small?: boolean; done?: () => void }

export function Settle({ order, plan, version, small, done }: SettleProps) {
  return (
    <Act of={settle_change_order} path={{ change_order_id: order.id! }} version={version} small={small ?? false} {...(done ? { done } : {})}>
      {(value, set, wrong) => <SettleForm plan={plan} mayFollow value={value} set={set} wrong={wrong} />}
    </Act>
  );
}
