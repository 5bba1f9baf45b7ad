/* What became otherwise from one plan to another, a line for each change. */
import type { components } from '../../api/generated/types';
import { Table, type Column } from '../../design/table';
import { day, money, percent, say, sayOne } from '../../messages';

type Change = components['schemas']['plan_change'];

/* Values come as text: days, prices and shares as people read them, the rest as it is. */
export function readable(text: string | null, field: string | null | undefined) {
  if (text == null || text === '') return '';
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
  const amount = /^(-?[\d.]+) ([A-Z]{3})$/.exec(text);
  if (amount) return money({ amount: amount[1]!, currency: amount[2]! });
  if (field?.endsWith('_ppm') && /^\d+$/.test(text)) return percent(Number(text), 2);
  return /^[a-z]+(_[a-z]+)*$/.test(text) ? sayOne('value', text) : text;
}

export function Moved({ from, to, field }: { from: string | null; to: string | null; field?: string | null | undefined }) {
  const before = readable(from, field);
  const after = readable(to, field);
  return (
    <span class="moved">
      {before && <del dir="auto"><span class="hidden">{say('difference.from')} </span>{before}</del>}
      {after ? <ins dir="auto"><span class="hidden">{say('difference.to')} </span>{after}</ins> : <span class="faint">{say('difference.removed')}</span>}
    </span>
  );
}

const whatOf = (change: Change) => {
  const last = change.field?.split('/').pop() ?? '';
  return sayOne('field', last);
};

const columns = (): Column<Change>[] => [
  { title: say('difference.where'), show: (row) => <strong>{row.milestone ?? say('difference.whole')}</strong>, plain: (row) => row.milestone },
  { title: say('difference.what'), show: whatOf, plain: whatOf },
  { title: say('difference.change'), show: (row) => <Moved from={row.from} to={row.to} field={row.field} />, plain: (row) => `${row.from ?? ''} → ${row.to ?? ''}` },
  { title: say('difference.by'), number: true, show: (row) => row.difference, plain: (row) => row.difference },
];

export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return <p class="soft" style={{ padding: '1rem 1.125rem' }}>{say('difference.none')}</p>;
  return <Table name={say('difference.title')} columns={columns()} rows={changes} />;
}
