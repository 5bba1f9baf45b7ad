/* Defects as a table, and what can be done with one. */
import { versionOf } from '../../api/ask';
import { confirm_defect, correct_defect, reopen_defect, waive_defect } from '../../api/generated/operations';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, distance, say, sayOne, sayState } from '../../messages';
import { CriterionText, type Criterion, type Defect } from './shared';

export function DefectActs({ defect, small }: { defect: Defect; small?: boolean }) {
  const path = { defect_id: defect.id! };
  const common = { path, version: versionOf(defect), small: small ?? false };
  return (
    <>
      <Act of={waive_defect} {...common} tone="plain" when={['open', 'corrected'].includes(defect.state ?? '')} />
      <Act of={reopen_defect} {...common} tone="bad" when={defect.state === 'corrected'} />
      <Act of={confirm_defect} {...common} tone="strong" when={defect.state === 'corrected'} />
      <Act of={correct_defect} {...common} tone="strong" when={defect.state === 'open'} />
    </>
  );
}

/* What is confirmed is its correction. */
export const stateOf = (defect: Defect) => (defect.state === 'confirmed' ? 'correction_confirmed' : defect.state ?? '');

const columns = (known: Map<string, Criterion>): Column<Defect>[] => [
  { title: say('defect.one'), show: (row) => <><a href={`/defects/${row.id}`}><strong dir="auto">{row.text ?? row.criterion}</strong></a><div class="faint"><CriterionText code={row.criterion} known={known} /></div></>, plain: (row) => row.text },
  { title: say('defect.severity'), show: (row) => <State of="defect" value={row.severity} />, plain: (row) => sayOne('value', row.severity ?? '') },
  { title: say('common.state'), show: (row) => <State of="defect" value={stateOf(row)} />, plain: (row) => sayState('defect', stateOf(row)) },
  { title: say('defect.correct_by'), show: (row) => <>{day(row.correct_by_day)}{row.state === 'open' && row.correct_by_day && <div class="faint">{distance(row.correct_by_day)}</div>}</>, plain: (row) => row.correct_by_day },
];

export function DefectTable({ rows, known }: { rows: Defect[]; known: Map<string, Criterion> }) {
  return <Table name={say('defect.title')} columns={columns(known)} rows={rows} />;
}
