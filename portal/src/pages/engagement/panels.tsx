/* What one sees of an engagement, on its own page and on the client's first: how far it is, its milestones, what is paid when. */
import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { Empty, Panel, Shown } from '../../design/page';
import { PositionMeter } from '../../design/position';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { day, distance, money, say, sayOne, sayState } from '../../messages';

type Position = components['schemas']['contract_position'];
type Milestone = components['schemas']['milestone'];
type Budget = components['schemas']['budget'];
type Event = components['schemas']['budget_event'];

interface Of<T> { of: { data: T | undefined; refusal: Refusal | undefined } } // as it was asked

/* ---- where it stands ---- */

const stages = ['consultation', 'proposal', 'contracting', 'active', 'completed'];

export function Stages({ state }: { state: string | null }) {
  const at = stages.indexOf(state === 'suspended' || state === 'terminated' ? 'active' : state ?? '');
  return (
    <ol class="steps" aria-label={say('engagement.stages')}>
      {stages.map((stage, index) => (
        <li class={index < at || state === 'completed' ? 'done' : index === at ? 'now' : ''} aria-current={index === at ? 'step' : undefined}>{sayOne('value', stage)}</li>
      ))}
    </ol>
  );
}

export function PositionPanel({ of, acts }: Of<Position> & { acts: ComponentChildren }) {
  return (
    <Panel title={say('position.title')} acts={acts}>
      <Shown of={of}>
        {(data) => <PositionMeter position={data} />}
      </Shown>
    </Panel>
  );
}

/* ---- what was agreed, and how far each piece is ---- */

const isLate = (milestone: Milestone) => (milestone.planned_due_day ?? '') > (milestone.due_day ?? '');

const columns = (): Column<Milestone>[] => [
  { title: say('milestone.title'), show: (row) => <><a href={`/milestones/${row.id}`}><strong>{row.code}</strong> {row.title}</a></>, plain: (row) => `${row.code} ${row.title}` },
  { title: say('common.state'), show: (row) => <State of="milestone" value={row.state} />, plain: (row) => sayState('milestone', row.state) },
  { title: say('milestone.due'), plain: (row) => row.due_day,
    show: (row) => <>{day(row.due_day)}{isLate(row) && <div class="faint">{say('milestone.planned', { day: day(row.planned_due_day) })}</div>}</> },
  { title: say('milestone.billing'), show: (row) => <State of="milestone" value={row.billing} />, plain: (row) => sayState('milestone', row.billing) },
  { title: say('milestone.price'), number: true, show: (row) => money(row.price), plain: (row) => row.price },
];

export function MilestonesPanel({ of }: Of<{ items: Milestone[] | null }>) {
  return (
    <Panel title={say('milestone.all')} flush>
      <Shown of={of}>
        {(data) => (data.items?.length
          ? <Table name={say('milestone.all')} columns={columns()} rows={data.items} />
          : <Empty title={say('milestone.none_title')} text={say('milestone.none_text')} />)}
      </Shown>
    </Panel>
  );
}

/* ---- what is paid when, and why ---- */

const dueColumns = (): Column<Event>[] => [
  { title: say('budget.due'), show: (row) => <>{day(row.due_day)}{row.stage !== 'paid' && <div class="faint">{distance(row.due_day)}</div>}</>, plain: (row) => row.due_day },
  { title: say('budget.for'), show: (row) => <>{row.invoice_id ? <a href={`/invoices/${row.invoice_id}`}>{row.number}</a> : row.parts?.map((part) => part.code).join(', ')}<div class="faint">{sayOne('value', row.stage ?? '')}</div></>, plain: (row) => row.number ?? row.parts?.map((part) => part.code).join(', ') },
  { title: say('common.amount'), number: true, show: (row) => money(row.total), plain: (row) => row.total },
];

export function BudgetPanel({ of, acts }: Of<Budget> & { acts: ComponentChildren }) {
  return (
    <Panel title={say('budget.title')} acts={acts} flush>
      <Shown of={of}>{(data) => <Table name={say('budget.title')} columns={dueColumns()} rows={data.events ?? []} />}</Shown>
    </Panel>
  );
}
