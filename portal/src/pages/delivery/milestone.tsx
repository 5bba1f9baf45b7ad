/* One milestone, for both sides: what was agreed, how far it is, what comes next, and what it costs. */
import { PackageCheck } from 'lucide';
import { useLocation } from 'preact-iso';
import {
  issue_invoice, list_defects, list_price_reductions, list_submissions, propose_price_reduction, rework_milestone, show_billing_schedule,
  show_milestone, show_milestone_dependencies, start_milestone,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Facts, Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, dayOf, days, distance, money, percent, say, sayOne, sayState } from '../../messages';
import { Comments } from '../../parts/comments';
import { sayHere } from '../../parts/side';
import { DefectTable } from './defects';
import { HandOver } from './hand-over';
import { Objection } from './objection';
import { ProgressPanel } from './progress';
import { ReductionTable } from './reductions';
import { CriterionText, Signed, untilOf, useCriteria, useEngagement, useTerms, Within, type Criterion, type Milestone, type Submission } from './shared';

type Neighbour = components['schemas']['milestone_neighbour'];
type Period = components['schemas']['scheduled_period'];

const isAccepted = (milestone: Milestone) => ['accepted', 'deemed_accepted'].includes(milestone.state ?? '');

function Acts({ milestone, version }: { milestone: Milestone; version: string | undefined }) {
  const { route } = useLocation();
  const path = { milestone_id: milestone.id! };
  const is = (...states: string[]) => states.includes(milestone.state ?? '');
  const isGoing = useEngagement(milestone.engagement_id)?.state === 'active'; // and not suspended
  return (
    <>
      <Act of={propose_price_reduction} path={path} around={path} tone="plain" when={!isAccepted(milestone) && !is('cancelled')}
        preset={{ amount: { amount: '', currency: milestone.currency! } }} hide={['currency']} />
      <Act of={start_milestone} path={path} version={version} tone="strong" when={isGoing && is('ready')} />
      <Act of={rework_milestone} path={path} version={version} tone="strong" when={isGoing && is('rejected')} />
      <HandOver milestone={milestone} version={version} when={isGoing && is('in_progress', 'rework')} />
      <Act of={issue_invoice} path={path} version={version} when={milestone.billing === 'credited'} done={(made) => route(`/invoices/${made.id}`)} />
    </>
  );
}

const taxOf = ({ tax_rate_ppm, tax_category }: Milestone) =>
  (tax_rate_ppm ? say('milestone.plus_tax', { rate: percent(tax_rate_ppm, 2) }) : say('milestone.no_tax', { why: sayOne('value', tax_category ?? '') }));

/* ---- what is next, in one sentence ---- */

const waits: Record<string, 'planned' | 'ready' | 'in_progress' | 'submitted' | 'rejected' | 'rework'> = {
  planned: 'planned', ready: 'ready', in_progress: 'in_progress', submitted: 'submitted', rejected: 'rejected', rework: 'rework',
};

function Next({ milestone, rounds }: { milestone: Milestone; rounds: Submission[] }) {
  const terms = useTerms(milestone.contract_id);
  const zone = useEngagement(milestone.engagement_id)?.time_zone;
  const open = rounds.find((round) => round.state === 'submitted');
  const wait = waits[milestone.state ?? ''];
  if (open) {
    return (
      <div class="note wait">
        <strong>{sayHere('milestone.next_submitted')}</strong>
        {open.deadline_at && <span>{untilOf(open, terms)}</span>}
        <div><a class="button strong" href={`/submissions/${open.id}`}>{say(isClient() ? 'milestone.review' : 'milestone.see_round')}</a></div>
      </div>
    );
  }
  const deemed = rounds.find((round) => round.state === 'deemed_accepted');
  if (isAccepted(milestone)) {
    return (
      <div class="note good">
        <strong>{say(milestone.state === 'deemed_accepted' ? 'milestone.is_deemed' : 'milestone.is_accepted', { day: day(dayOf(milestone.accepted_at, zone)) })}</strong>
        {deemed && <Objection submission={deemed} version={versionOf(deemed)} />}
        <div class="row">
          {milestone.certificate_id && <a href={`/certificates/${milestone.certificate_id}`}>{say('milestone.certificate')}</a>}
          {milestone.invoice_id && <a href={`/invoices/${milestone.invoice_id}`}>{say('milestone.invoice')}</a>}
        </div>
      </div>
    );
  }
  return wait ? <div class={`note ${wait === 'rejected' ? 'bad' : ''}`}><span>{say(`milestone.next_${wait}`)}</span></div> : null;
}

