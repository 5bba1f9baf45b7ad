/* How the work goes: done, kept, accepted at once, defects; for the agency with hours, cost and earned value. */
import { Gauge } from 'lucide';
import { show_tracking } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { day, minutes, money, percent, say, sayOne, sayState } from '../../messages';
import { EngagementFrame, type Engagement } from '../engagement/frame';
import { EarnedPanels } from './earned';
import { useMilestones, type Milestone } from './shared';

type Tracking = components['schemas']['tracking'];

const share = (done: number | null, all: number | null) => say('acceptance.of', { done: done ?? 0, all: all ?? 0 });

function Share({ ppm }: { ppm: number | null }) {
  return <span class="share" aria-hidden="true"><span style={{ inlineSize: `${(ppm ?? 0) / 10_000}%` }} /></span>;
}

const severitiesOf = (row: Tracking) =>
  ([['critical', row.critical_defects], ['major', row.major_defects], ['minor', row.minor_defects]] as const).filter(([, count]) => (count ?? 0) > 0);

function severities(row: Tracking) {
  const some = severitiesOf(row);
  return some.length > 0 ? <span class="row">{some.map(([severity, count]) => <span class={`badge ${severity === 'critical' ? 'bad' : severity === 'major' ? 'wait' : ''}`}>{`${count} ${sayOne('value', severity)}`}</span>)}</span> : '–';
}

const totals = (total: Tracking) => [
  { name: say('tracking.tasks'), value: percent(total.task_completion_ppm), below: <><Share ppm={total.task_completion_ppm} />{share(total.tasks_done, total.tasks)}</> },
  { name: say('tracking.deadlines'), value: percent(total.deadline_adherence_ppm), below: <><Share ppm={total.deadline_adherence_ppm} />{share(total.deadlines_kept, total.deadlines)}</> },
  { name: say('tracking.first_pass'), value: percent(total.first_pass_ppm), below: <><Share ppm={total.first_pass_ppm} />{share(total.first_acceptances, total.first_decisions)}</> },
  { name: say('tracking.defects'), value: (total.critical_defects ?? 0) + (total.major_defects ?? 0) + (total.minor_defects ?? 0), below: severities(total) },
  ...(isClient() ? [] : [
    { name: say('tracking.hours'), value: minutes(total.approved_minutes), below: total.estimated_minutes || total.planned_minutes ? say('tracking.of_planned', { hours: minutes(total.estimated_minutes ?? total.planned_minutes) }) : undefined },
    { name: say('tracking.cost'), value: money(total.approved_cost), below: total.estimated_cost ? say('tracking.of_planned', { hours: money(total.estimated_cost) }) : undefined },
  ]),
];

const kept = (row: Tracking) => (row.deadlines ? say(row.deadlines_kept ? 'tracking.yes' : 'tracking.no') : null);
const firstPass = (row: Tracking) => (row.first_decisions ? say(row.first_acceptances ? 'tracking.yes' : 'tracking.no') : null);

const columns = (milestones: Milestone[]): Column<Tracking>[] => [
  { title: say('milestone.title'), plain: (row) => `${row.code} ${row.title}`,
    show: (row) => { const id = milestones.find((one) => one.code === row.code)?.id; return <a href={id ? `/milestones/${id}` : undefined}><strong>{row.code}</strong> {row.title}</a>; } },
  { title: say('common.state'), show: (row) => <State of="milestone" value={row.state} />, plain: (row) => sayState('milestone', row.state) },
  { title: say('milestone.due'), show: (row) => day(row.due_day), plain: (row) => row.due_day },
  { title: say('tracking.tasks'), number: true, show: (row) => (row.tasks ? share(row.tasks_done, row.tasks) : '–'), plain: (row) => row.tasks_done },
  { title: say('tracking.kept'), show: (row) => kept(row) ?? '–', plain: kept },
  { title: say('tracking.first_pass'), show: (row) => firstPass(row) ?? '–', plain: firstPass },
  { title: say('tracking.defects'), show: severities, plain: (row) => severitiesOf(row).map(([severity, count]) => `${count} ${sayOne('value', severity)}`).join(', ') },
  ...(isClient() ? [] : [
    { title: say('tracking.hours'), number: true, show: (row: Tracking) => <>{minutes(row.approved_minutes)}<div class="faint">{minutes(row.estimated_minutes ?? row.planned_minutes)}</div></>, plain: (row: Tracking) => (row.approved_minutes ?? 0) / 60 },
    { title: say('tracking.cost'), number: true, show: (row: Tracking) => <>{money(row.approved_cost)}<div class="faint">{money(row.estimated_cost)}</div></>, plain: (row: Tracking) => row.approved_cost },
  ]),
];

function Content({ engagement }: { engagement: Engagement }) {
  const id = engagement.id!;
  const asked = useAsk(show_tracking, { path: { engagement_id: id } });
  const milestones = useMilestones(id);
  return (
    <>
      <Shown of={asked}>
        {(data) => (data.milestones?.length === 0 ? <Panel><Empty icon={Gauge} title={say('tracking.none_title')} text={say('tracking.none_text')} /></Panel> : (
          <>
            {data.total && <Figures rows={totals(data.total)} />}
            <Panel title={say('tracking.each')} flush><Table name={say('tracking.each')} columns={columns(milestones)} rows={data.milestones ?? []} /></Panel>
          </>
        ))}
      </Shown>
      {!isClient() && <EarnedPanels engagement={engagement} />}
    </>
  );
}

export default function TrackingPage({ id }: { id: string }) {
  return <EngagementFrame id={id} title={say('engagement.tracking')}>{(engagement) => <Content engagement={engagement} />}</EngagementFrame>;
}
