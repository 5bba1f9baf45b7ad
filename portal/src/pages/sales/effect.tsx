/* What a change order does, before anybody signs: sums, days, what falls due, and what stands in the way. */
import type { components } from '../../api/generated/types';
import { Figures, Panel } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { day, difference, money, number, say, sayOne, type Money } from '../../messages';
import { useRefusals } from '../../messages/refusals';
import { Changes, countOf } from './difference';
import './sales.css';

export type Effect = components['schemas']['change_effect'];
type Milestone = components['schemas']['milestone_effect'];
type Due = components['schemas']['due_effect'];

/* A price is not what it comes to, or all of them are not the sum. */
export const isMispriced = (effect: Effect) => (effect.problems ?? []).some((one) => one.code === 'sum-mismatch');

const isZero = (value: Money | null | undefined) => !/[1-9]/.test(value?.amount ?? '');
export const signed = (value: Money | null | undefined) => (isZero(value) ? say('effect.same') : difference(value!));
const moved = (days: number) => (days === 0 ? say('effect.same') : say(days > 0 ? 'effect.later' : 'effect.earlier', { count: Math.abs(days) }));

export function EffectFigures({ effect }: { effect: Effect }) {
  return (
    <Figures rows={[
      { name: say('effect.sum'), value: money(effect.sum_after), below: `${money(effect.sum_before)} · ${signed(effect.change)}` },
      { name: say('effect.tax'), value: money(effect.tax_after), below: signed(effect.tax_change) },
      { name: say('effect.end'), value: day(effect.end_after_day), below: moved(effect.end_moved_days) },
    ]} />
  );
}

export function EffectProblems({ effect }: { effect: Effect }) {
  const sayRefusal = useRefusals();
  if (!effect.problems?.length) return null;
  return (
    <div class="note bad" role="alert">
      <strong>{say('effect.problems')}</strong>
      <ul class="bullets">{effect.problems.map((one) => <li>{one.code && <strong>{sayOne('problem', one.code)}: </strong>}{sayRefusal(one.detail ?? '') ?? one.detail}</li>)}</ul>
    </div>
  );
}

const dates = (row: Milestone) => {
  const before = row.due_before_day ? day(row.due_before_day) : '';
  const after = row.due_after_day ? day(row.due_after_day) : '';
  if (before === after) return <>{after}{row.days_short > 0 && <Short row={row} />}</>;
  return <span class="moved">{before && <del>{before}</del>}{after ? <ins>{after}</ins> : null}{row.days_short > 0 && <Short row={row} />}</span>;
};

function Short({ row }: { row: Milestone }) {
  return <div class="error">{say('effect.short', { count: row.days_short, day: day(row.graph_after_day) })}</div>;
}

const prices = (row: Milestone) => (isZero(row.change)
  ? money(row.price_after)
  : <span class="moved">{row.price_before && <del>{money(row.price_before)}</del>}{row.price_after && <ins>{money(row.price_after)}</ins>}</span>);

const critical = (row: Milestone) => {
  if (row.is_critical) return row.was_critical ? say('effect.critical') : <strong>{say('effect.now_critical')}</strong>;
  return row.slack_days == null ? '' : say('effect.slack', { count: row.slack_days });
};

const columns = (): Column<Milestone>[] => [
  { title: say('milestone.title'), show: (row) => <><strong>{row.code}</strong> <span dir="auto">{row.title}</span>{row.kind !== 'unchanged' && <div><span class={`badge ${row.kind === 'dropped' ? 'bad' : 'info'}`}>{sayOne('value', row.kind ?? '')}</span></div>}</>, plain: (row) => `${row.code} ${row.title}` },
  { title: say('effect.due'), show: dates, plain: (row) => [...new Set([row.due_before_day, row.due_after_day])].filter(Boolean).join(' → ') },
  { title: say('milestone.price'), number: true, show: prices, plain: (row) => row.price_after },
  { title: say('effect.path'), show: critical, plain: (row) => row.slack_days },
];

const dueColumns = (): Column<Due>[] => [
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('effect.before'), number: true, show: (row) => money(row.before), plain: (row) => row.before },
  { title: say('effect.after'), number: true, show: (row) => money(row.after), plain: (row) => row.after },
];

export function EffectTables({ effect }: { effect: Effect }) {
  return (
    <>
      <Panel title={say('effect.milestones')} flush><Table name={say('effect.milestones')} columns={columns()} rows={effect.milestones ?? []} /></Panel>
      {effect.falls_due && effect.falls_due.length > 0 && <Panel title={say('effect.falls_due')} flush><Table name={say('effect.falls_due')} columns={dueColumns()} rows={effect.falls_due} /></Panel>}
      {(effect.credits?.length ?? 0) > 0 && (
        <Panel title={say('effect.credits')}>
          <p class="soft">{say('effect.credits_text')}</p>
          <ul class="bullets">{effect.credits!.map((one) => <li><strong>{one.milestone}</strong>: {money(one.net)} <a href={`/invoices/${one.invoice_id}`}>{sayOne('value', 'invoice')}</a></li>)}</ul>
        </Panel>
      )}
      <Panel title={`${say('effect.changes')} · ${number(countOf(effect.changes ?? []))}`} flush><Changes changes={effect.changes ?? []} /></Panel>
    </>
  );
}
