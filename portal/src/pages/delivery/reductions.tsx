/* Price reductions as a table, and what can be done with one. */
import { versionOf } from '../../api/ask';
import { agree_price_reduction, decline_price_reduction, withdraw_price_reduction } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { moment, money, say, sayState } from '../../messages';

export type Reduction = components['schemas']['price_reduction'];

export function ReductionActs({ reduction }: { reduction: Reduction }) {
  const common = { path: { price_reduction_id: reduction.id! }, version: versionOf(reduction), when: reduction.state === 'proposed' };
  return (
    <>
      <Act of={withdraw_price_reduction} {...common} tone="plain" />
      <Act of={decline_price_reduction} {...common} tone="bad" />
      <Act of={agree_price_reduction} {...common} tone="strong" />
    </>
  );
}

const columns = (): Column<Reduction>[] => [
  { title: say('reduction.reason'), show: (row) => <a href={`/price-reductions/${row.id}`}><strong dir="auto">{row.reason}</strong></a>, plain: (row) => row.reason },
  { title: say('common.state'), show: (row) => <State of="price_reduction" value={row.state} />, plain: (row) => sayState('price_reduction', row.state) },
  { title: say('reduction.proposed'), show: (row) => <>{row.proposed_by_name}<div class="faint">{moment(row.proposed_at)}</div></>, plain: (row) => row.proposed_at },
  { title: say('common.amount'), number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
];

export function ReductionTable({ rows }: { rows: Reduction[] }) {
  return <Table name={say('reduction.title')} columns={columns()} rows={rows} />;
}
