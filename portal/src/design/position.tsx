/* How far a contract is: its sum, and as one bar what of it is paid, invoiced, accepted and left. */
import { money, say, type Money } from '../messages';

interface Position { sum_to_date: Money; changes: Money; accepted: Money; invoiced: Money; paid: Money; left: Money }

const share = (part: Money, whole: Money) => {
  const all = Number(whole.amount); // for a picture only
  return all > 0 ? Math.max(0, Math.min(100, (Number(part.amount) / all) * 100)) : 0;
};

export function PositionMeter({ position }: { position: Position }) {
  const paid = share(position.paid, position.sum_to_date);
  const invoiced = Math.max(0, share(position.invoiced, position.sum_to_date) - paid);
  const accepted = Math.max(0, share(position.accepted, position.sum_to_date) - invoiced - paid);
  const part = (name: 'paid' | 'invoiced' | 'accepted' | 'left') => <div class={name}><dt>{say(`position.${name}`)}</dt><dd>{money(position[name])}</dd></div>;
  return (
    <div class="position">
      <dl><div class="whole"><dt>{say('position.to_date')}</dt><dd>{money(position.sum_to_date)} {/[1-9]/.test(position.changes.amount ?? '') && <span class="faint">{say('position.changes')} {money(position.changes)}</span>}</dd></div></dl>
      <div class="meter" role="img" aria-label={say('position.meter', {
        sum: money(position.sum_to_date), accepted: money(position.accepted), invoiced: money(position.invoiced), paid: money(position.paid) })}>
        <span class="paid" style={{ inlineSize: `${paid}%` }} />
        <span class="invoiced" style={{ inlineSize: `${invoiced}%` }} />
        <span class="accepted" style={{ inlineSize: `${accepted}%` }} />
      </div>
      <dl class="legend">{part('paid')}{part('invoiced')}{part('accepted')}{part('left')}</dl>
    </div>
  );
}