/* ---- what was agreed ---- */

function Agreed({ milestone, known }: { milestone: Milestone; known: Map<string, Criterion> }) {
  return (
    <Panel title={say('milestone.agreed')}>
      {milestone.description && <p class="lines" dir="auto">{milestone.description}</p>}
      <div class="stack tight">
        <h3>{say('milestone.deliverables')}</h3>
        {milestone.deliverables?.length
          ? <ul class="dots">{milestone.deliverables.map((one) => <li><span dir="auto">{one.title}</span> <span class="faint">{sayOne('value', one.kind)}</span>{one.description && <div class="faint" dir="auto">{one.description}</div>}</li>)}</ul>
          : <span class="soft">{say('milestone.no_deliverables')}</span>}
      </div>
      <div class="stack tight">
        <h3>{say('milestone.criteria')}</h3>
        {milestone.criteria?.length || milestone.carried_criteria?.length
          ? (
            <ul class="dots">
              {milestone.criteria?.map((code) => <li><CriterionText code={code} known={known} /></li>)}
              {milestone.carried_criteria?.map((code) => <li><CriterionText code={code} known={known} /><span class="badge wait">{say('milestone.carried')}</span></li>)}
            </ul>
          )
          : <span class="soft">{say('milestone.no_criteria')}</span>}
      </div>
    </Panel>
  );
}

/* ---- rounds ---- */

const roundColumns = (): Column<Submission>[] => [
  { title: say('submission.round'), show: (row) => <a href={`/submissions/${row.id}`}><strong>{say('submission.round_number', { number: row.round })}</strong></a>, plain: (row) => row.round },
  { title: say('common.state'), show: (row) => <State of="submission" value={row.state} />, plain: (row) => sayState('submission', row.state) },
  { title: say('submission.handed_over'), show: (row) => <Signed name={row.submitted_by_name} at={row.submitted_at} />, plain: (row) => row.submitted_at },
  { title: say('submission.decided'), show: (row) => (row.decided_at ? <><Signed name={row.decided_by_name} at={row.decided_at} />{row.reason && <div dir="auto">{row.reason}</div>}</> : '–'), plain: (row) => row.decided_at },
];

/* ---- neighbours ---- */

function Neighbours({ title, rows, none }: { title: string; rows: Neighbour[]; none: string }) {
  return (
    <div class="stack tight">
      <h3>{title}</h3>
      {rows.length > 0
        ? <ul class="stack tight">{rows.map((row) => <li class="row"><a href={`/milestones/${row.id}`}><strong>{row.code}</strong> {row.title}</a><State of="milestone" value={row.state} /></li>)}</ul>
        : <span class="soft">{none}</span>}
    </div>
  );
}

function Order({ id }: { id: string }) {
  const asked = useAsk(show_milestone_dependencies, { path: { milestone_id: id } });
  return (
    <Panel title={say('milestone.order')}>
      <Shown of={asked}>
        {(data) => (
          <>
            <Neighbours title={say('milestone.comes_after')} rows={data.comes_after ?? []} none={say('milestone.first')} />
            <Neighbours title={say('milestone.comes_before')} rows={data.comes_before ?? []} none={say('milestone.last')} />
          </>
        )}
      </Shown>
    </Panel>
  );
}

/* ---- what is billed of it ---- */

const periodColumns = (): Column<Period>[] => [
  { title: say('milestone.period'), show: (row) => days(row.start_day, row.end_day), plain: (row) => `${row.start_day} – ${row.end_day}` },
  { title: say('milestone.bill_day'), show: (row) => day(row.bill_day), plain: (row) => row.bill_day },
  { title: say('common.amount'), number: true, show: (row) => money(row.net), plain: (row) => row.net },
  { title: say('milestone.invoice'), show: (row) => (row.invoice_id ? <a href={`/invoices/${row.invoice_id}`}>{say('common.open')}</a> : '–'), plain: (row) => row.invoice_id },
];

