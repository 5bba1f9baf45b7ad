/* One page for both sides: what did we agree, what is done, what awaits whom, what is paid when. */
import { list_milestones, list_turns, show_budget, show_contract_position } from '../../api/generated/operations';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { PositionMeter } from '../../design/position';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, distance, money, say, sayOne } from '../../messages';
import { TurnList } from '../../parts/turns';
import { Why } from '../../parts/why';
import { EngagementFrame, type Engagement } from './frame';
import { Timeline } from './timeline';

type Milestone = components['schemas']['milestone'];
type Event = components['schemas']['budget_event'];

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

export function PositionPanel({ id }: { id: string }) {
  const position = useAsk(show_contract_position, { path: { engagement_id: id } });
  if (position.refusal) return null; // no contract yet
  return (
    <Panel title={say('position.title')} acts={<Why subject={{ engagement_id: id }} />}>
      <Shown of={position}>
        {(data) => (
          <>
            <PositionMeter position={data} />
            <Figures rows={[
              { name: say('position.to_date'), value: money(data.sum_to_date), below: data.changes?.amount && Number(data.changes.amount) !== 0 ? `${say('position.changes')} ${money(data.changes)}` : undefined },
              { name: say('position.accepted'), value: money(data.accepted) },
              { name: say('position.invoiced'), value: money(data.invoiced) },
              { name: say('position.paid'), value: money(data.paid) },
              { name: say('position.left'), value: money(data.left) },
            ]} />
          </>
        )}
      </Shown>
    </Panel>
  );
}

/* ---- what was agreed, and how far each piece is ---- */

const isLate = (milestone: Milestone) => (milestone.planned_due_day ?? '') > (milestone.due_day ?? '');

const columns = (): Column<Milestone>[] => [
  { title: say('milestone.title'), show: (row) => <><a href={`/milestones/${row.id}`}><strong>{row.code}</strong> {row.title}</a></>, plain: (row) => `${row.code} ${row.title}` },
  { title: say('common.state'), show: (row) => <State value={row.state} />, plain: (row) => sayOne('value', row.state ?? '') },
  { title: say('milestone.due'), plain: (row) => row.due_day,
    show: (row) => <>{day(row.due_day)}{isLate(row) && <div class="faint">{say('milestone.planned', { day: day(row.planned_due_day) })}</div>}</> },
  { title: say('milestone.price'), number: true, show: (row) => money(row.price), plain: (row) => row.price },
  { title: say('milestone.billing'), show: (row) => <State value={row.billing} />, plain: (row) => sayOne('value', row.billing ?? '') },
];

export function MilestonesPanel({ id }: { id: string }) {
  const milestones = useAll(list_milestones, { path: { engagement_id: id } });
  return (
    <Panel title={say('milestone.all')} flush>
      <Shown of={milestones}>
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

export function BudgetPanel({ id }: { id: string }) {
  const budget = useAsk(show_budget, { path: { engagement_id: id } });
  if (budget.refusal) return null;
  return (
    <Panel title={say('budget.title')} flush>
      <Shown of={budget}>{(data) => <Table name={say('budget.title')} columns={dueColumns()} rows={data.events ?? []} />}</Shown>
    </Panel>
  );
}

export function TurnsPanel({ id }: { id: string }) {
  const turns = useAsk(list_turns, { query: { engagement_id: id } });
  const mySide = viewer()?.kind === 'contact' ? 'client' : 'agency';
  return (
    <Panel title={say('engagement.next')} flush>
      <Shown of={turns}>
        {(data) => (data.items?.length
          ? <TurnList turns={[...data.items].sort((one) => (one.side === mySide ? -1 : 1))} />
          : <Empty title={say('engagement.nothing_waits')} />)}
      </Shown>
    </Panel>
  );
}

/* What the agency does with the engagement as a whole. */
function Acts({ engagement, version }: { engagement: Engagement; version: string | undefined }) {
  const path = { engagement_id: engagement.id! };
  const is = (...states: string[]) => states.includes(engagement.state ?? '');
  return (
    <>
      <Act of={operations.change_engagement} path={path} version={version} row={engagement} when={!is('completed', 'terminated')} tone="plain" />
      <Act of={operations.suspend_engagement} path={path} version={version} when={is('active')} tone="plain" />
      <Act of={operations.resume_engagement} path={path} version={version} when={is('suspended')} tone="strong" />
      <Act of={operations.terminate_engagement} path={path} version={version} when={is('active', 'suspended')} tone="bad" />
      <Act of={operations.complete_engagement} path={path} version={version} when={is('active')} />
    </>
  );
}

export default function Overview({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} acts={(engagement, version) => <Acts engagement={engagement} version={version} />}>
      {(engagement) => (
        <>
          <Stages state={engagement.state} />
          <div class="split">
            <div class="stack">
              {engagement.summary && <Panel title={say('engagement.about')}><p class="lines" dir="auto">{engagement.summary}</p></Panel>}
              <PositionPanel id={id} />
              <MilestonesPanel id={id} />
              <Timeline id={id} />
            </div>
            <div class="stack">
              <TurnsPanel id={id} />
              <BudgetPanel id={id} />
            </div>
          </div>
        </>
      )}
    </EngagementFrame>
  );
}
