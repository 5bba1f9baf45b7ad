/* One round of a milestone: what was handed over, the clock that runs, the client's review, and what became of it. */
import { Download, ExternalLink } from 'lucide';
import { list_approvals, list_disputes, open_dispute, show_milestone, show_submission, withdraw_submission } from '../../api/generated/operations';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Icon } from '../../design/icon';
import { Facts, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, dayOf, distance, moment, say, sayOne, sayState } from '../../messages';
import { ApprovalPanel } from './approval';
import { Objection } from './objection';
import { approvalsNeeded } from './review';
import { ReviewForm } from './review-form';
import { CriterionText, Signed, size, useCriteria, useTerms, Within, type Criterion, type Decision, type Milestone, type Submission, type Terms } from './shared';

/* ---- what was handed over ---- */

function Deliverables({ submission }: { submission: Submission }) {
  return (
    <Panel title={say('submission.handed_over')}>
      {submission.note && <p class="lines" dir="auto">{submission.note}</p>}
      <ul class="files">
        {(submission.deliverables ?? []).map((one) => (
          <li>
            <div>
              <strong dir="auto">{one.title}</strong>
              <div class="faint" dir="auto">{one.kind === 'file' ? `${one.name} · ${size(one.size)}` : one.link}</div>
              {one.hash && <div class="code faint">{`SHA-256 ${one.hash}`}</div>}
            </div>
            {one.kind === 'file'
              ? <a class="button small" href={`/api/v1/files/${one.file_id}/content`} download={one.name ?? ''}><Icon of={Download} />{say('common.download')}</a>
              : <a class="button small" href={one.link ?? ''} target="_blank" rel="noreferrer noopener"><Icon of={ExternalLink} />{say('common.open')}</a>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/* ---- the clock ---- */

function silence(terms: Terms | undefined) {
  if (!terms) return '–';
  return say(terms.silence === 'deemed' ? 'submission.silence_deemed' : 'submission.silence_none');
}

function Clock({ submission, terms }: { submission: Submission; terms: Terms | undefined }) {
  const isStopped = submission.disputed_at !== null && submission.state === 'submitted';
  const asked = submission.notices ?? [];
  return (
    <Panel title={say('submission.clock')}>
      {isStopped && <p class="note wait">{say('submission.clock_stopped', { count: submission.clock_days ?? 0, day: day(dayOf(submission.disputed_at, terms?.time_zone)) })}</p>}
      <Facts facts={[
        [say('submission.handed_over'), <Signed name={submission.submitted_by_name} at={submission.submitted_at} />],
        ...(isStopped || !submission.deadline_at ? [] : [[say('submission.answer_by'), submission.state === 'submitted' ? <><strong>{moment(submission.deadline_at, terms?.time_zone)}</strong><div class="faint">{distance(dayOf(submission.deadline_at, terms?.time_zone), terms?.time_zone)}</div></> : moment(submission.deadline_at, terms?.time_zone)] as [string, preact.ComponentChildren]]),
        [say('submission.if_silent'), silence(terms)],
        [say('submission.asked'), say('submission.asked_times', { count: asked.length, day: day(dayOf(asked.at(-1)?.sent_at, terms?.time_zone)) })],
      ]} />
      {terms?.notice_text && <p class="faint lines" dir="auto">{terms.notice_text}</p>}
    </Panel>
  );
}

/* ---- who has approved ---- */

function Approvals({ id, needed }: { id: string; needed: number }) {
  const given = useAll(list_approvals, { path: { submission_id: id } }).data?.items ?? [];
  return <ApprovalPanel needed={needed} given={given.map((one) => ({ ...one, note: one.reservations }))} />;
}

/* ---- what was decided ---- */

const decisionColumns = (known: Map<string, Criterion>): Column<Decision>[] => [
  { title: sayOne('field', 'criterion'), show: (row) => <><CriterionText code={row.criterion} known={known} />{row.note && <div dir="auto">{row.note}</div>}</>, plain: (row) => row.criterion },
  { title: say('review.verdict'), show: (row) => <span class={`badge ${row.met ? 'good' : 'bad'}`}>{say(row.met ? 'review.met' : 'review.not_met')}</span>, plain: (row) => say(row.met ? 'review.met' : 'review.not_met') },
  { title: say('defect.severity'), show: (row) => (row.met ? '–' : <State of="defect" value={row.severity} />), plain: (row) => (row.met ? null : sayOne('value', row.severity ?? '')) },
  { title: say('review.remedy_short'), show: (row) => (row.remedy ? <>{sayOne('value', row.remedy)}{row.carry_to && <div class="faint">{row.carry_to}</div>}</> : '–'), plain: (row) => row.remedy && sayOne('value', row.remedy) },
  { title: say('defect.correct_by'), show: (row) => day(row.correct_by_day), plain: (row) => row.correct_by_day },
];

export function Decisions({ decisions, known }: { decisions: Decision[]; known: Map<string, Criterion> }) {
  return <Table name={say('review.decisions')} columns={decisionColumns(known)} rows={decisions} />;
}

function Decided({ submission, version, milestone, known }: { submission: Submission; version: string | undefined; milestone: Milestone; known: Map<string, Criterion> }) {
  const isRejected = submission.state === 'rejected';
  return (
    <>
      <div class={`note ${isRejected ? 'bad' : submission.state === 'withdrawn' ? '' : 'good'}`}>
        <strong>{sayState('submission', submission.state)}{submission.decided_by_name && ` · ${say('common.by', { name: submission.decided_by_name })}`} {submission.decided_at && `· ${moment(submission.decided_at)}`}</strong>
        {submission.reason && <span class="lines" dir="auto">{submission.reason}</span>}
        {submission.state === 'deemed_accepted' && <span>{say('submission.was_deemed')}</span>}
        <Objection submission={submission} version={version} />
        {!isRejected && submission.state !== 'withdrawn' && milestone.certificate_id && <div class="row"><a href={`/certificates/${milestone.certificate_id}`}>{say('milestone.certificate')}</a>{milestone.invoice_id && <a href={`/invoices/${milestone.invoice_id}`}>{say('milestone.invoice')}</a>}</div>}
      </div>
      {submission.decisions && submission.decisions.length > 0 && <Panel title={say('review.decisions')} flush><Decisions decisions={submission.decisions} known={known} /></Panel>}
    </>
  );
}

/* ---- the page ---- */

function Review({ submission, version, milestone, terms, known }: { submission: Submission; version: string | undefined; milestone: Milestone; terms: Terms; known: Map<string, Criterion> }) {
  const approvals = useAll(list_approvals, { path: { submission_id: submission.id! } });
  const mine = approvals.data?.items?.find((one) => one.approved_by === viewer()?.id);
  if (!approvals.data) return null;
  if (mine) return <p class="note good">{say('approval.yours', { at: moment(mine.approved_at) })}</p>;
  const given = approvals.data.items ?? [];
  return (
    <ReviewForm key={submission.id} submission={submission} version={version} milestone={milestone} terms={terms} known={known}
      decided={given[0]?.decisions ?? []} missing={approvalsNeeded(terms, milestone) - given.length} />
  );
}

function Content({ submission, version, milestone }: { submission: Submission; version: string | undefined; milestone: Milestone }) {
  const known = useCriteria(submission.engagement_id);
  const terms = useTerms(milestone.contract_id);
  const disputes = useAll(list_disputes, { path: { engagement_id: submission.engagement_id! }, query: { submission_id: submission.id! } }).data?.items ?? [];
  const open = disputes.find((one) => one.state === 'open');
  const isOpen = submission.state === 'submitted';
  const mayDecide = viewer()?.role === 'approver';
  return (
    <div class="split">
      <div class="stack">
        {open && <div class="note wait"><strong>{say(open.kind === 'objection' ? 'objection.by' : 'dispute.is_open', { name: open.opened_by_name })}</strong><span class="lines" dir="auto">{open.reason}</span><a href={`/disputes/${open.id}`}>{say('dispute.see')}</a></div>}
        {!isOpen && <Decided submission={submission} version={version} milestone={milestone} known={known} />}
        <Deliverables submission={submission} />
        {isOpen && !open && mayDecide && terms && <Review submission={submission} version={version} milestone={milestone} terms={terms} known={known} />}
        {isOpen && !mayDecide && (
          <Panel title={say('milestone.criteria')}>
            <ul class="dots">{[...milestone.criteria ?? [], ...milestone.carried_criteria ?? []].map((code) => <li><CriterionText code={code} known={known} /></li>)}</ul>
            <p class="soft">{say('submission.waits_for_client')}</p>
          </Panel>
        )}
      </div>
      <div class="stack">
        <Clock submission={submission} terms={terms} />
        {terms && <Approvals id={submission.id!} needed={approvalsNeeded(terms, milestone)} />}
        {disputes.filter((one) => one.state !== 'open').map((one) => <a href={`/disputes/${one.id}`}>{say('dispute.ended', { state: sayState('dispute', one.state) })}</a>)}
      </div>
    </div>
  );
}

export default function SubmissionPage({ id }: { id: string }) {
  const asked = useAsk(show_submission, { path: { submission_id: id } });
  const submission = asked.data;
  const milestone = useAsk(show_milestone, submission ? { path: { milestone_id: submission.milestone_id! } } : null);
  const path = { submission_id: id };
  const isFree = submission?.state === 'submitted' && !submission.disputed_at;
  return (
    <Within tab="/acceptance" engagement_id={submission?.engagement_id} milestone={milestone.data} state={<State of="submission" value={submission?.state} />}
      title={milestone.data && submission ? say('submission.title', { milestone: `${milestone.data.code} ${milestone.data.title}`, number: submission.round }) : ''}
      acts={submission && (
        <>
          <Act of={open_dispute} path={path} version={asked.version} when={isFree} tone="plain" />
          <Act of={withdraw_submission} path={path} version={asked.version} when={isFree} tone="bad" />
        </>)}>
      <Shown of={asked}>{(data) => <Shown of={milestone}>{(one) => <Content submission={data} version={asked.version} milestone={one} />}</Shown>}</Shown>
    </Within>
  );
}
