/* Everything about acceptance of one engagement: rounds, defects, disputes and price reductions. */
import { ClipboardCheck } from 'lucide';
import { list_defects, list_disputes, list_milestones, list_price_reductions, list_submissions } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { moment, money, say, sayOne, sayState } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { DefectTable } from './defects';
import { ReductionTable } from './reductions';
import { untilOf, useCriteria, useMilestones, useTerms, type Milestone, type Submission } from './shared';

type Dispute = components['schemas']['dispute'];

const shown = ['in_progress', 'submitted', 'accepted', 'deemed_accepted', 'rejected', 'rework'];

/* A milestone's last round, asked for where there is one. */
function Round({ milestone }: { milestone: Milestone }) {
  const rounds = useAll(list_submissions, milestone.round ? { path: { milestone_id: milestone.id! } } : null).data?.items ?? [];
  const last = rounds.at(-1) as Submission | undefined;
  const terms = useTerms(milestone.contract_id);
  return (
    <li>
      <div>
        <a href={`/milestones/${milestone.id}`}><strong>{milestone.code}</strong> {milestone.title}</a>
        <div class="faint">{last?.state === 'submitted' && last.deadline_at ? untilOf(last, terms) : last?.decided_at ? moment(last.decided_at) : ''}</div>
      </div>
      <State of="milestone" value={milestone.state} />
      <span class="row">
        {rounds.map((round) => <a href={`/submissions/${round.id}`} aria-label={say('acceptance.round_of', { code: milestone.code, number: round.round })} title={sayOne('value', round.state ?? '')}>{say('submission.round_number', { number: round.round })}</a>)}
        {milestone.certificate_id && <a href={`/certificates/${milestone.certificate_id}`}>{say('milestone.certificate')}</a>}
      </span>
      <span class="number">{money(milestone.price)}</span>
    </li>
  );
}

const disputeColumns = (milestones: Milestone[]): Column<Dispute>[] => [
  { title: say('dispute.one'), show: (row) => <><a href={`/disputes/${row.id}`}><strong dir="auto">{row.reason}</strong></a>{row.kind === 'objection' && <div class="faint">{say('objection.one')}</div>}</>, plain: (row) => row.reason },
  { title: say('milestone.title'), show: (row) => milestones.find((one) => one.id === row.milestone_id)?.code, plain: (row) => milestones.find((one) => one.id === row.milestone_id)?.code },
  { title: say('common.state'), show: (row) => <State of="dispute" value={row.state} />, plain: (row) => sayState('dispute', row.state) },
  { title: say('dispute.since'), show: (row) => <>{row.opened_by_name}<div class="faint">{moment(row.opened_at)}</div></>, plain: (row) => row.opened_at },
];

function Content({ id }: { id: string }) {
  const path = { engagement_id: id };
  const asked = useAll(list_milestones, { path });
  const milestones = useMilestones(id);
  const known = useCriteria(id);
  const defects = useAll(list_defects, { path });
  const disputes = useAll(list_disputes, { path });
  const reductions = useAll(list_price_reductions, { path });
  const count = (rows: { state: string | null }[] | null | undefined, ...states: string[]) => (rows ?? []).filter((row) => states.includes(row.state ?? '')).length;
  const begun = milestones.filter((one) => shown.includes(one.state ?? ''));
  return (
    <>
      <Figures rows={[
        { name: say('acceptance.waiting'), value: count(milestones, 'submitted') },
        { name: say('acceptance.accepted'), value: say('acceptance.of', { done: count(milestones, 'accepted', 'deemed_accepted'), all: milestones.filter((one) => one.state !== 'cancelled').length }) },
        { name: say('acceptance.open_defects'), value: count(defects.data?.items, 'open', 'corrected') },
        { name: say('acceptance.open_disputes'), value: count(disputes.data?.items, 'open') },
      ]} />
      <Panel title={say('acceptance.rounds')} flush>
        <Shown of={asked}>
          {() => (begun.length > 0
            ? <ul class="rounds">{begun.map((milestone) => <Round milestone={milestone} />)}</ul>
            : <Empty icon={ClipboardCheck} title={say('acceptance.none_title')} text={say('acceptance.none_text')} />)}
        </Shown>
      </Panel>
      <Panel title={say('defect.title')} flush>
        <Shown of={defects}>{(data) => (data.items?.length ? <DefectTable rows={data.items} known={known} /> : <Empty title={say('defect.none_title')} text={say('defect.none_text')} />)}</Shown>
      </Panel>
      {(disputes.data?.items?.length ?? 0) > 0 && <Panel title={say('dispute.title')} flush><Table name={say('dispute.title')} columns={disputeColumns(milestones)} rows={disputes.data?.items ?? []} /></Panel>}
      {(reductions.data?.items?.length ?? 0) > 0 && <Panel title={say('reduction.title')} flush><ReductionTable rows={reductions.data?.items ?? []} /></Panel>}
    </>
  );
}

export default function Acceptance({ id }: { id: string }) {
  return <EngagementFrame id={id} title={say('engagement.acceptance')}>{() => <Content id={id} />}</EngagementFrame>;
}
