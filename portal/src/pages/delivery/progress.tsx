/* What is done of a milestone that is billed by progress: shares that were claimed, and what was said to each. */
import {
  accept_progress_claim, claim_progress, list_progress_approvals, list_progress_claims, reject_progress_claim, show_milestone, show_progress_claim, withdraw_progress_claim,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { moment, money, percent, say, sayState } from '../../messages';
import { ApprovalPanel } from './approval';
import { approvalsNeeded } from './review';
import { useTerms, Within, type Milestone } from './shared';

type Claim = components['schemas']['progress_claim'];

type Approval = components['schemas']['progress_approval'];

/* Whoever has approved it waits for the others, and may still reject it. */
function ClaimActs({ claim, given }: { claim: Claim; given: Approval[] }) {
  const isMine = given.some((one) => one.approved_by === viewer()?.id);
  const common = { path: { progress_claim_id: claim.id! }, version: versionOf(claim), when: claim.state === 'claimed' };
  return (
    <>
      <Act of={withdraw_progress_claim} {...common} tone="plain" />
      <Act of={reject_progress_claim} {...common} tone="bad" />
      <Act of={accept_progress_claim} {...common} tone="strong" when={common.when && !isMine} />
    </>
  );
}

const share = (claim: Claim) => say('progress.share', { from: percent(claim.before_ppm, 2), to: percent(claim.percent_ppm, 2) });

const columns = (): Column<Claim>[] => [
  { title: say('progress.claim'), show: (row) => <a href={`/progress-claims/${row.id}`}><strong>{share(row)}</strong></a>, plain: share },
  { title: say('common.state'), show: (row) => <State of="progress_claim" value={row.state} />, plain: (row) => sayState('progress_claim', row.state) },
  { title: say('progress.claimed'), show: (row) => <>{row.claimed_by_name}<div class="faint">{moment(row.claimed_at)}</div></>, plain: (row) => row.claimed_at },
  { title: say('common.amount'), number: true, show: (row) => money(row.net), plain: (row) => row.net },
];

export function ProgressPanel({ milestone }: { milestone: Milestone }) {
  const path = { milestone_id: milestone.id! };
  const claims = useAll(list_progress_claims, milestone.pricing === 'progress' ? { path } : null);
  if (milestone.pricing !== 'progress') return null;
  const rows = claims.data?.items ?? [];
  const mayClaim = milestone.state === 'in_progress' && !rows.some((row) => row.state === 'claimed');
  return (
    <Panel title={say('progress.title')} flush acts={<Act of={claim_progress} path={path} small when={mayClaim} />}>
      <Shown of={claims}>
        {() => (rows.length > 0 ? <Table name={say('progress.title')} columns={columns()} rows={rows} /> : <Empty title={say('progress.none_title')} text={say('progress.none_text')} />)}
      </Shown>
    </Panel>
  );
}

export default function ProgressPage({ id }: { id: string }) {
  const asked = useAsk(show_progress_claim, { path: { progress_claim_id: id } });
  const claim = asked.data;
  const milestone = useAsk(show_milestone, claim ? { path: { milestone_id: claim.milestone_id! } } : null).data;
  const terms = useTerms(milestone?.contract_id);
  const given = useAll(list_progress_approvals, { path: { progress_claim_id: id } }).data?.items ?? [];
  const mine = claim?.state === 'claimed' && given.find((one) => one.approved_by === viewer()?.id);
  return (
    <Within tab="/acceptance" engagement_id={claim?.engagement_id} milestone={milestone} title={claim && milestone ? say('progress.of', { code: milestone.code, share: share(claim) }) : say('progress.claim')} state={<State of="progress_claim" value={claim?.state} />}
      acts={claim && <ClaimActs claim={claim} given={given} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            <Figures rows={[
              { name: say('progress.done'), value: percent(data.percent_ppm, 2), below: say('progress.before', { before: percent(data.before_ppm, 2) }) },
              { name: say('progress.bills'), value: money(data.net) },
              { name: say('milestone.price'), value: money(milestone?.price) },
            ]} />
            {mine && <p class="note good">{say('approval.yours', { at: moment(mine.approved_at) })}</p>}
            {terms && milestone && <ApprovalPanel needed={approvalsNeeded(terms, milestone)} given={given} />}
            <Panel title={say('progress.claimed')}>
              <p class="faint">{data.claimed_by_name} · {moment(data.claimed_at)}</p>
              {data.note && <p class="lines" dir="auto">{data.note}</p>}
              {data.decided_at && <p class="faint">{data.decided_by_name} · {moment(data.decided_at)}</p>}
              {data.reason && <p class="lines" dir="auto">{data.reason}</p>}
              {data.state === 'accepted' && !data.invoice_id && <p>{say('progress.with_month')}</p>}
              {data.invoice_id && <p><a href={`/invoices/${data.invoice_id}`}>{say('progress.invoice')}</a></p>}
            </Panel>
          </>
        )}
      </Shown>
    </Within>
  );
}
