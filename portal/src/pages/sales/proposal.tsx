/* One revision of the proposal, as both sides read it, and what each can do with it. */
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { ask } from '../../api/ask';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { somethingChanged } from '../../api/kept';
import { useAll, useAsk } from '../../api/query';
import { isClient, may } from '../../api/session';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { day, dayOf, distance, moment, money, say, sayOne, type Key } from '../../messages';
import { Comments } from '../../parts/comments';
import { EngagementFrame } from '../engagement/frame';
import { Next } from './next';
import { aboutSending, PlanPanels } from './plan';
import { Revisions } from './revisions';
import { canSettle, difference, SettleForm } from './settle';
import { restOf } from './sums';

type Proposal = components['schemas']['proposal'];

const isOpen = (proposal: Proposal) => proposal.state === 'sent' || proposal.state === 'viewed';

/* The agency learns that it was read. */
function useReading(proposal: Proposal | undefined) {
  const isNew = proposal?.state === 'sent' && isClient() && may(operations.view_proposal);
  useEffect(() => {
    if (isNew) ask(operations.view_proposal, { path: { proposal_id: proposal!.id! } }).then(somethingChanged, () => null);
  }, [isNew, proposal?.id]);
}

/* ---- what to do now ---- */

const clientWords: Record<string, Key> = {
  sent: 'proposal.client_open', viewed: 'proposal.client_open', accepted: 'proposal.client_accepted', change_requested: 'proposal.client_waits',
  declined: 'proposal.declined', expired: 'proposal.expired', superseded: 'proposal.superseded', withdrawn: 'proposal.withdrawn',
};
const agencyWords: Record<string, Key> = {
  draft: 'proposal.agency_draft', sent: 'proposal.agency_sent', viewed: 'proposal.agency_viewed', accepted: 'proposal.agency_accepted',
  change_requested: 'proposal.agency_change', declined: 'proposal.declined', expired: 'proposal.expired', superseded: 'proposal.superseded', withdrawn: 'proposal.withdrawn',
};

interface StepProps { proposal: Proposal; version: string | undefined; isUndone: boolean } // undone: accepted, but its contract was declined

function ClientActs({ proposal, version }: { proposal: Proposal; version: string | undefined }) {
  const path = { proposal_id: proposal.id! };
  const when = isOpen(proposal);
  return (
    <>
      <Act of={operations.accept_proposal} path={path} version={version} when={when} tone="strong" />
      <Act of={operations.request_change} path={path} version={version} when={when} />
      <Act of={operations.decline_proposal} path={path} version={version} when={when} tone="bad" />
    </>
  );
}

function AgencyActs({ proposal, version, maySend, isUndone, isSigned }: StepProps & { maySend: boolean; isSigned: boolean }) {
  const { route } = useLocation();
  const path = { proposal_id: proposal.id! };
  const is = (...states: string[]) => states.includes(proposal.state ?? '');
  const engagement = `/engagements/${proposal.engagement_id}`;
  return (
    <>
      <Act of={operations.send_proposal} path={path} version={version} when={is('draft') && maySend} tone="strong" about={aboutSending('send_proposal', proposal.plan)} />
      <Act of={operations.settle_proposal} path={path} version={version} when={is('draft') && canSettle(proposal.plan)}>
        {(value, set, wrong) => <SettleForm plan={proposal.plan} value={value} set={set} wrong={wrong} />}
      </Act>
      {is('draft') && may(operations.change_proposal) && <a class="button" href={`/proposals/${proposal.id}/edit`}>{say('proposal.edit')}</a>}
      {is('accepted') && !isUndone && !isSigned && may(operations.create_contract) && <a class="button strong" href={`${engagement}/contract`}>{say('proposal.to_contract')}</a>}
      <Act of={operations.revise_proposal} path={path} version={version} when={is('sent', 'viewed', 'change_requested', 'declined', 'expired', 'withdrawn') || isUndone}
        tone={is('change_requested') || isUndone ? 'strong' : undefined} done={(made) => route(`/proposals/${made.id}/edit`)} />
      <Act of={operations.record_acceptance} path={path} version={version} when={isOpen(proposal)} />
      <Act of={operations.withdraw_proposal} path={path} version={version} when={is('draft', 'sent', 'viewed')} tone="bad" />
    </>
  );
}

