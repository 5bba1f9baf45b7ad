/* The contract: drawn up, signed by both sides, in force. */
import { Signature as Pen } from 'lucide';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient, viewer } from '../../api/session';
import { Empty, Facts, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { moment, money, say, type Key } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { Position } from '../engagement/overview';
import { nameOf } from './changes';
import { Next } from './next';
import { PlanPanels } from './plan';
import { isMyTurn, nextSigner, PaperPanel, SendToSigners, Sign, SignaturesPanel } from './signing';

type Contract = components['schemas']['contract'];

const words: Record<string, Key> = {
  draft: 'contract.draft', out_for_signature: 'contract.waits', partly_signed: 'contract.waits', active: 'contract.active', suspended: 'contract.suspended',
  completed: 'contract.completed', terminated: 'contract.terminated', declined: 'contract.declined',
};

interface ViewProps { contract: Contract; version: string | undefined }

function NextStep({ contract, version, hash }: ViewProps & { hash: string | null | undefined }) {
  const path = { contract_id: contract.id! };
  const isOut = contract.state === 'out_for_signature' || contract.state === 'partly_signed';
  const isMine = isOut && isMyTurn(contract.signatures);
  const isDraft = contract.state === 'draft';
  const isAsked = (contract.signatures ?? []).some((one) => one.state === 'pending' && one.signer_id === viewer()?.id);
  return (
    <Next title={say(isMine ? 'contract.your_turn' : words[contract.state ?? ''] ?? 'contract.title', { name: nextSigner(contract.signatures)?.name })}
      text={contract.reason ?? (isMine ? say('contract.read_first') : null)}>
      {isDraft && !isClient() && <SendToSigners of={operations.send_contract} path={path} version={version} engagementId={contract.engagement_id!} />}
      <Act of={operations.change_contract} path={path} version={version} when={isDraft} row={{ terms: contract.plan.terms }} around={{ currency: contract.currency ?? undefined }} />
      {isMine && hash && <Sign of={operations.sign_contract} path={path} version={version} hash={hash} what={say('contract.in_words', { number: contract.number })} />}
      {contract.state === 'declined' && <a class="button" href={`/engagements/${contract.engagement_id}/proposals`}>{say('contract.to_proposals')}</a>}
      <Act of={operations.decline_contract} path={path} version={version} when={isOut && (isAsked || !isClient())} tone="bad" {...(isAsked ? {} : { text: say('contract.take_back') })} />
    </Next>
  );
}

function Story({ contract }: { contract: Contract }) {
  return (
    <Panel title={say('proposal.story')}>
      <Facts facts={[
        [say('common.state'), <State of="contract" value={contract.state} />],
        [say('contract.number'), contract.number ?? say('contract.no_number')],
        [say('contract.sum'), <strong>{money(contract.sum)}</strong>],
        [say('contract.sent'), moment(contract.sent_at)],
        [say('contract.in_force'), moment(contract.active_at)],
        ...(contract.ended_at ? [[say('contract.ended'), moment(contract.ended_at)] as [string, string]] : []),
        [say('contract.from'), <a href={`/proposals/${contract.proposal_id}`}>{say('contract.proposal')}</a>],
      ]} />
    </Panel>
  );
}

/* The paper stays as it was signed; what changed it since is told beside it. */
function ChangedSince({ contract }: { contract: Contract }) {
  const applied = useAll(operations.list_change_orders, { path: { engagement_id: contract.engagement_id! }, query: { state: 'applied' } });
  const orders = applied.data?.items ?? [];
  if (orders.length === 0) return null;
  return (
    <div class="note">
      <span>{say('contract.changed_since', { count: orders.length })}</span>
      <ul class="row">{orders.map((one) => <li><a href={`/change-orders/${one.id}`}>{nameOf(one)} · {one.title}</a></li>)}</ul>
    </div>
  );
}

const isAgreed = (contract: Contract) => ['active', 'suspended', 'completed', 'terminated'].includes(contract.state ?? '');

export function ContractView({ contract, version }: ViewProps) {
  const isFrozen = contract.state !== 'draft';
  const text = useAsk(operations.show_contract_text, isFrozen ? { path: { contract_id: contract.id! } } : null);
  const paper = isAgreed(contract) ? operations.show_signed_contract_paper : operations.show_contract_paper;
  return (
    <>
      <NextStep contract={contract} version={version} hash={text.data?.document_hash} />
      {isAgreed(contract) && <><ChangedSince contract={contract} /><Position id={contract.engagement_id!} /></>}
      <div class="split">
        <div class="stack">
          {isFrozen && <PaperPanel title={say('contract.document')} of={paper} id={contract.id!} text={text.data} />}
          <PlanPanels plan={contract.plan} engagementId={contract.engagement_id} />
        </div>
        <div class="stack"><Story contract={contract} /><SignaturesPanel signatures={contract.signatures ?? []} /></div>
      </div>
    </>
  );
}

export default function ContractPage({ id }: { id: string }) {
  const asked = useAsk(operations.show_contract, { path: { contract_id: id } });
  const contract = asked.data;
  if (!contract) return <Page title={say('contract.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={contract.engagement_id!} tab="/contract" title={contract.number ? say('contract.name', { number: contract.number }) : say('contract.title')}>
      {() => <ContractView contract={contract} version={asked.version} />}
    </EngagementFrame>
  );
}

/* ---- the page of the engagement: the contract that counts, or the way to one ---- */

function One({ id }: { id: string }) {
  const asked = useAsk(operations.show_contract, { path: { contract_id: id } });
  return <Shown of={asked}>{(contract) => <ContractView contract={contract} version={asked.version} />}</Shown>;
}

function None({ id, isReady }: { id: string; isReady: boolean }) {
  return (
    <Panel>
      <Empty icon={Pen} title={say('contract.none_title')} text={say(isReady ? 'contract.none_ready' : 'contract.none_text')}>
        <Act of={operations.create_contract} path={{ engagement_id: id }} when={isReady} tone="strong" />
        {!isReady && <a href={`/engagements/${id}/proposals`}>{say('contract.to_proposals')}</a>}
      </Empty>
    </Panel>
  );
}

export function ContractTab({ id }: { id: string }) {
  const contracts = useAll(operations.list_contracts, { path: { engagement_id: id } });
  const rank = (contract: Contract) => (contract.state === 'declined' ? 1 : 0);
  return (
    <EngagementFrame id={id} title={say('engagement.contract')}>
      {(engagement) => (
        <Shown of={contracts}>
          {(data) => {
            const sorted = [...data.items ?? []].sort((one, other) => rank(one) - rank(other) || (other.created_at ?? '').localeCompare(one.created_at ?? ''));
            const [first, ...rest] = sorted;
            return (
              <>
                {(!first || (first.state === 'declined' && engagement.state === 'contracting')) && <None id={id} isReady={engagement.state === 'contracting'} />}
                {first && <One id={first.id!} />}
                {rest.length > 0 && (
                  <Panel title={say('contract.earlier')}>
                    <ul class="stack tight">{rest.map((one) => <li class="row"><a href={`/contracts/${one.id}`}>{one.number ?? say('contract.title')}</a><State of="contract" value={one.state} /></li>)}</ul>
                  </Panel>
                )}
              </>
            );
          }}
        </Shown>
      )}
    </EngagementFrame>
  );
}