function Periods({ id }: { id: string }) {
  const asked = useAsk(show_billing_schedule, { path: { milestone_id: id } });
  return <Panel title={say('milestone.periods')} flush><Shown of={asked}>{(data) => <Table name={say('milestone.periods')} columns={periodColumns()} rows={data.periods ?? []} />}</Shown></Panel>;
}

function Dates({ milestone }: { milestone: Milestone }) {
  const zone = useEngagement(milestone.engagement_id)?.time_zone;
  const moved = milestone.planned_due_day && milestone.planned_due_day !== milestone.due_day;
  return (
    <Figures rows={[
      { name: say('milestone.price'), value: money(milestone.price), below: milestone.reduction?.amount ? say('milestone.reduced', { amount: money(milestone.reduction) }) : taxOf(milestone) },
      { name: say('milestone.due'), value: day(milestone.due_day), below: isAccepted(milestone) ? undefined : distance(milestone.due_day, zone) },
      { name: say('milestone.planned_day'), value: day(milestone.planned_due_day ?? milestone.due_day), below: moved ? say('milestone.moved') : say('milestone.as_agreed') },
      { name: say('milestone.billing'), value: <State of="milestone" value={milestone.billing} /> },
    ]} />
  );
}

function Content({ milestone }: { milestone: Milestone }) {
  const id = milestone.id!;
  const known = useCriteria(milestone.engagement_id);
  const rounds = useAll(list_submissions, { path: { milestone_id: id } });
  const within = { path: { engagement_id: milestone.engagement_id! }, query: { milestone_id: id } };
  const defects = useAll(list_defects, within).data?.items ?? [];
  const reductions = useAll(list_price_reductions, within).data?.items ?? [];
  return (
    <>
      <Next milestone={milestone} rounds={rounds.data?.items ?? []} />
      <Dates milestone={milestone} />
      <div class="split">
        <div class="stack">
          <Agreed milestone={milestone} known={known} />
          <Panel title={say('submission.rounds')} flush>
            <Shown of={rounds}>
              {(data) => (data.items?.length
                ? <Table name={say('submission.rounds')} columns={roundColumns()} rows={data.items.toReversed()} />
                : <Empty icon={PackageCheck} title={say('submission.none_title')} text={say('submission.none_text')} />)}
            </Shown>
          </Panel>
          {defects.length > 0 && <Panel title={say('defect.title')} flush><DefectTable rows={defects} known={known} /></Panel>}
          {reductions.length > 0 && <Panel title={say('reduction.title')} flush><ReductionTable rows={reductions} /></Panel>}
          {milestone.pricing === 'recurring' && <Periods id={id} />}
          <ProgressPanel milestone={milestone} />
        </div>
        <div class="stack">
          <Order id={id} />
          <Panel title={say('milestone.facts')}>
            <Facts facts={[
              [say('milestone.start'), day(milestone.start_day)],
              [sayOne('field', 'pricing'), sayOne('value', milestone.pricing ?? 'fixed')],
              [sayOne('field', 'tax_category'), sayOne('value', milestone.tax_category ?? '')],
              ...(milestone.reduction_reason ? [[say('reduction.reason'), milestone.reduction_reason] as [string, string]] : []),
            ]} />
          </Panel>
          <Comments engagement_id={milestone.engagement_id!} subject_kind="milestone" subject_id={id} />
        </div>
      </div>
    </>
  );
}

export default function MilestonePage({ id }: { id: string }) {
  const asked = useAsk(show_milestone, { path: { milestone_id: id } });
  const milestone = asked.data;
  return (
    <Within tab="/plan" title={milestone ? `${milestone.code} ${milestone.title}` : ''} engagement_id={milestone?.engagement_id} state={<State of="milestone" value={milestone?.state} />}
      acts={milestone && <Acts milestone={milestone} version={asked.version} />}>
      <Shown of={asked}>{(data) => <Content milestone={data} />}</Shown>
    </Within>
  );
}