function NextStep({ proposal, version, isUndone, zone }: StepProps & { zone: string | null }) {
  const state = proposal.state ?? '';
  const signed = useAll(operations.list_contracts, state === 'accepted' ? { path: { engagement_id: proposal.engagement_id! } } : null).data?.items?.find((one) => one.proposal_id === proposal.id && one.active_at);
  const all = useAll(operations.list_proposals, state === 'superseded' ? { path: { engagement_id: proposal.engagement_id! } } : null).data?.items ?? [];
  const latest = all.filter((one) => one.revision > proposal.revision).toSorted((one, other) => other.revision - one.revision)[0];
  const words = isUndone ? 'proposal.undone' : signed ? 'proposal.is_contract' : (isClient() ? clientWords : agencyWords)[state];
  const isDraft = state === 'draft';
  const set = useAsk(operations.show_requirement_set, isDraft ? { path: { engagement_id: proposal.engagement_id! } } : null);
  if (!words) return null;
  const waits = isDraft && set.data?.is_confirmed === false;
  const isOff = isDraft && !!restOf(proposal.plan);
  return (
    <Next title={say(words, { day: day(dayOf(signed?.active_at, zone)) })} text={isOff ? `${say('proposal.off')} ${difference(proposal.plan)}` : waits ? say('proposal.unconfirmed') : isOpen(proposal) ? say('proposal.until', { day: day(proposal.valid_until_day), distance: distance(proposal.valid_until_day, zone) }) : proposal.reason}>
      {latest && <a class="button strong" href={`/proposals/${latest.id}`}>{say('proposal.name', { revision: latest.revision })}</a>}
      {signed && <a class="button" href={`/contracts/${signed.id}`}>{say('contract.name', { number: signed.number })}</a>}
      {waits && <a class="button strong" href={`/engagements/${proposal.engagement_id}/requirements`}>{say('proposal.to_requirements')}</a>}
      {isClient() ? <ClientActs proposal={proposal} version={version} /> : <AgencyActs proposal={proposal} version={version} maySend={!waits && !isOff} isUndone={isUndone} isSigned={!!signed} />}
    </Next>
  );
}

/* ---- the other revisions ---- */

function Earlier({ proposal }: { proposal: Proposal }) {
  const { from } = useLocation().query;
  const all = useAll(operations.list_proposals, { path: { engagement_id: proposal.engagement_id! } });
  const compared = useAsk(operations.compare_proposals, from ? { path: { proposal_id: proposal.id! }, query: { from_id: from } } : null);
  return <Revisions of="proposal" earlier={(all.data?.items ?? []).filter((one) => one.revision < proposal.revision)} compared={compared} />;
}

function Story({ proposal }: { proposal: Proposal }) {
  const facts: [string, string][] = [
    [say('proposal.valid_until'), day(proposal.valid_until_day)],
    [say('proposal.sent'), moment(proposal.sent_at)],
    [say('proposal.read'), moment(proposal.viewed_at)],
    [say('proposal.decided'), moment(proposal.decided_at)],
  ];
  return (
    <Panel title={say('proposal.story')}>
      <Facts facts={[[say('common.state'), <State of="proposal" value={proposal.state} />], [say('plan.total'), <strong>{money(proposal.total)}</strong>], ...facts]} />
      {proposal.proof && <Facts facts={[[sayOne('field', 'proof'), proposal.proof]]} />}
    </Panel>
  );
}

export default function ProposalPage({ id }: { id: string }) {
  const asked = useAsk(operations.show_proposal, { path: { proposal_id: id } });
  useReading(asked.data);
  const proposal = asked.data;
  if (!proposal) return <Page title={say('proposal.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={proposal.engagement_id!} tab="/proposals" title={say('proposal.name', { revision: proposal.revision })}>
      {(engagement) => (
        <>
          <NextStep proposal={proposal} version={asked.version} zone={engagement.time_zone}
            isUndone={proposal.state === 'accepted' && engagement.state === 'proposal'} />
          <Earlier proposal={proposal} />
          <div class="split">
            <div class="stack"><PlanPanels plan={proposal.plan} engagementId={proposal.engagement_id} /></div>
            <div class="stack">
              <Story proposal={proposal} />
              <Comments engagement_id={proposal.engagement_id!} subject_kind="proposal" subject_id={id} />
            </div>
          </div>
        </>
      )}
    </EngagementFrame>
  );
}
