/* What became otherwise from one plan to another, a line for each change. */
import type { components } from '../../api/generated/types';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { day, difference, money, percent, say, sayOne } from '../../messages';

type Change = components['schemas']['plan_change'];

/* One change, or all those of a milestone that came or went. */
interface Line { milestone: string | null; change?: Change; whole?: { kind: 'added' | 'dropped'; changes: Change[] } }

/* ---- values as people read them ---- */

/* Values come as text: days, prices and shares are said in the person's way, the rest stays as it is. */
function readable(text: string | null, field: string | null): string {
  if (text == null || text === '') return '';
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
  const amount = /^(-?[\d.]+) ([A-Z]{3})$/.exec(text);
  if (amount) return money({ amount: amount[1]!, currency: amount[2]! });
  if (field?.endsWith('_ppm') && /^\d+$/.test(text)) return percent(Number(text), 2);
  return /^[a-z]+(_[a-z]+)*$/.test(text) ? sayOne('value', text) : text;
}

function differenceOf(text: string | null) {
  const amount = /^\+?(-?[\d.]+) ([A-Z]{3})$/.exec(text ?? '');
  if (amount) return difference({ amount: amount[1]!, currency: amount[2]! });
  const days = /^([+-])(\d+) days?$/.exec(text ?? '');
  return days ? say(days[1] === '+' ? 'effect.later' : 'effect.earlier', { count: Number(days[2]) }) : text;
}

/* What a milestone brings that came, and takes with it if it went. */
function worthOf({ kind, changes }: NonNullable<Line['whole']>) {
  const price = changes.find((one) => one.field === 'price');
  const [, amount, currency] = /^([\d.]+) ([A-Z]{3})$/.exec(price?.to ?? price?.from ?? '') ?? [];
  return amount && currency ? difference({ amount: kind === 'added' ? amount : `-${amount}`, currency }) : '';
}

/* Free text knows its own direction; a day or an amount takes that of the page. */
const direction = (text: string | null, shown: string) => (text === shown ? 'auto' : undefined);

function Moved({ from, to, field }: Pick<Change, 'from' | 'to' | 'field'>) {
  const before = readable(from, field);
  const after = readable(to, field);
  return (
    <span class="moved">
      {before && <del dir={direction(from, before)}><span class="hidden">{say('difference.from')} </span>{before}</del>}
      {after ? <ins dir={direction(to, after)}><span class="hidden">{say('difference.to')} </span>{after}</ins> : <span class="faint">{say('difference.removed')}</span>}
    </span>
  );
}

const whatOf = (change: Change) => sayOne('field', change.field?.split('/').findLast((part) => !/^\d+$/.test(part)) ?? '');

/* ---- lines ---- */

/* A code that came or went means that its milestone did. */
function linesOf(changes: Change[]): Line[] {
  const whole = new Map<string, Line>();
  for (const { milestone, field, from, to } of changes)
    if (milestone && field === 'code' && (!from || !to)) whole.set(milestone, { milestone, whole: { kind: from ? 'dropped' : 'added', changes: [] } });
  const lines = new Set<Line>();
  for (const change of changes) {
    const line = whole.get(change.milestone ?? '');
    if (line && change.field !== 'code') line.whole!.changes.push(change);
    lines.add(line ?? { milestone: change.milestone, change });
  }
  return [...lines];
}

const valuesOf = (whole: NonNullable<Line['whole']>) =>
  whole.changes.map((change) => ({ what: whatOf(change), text: readable(change.to ?? change.from, change.field) }));

function Whole({ whole }: { whole: NonNullable<Line['whole']> }) {
  const values = valuesOf(whole);
  return <ul>{values.map(({ what, text }) => <li><span class="faint">{what}: </span>{whole.kind === 'dropped' ? <del class="faint">{text}</del> : <bdi>{text}</bdi>}</li>)}</ul>;
}

/* On one line, for who reads it in a file. */
const changeOf = ({ change, whole }: Line) => (change
  ? say('common.from_to', { from: readable(change.from, change.field), to: readable(change.to, change.field) })
  : valuesOf(whole!).map(({ what, text }) => `${what}: ${text}`).join('; '));

const columns = (): Column<Line>[] => [
  { title: say('difference.where'), show: (line) => <strong>{line.milestone ?? say('difference.whole')}</strong>, plain: (line) => line.milestone },
  { title: say('difference.what'), show: (line) => (line.change ? whatOf(line.change) : <State value={line.whole!.kind} />), plain: (line) => (line.change ? whatOf(line.change) : sayOne('value', line.whole!.kind)) },
  { title: say('difference.change'), show: (line) => (line.change ? <Moved {...line.change} /> : <Whole whole={line.whole!} />), plain: changeOf },
  { title: say('difference.by'), number: true, show: (line) => (line.change ? differenceOf(line.change.difference) : worthOf(line.whole!)), plain: (line) => (line.change ? line.change.difference : worthOf(line.whole!)) },
];

export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return <p class="soft" style={{ padding: '1rem 1.125rem' }}>{say('difference.none')}</p>;
  return <Table name={say('difference.title')} columns={columns()} rows={linesOf(changes)} />;
}

export const countOf = (changes: Change[]) => linesOf(changes).length;
