/* The plan of work, as a list to work with, as a graph, or on a calendar; what is chosen is in the address. */
import { CalendarRange, ListTree, Network } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { isClient } from '../../api/session';
import { Icon, type Picture } from '../../design/icon';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { day, distance, type Key, say, sayState } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { Moved } from './moves';
import { PlanGantt, type Slip, type Zoom } from './plan-gantt';
import { PlanGraph } from './plan-graph';
import { PlanHistory } from './plan-history';
import { PlanList } from './plan-list';
import { usePlan, type Plan, type Row } from './plan-model';

type View = 'list' | 'graph' | 'gantt';
const views: { view: View; text: Key; icon: Picture }[] = [
  { view: 'list', text: 'plan.list', icon: ListTree }, { view: 'gantt', text: 'plan.gantt', icon: CalendarRange }, { view: 'graph', text: 'plan.graph', icon: Network },
];

function Switch({ label, choices }: { label: string; choices: { href: string; text: string; icon?: Picture; isOn: boolean }[] }) {
  return (
    <nav class="switch" aria-label={label}>
      {choices.map((one) => <a href={one.href} aria-current={one.isOn ? 'true' : undefined}>{one.icon && <Icon of={one.icon} />}{one.text}</a>)}
    </nav>
  );
}

const columns = (): Column<Row>[] => [
  { title: say('plan.what'), show: (row) => (row.kind === 'milestone' ? <a href={`/milestones/${row.id}`}><strong>{row.code}</strong> {row.title}</a> : <><strong>{row.code}</strong> {row.title}</>), plain: (row) => `${row.code} ${row.title}` },
  { title: say('common.state'), show: (row) => <State of={row.kind} value={row.state} />, plain: (row) => sayState(row.kind, row.state) },
  { title: say('plan.from'), show: (row) => day(row.start), plain: (row) => row.start },
  { title: say('schedule.until'), show: (row) => day(row.end), plain: (row) => row.end },
  { title: say('plan.signed'), show: (row) => day(row.signed), plain: (row) => row.signed },
  ...(isClient() ? [] : [{ title: say('plan.slack'), number: true, show: (row: Row) => (row.isCritical ? say('plan.critical') : row.slack ?? '–'), plain: (row: Row) => row.slack }]),
];

const keys = ['done', 'critical', 'normal', 'late', 'signed', 'planned'] as const;

function Drawn({ plan, zoom, here }: { plan: Plan; zoom: Zoom; here: (change: Record<string, string>) => string }) {
  const [slip, setSlip] = useState<Slip>();
  return (
    <>
      {slip && <Moved slip={slip} close={() => setSlip(undefined)} />}
      <Panel flush title={say('plan.gantt')} acts={
        <Switch label={say('plan.zoom')} choices={(['week', 'month'] as const).map((one) => ({ href: here({ zoom: one }), text: say(`plan.zoom_${one}`), isOn: zoom === one }))} />}>
        <PlanGantt plan={plan} zoom={zoom} slipped={setSlip} />
        <div class="legend keys">{keys.filter((one) => !isClient() || ['done', 'signed', 'planned'].includes(one)).map((one) => <span class={one}>{say(`plan.key_${one}`)}</span>)}</div>
      </Panel>
    </>
  );
}

/* The same in words, for who cannot see a drawing, and for printing. */
function InWords({ plan }: { plan: Plan }) {
  return (
    <details class="panel words">
      <summary>{say('plan.as_table')}</summary>
      <Table name={say('plan.as_table')} columns={columns()} rows={plan.rows} />
    </details>
  );
}

function Summary({ plan }: { plan: Plan }) {
  const open = plan.rows.filter((row) => !row.isDone);
  const late = open.filter((row) => row.daysLate > 0);
  const tasks = plan.tasks.filter((task) => task.state !== 'cancelled');
  return (
    <Figures rows={[
      { name: say('plan.finish'), value: day(plan.finish ?? plan.rows.reduce((last, row) => (row.end > last ? row.end : last), '')), below: open.length > 0 && plan.finish ? distance(plan.finish, plan.zone) : undefined },
      ...(isClient() ? [] : [
        { name: say('plan.tasks_done'), value: say('acceptance.of', { done: tasks.filter((task) => task.state === 'done').length, all: tasks.length }) },
        { name: say('plan.late'), value: late.length, below: late.map((row) => row.code).join(', ') },
        ...(open.length > 0 ? [{ name: say('plan.critical_path'), value: plan.critical.length, below: plan.critical.join(' → ') }] : []),
      ]),
    ]} />
  );
}

function Content({ id, plan }: { id: string; plan: Plan }) {
  const { query, path } = useLocation();
  const view: View = views.find((one) => one.view === query.view)?.view ?? (isClient() ? 'gantt' : 'list');
  const isOver = plan.rows.every((row) => row.isDone); // then it is looked at as a whole
  const zoom: Zoom = query.zoom === 'month' || (isOver && query.zoom !== 'week') ? 'month' : 'week';
  const here = (change: Record<string, string>) => `${path}?${new URLSearchParams({ ...query, view, ...change })}`;
  useEffect(() => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView({ block: 'center' });
  }, [view]);
  if (plan.rows.length === 0) return <Panel><Empty icon={CalendarRange} title={say('schedule.none_title')} text={say('schedule.none_text')} /></Panel>;
  return (
    <>
      <Summary plan={plan} />
      <Switch label={say('plan.view')} choices={views.map((one) => ({ href: here({ view: one.view }), text: say(one.text), icon: one.icon, isOn: view === one.view }))} />
      {view === 'list' && (isClient() ? <Panel flush><Table name={say('plan.list')} columns={columns()} rows={plan.rows} /></Panel> : <PlanList plan={plan} />)}
      {view === 'graph' && <Panel flush title={say('plan.graph')}><PlanGraph plan={plan} /></Panel>}
      {view === 'gantt' && <Drawn plan={plan} zoom={zoom} here={here} />}
      {view !== 'list' && <InWords plan={plan} />}
      <PlanHistory id={id} />
    </>
  );
}

function Asked({ id }: { id: string }) {
  const asked = usePlan(id);
  return <Shown of={asked}>{(plan) => <Content id={id} plan={plan} />}</Shown>;
}

export default function PlanPage({ id }: { id: string }) {
  return <EngagementFrame id={id} title={say('engagement.plan')}>{() => <Asked id={id} />}</EngagementFrame>;
}
