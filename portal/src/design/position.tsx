/* How far a contract is: agreed, accepted, invoiced, paid, as one bar with its figures. */
import { money, say, type Money } from '../messages';

interface Position { sum_to_date: Money; accepted: Money; invoiced: Money; paid: Money }

const share = (part: Money, whole: Money) => {
  const all = Number(whole.amount); // for a picture only
  return all > 0 ? Math.max(0, Math.min(100, (Number(part.amount) / all) * 100)) : 0;
};

export function PositionMeter({ position }: { position: Position }) {
  const paid = share(position.paid, position.sum_to_date);
  const invoiced = Math.max(0, share(position.invoiced, position.sum_to_date) - paid);
  const accepted = Math.max(0, share(position.accepted, position.sum_to_date) - invoiced - paid);
  return (
    <div class="stack tight">
      <div class="meter" role="img" aria-label={say('position.meter', {
        sum: money(position.sum_to_date), accepted: money(position.accepted), invoiced: money(position.invoiced), paid: money(position.paid) })}>
        <span class="paid" style={{ inlineSize: `${paid}%` }} />
        <span class="invoiced" style={{ inlineSize: `${invoiced}%` }} />
        <span class="accepted" style={{ inlineSize: `${accepted}%` }} />
      </div>
      <div class="legend">
        <span class="paid">{say('position.paid')}</span>
        <span class="invoiced">{say('position.invoiced')}</span>
        <span class="accepted">{say('position.accepted')}</span>
        <span>{say('position.left')}</span>
      </div>
    </div>
  );
}
