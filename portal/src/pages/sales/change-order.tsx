/* One change order: what it would do, seen alike by both sides, and the signature of each. */
import { useLocation } from 'preact-iso';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { may, viewer } from '../../api/session';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { day, dayOf, distance, moment, money, say, type Key } from '../../messages';
import { useRefusals } from '../../messages/refusals';
import { Why } from '../../parts/why';
import { EngagementFrame } from '../engagement/frame';
import { nameOf } from './changes';
import { EffectFigures, EffectProblems, EffectTables, isMispriced, signed } from './effect';
import { Next } from './next';
import { aboutSending, PlanPanels } from './plan';
import { Revisions } from './revisions';
import { Settle } from './settle';
import { isMyTurn, nextSigner, PaperPanel, SendToSigners, Sign, SignaturesPanel } from './signing';

type Order = components['schemas']['change_order'];

const words: Record<string, Key> = {
  draft: 'change.draft', proposed: 'change.waits', partly_signed: 'change.waits', approved: 'change.approved', applied: 'change.applied',
  declined: 'change.declined', withdrawn: 'change.withdrawn', expired: 'change.expired', superseded: 'change.superseded', lapsed: 'change.lapsed',
};

function NextStep({ order, zone, version, hash }: { order: Order; zone: string | null; version: string | undefined; hash: string | null | undefined }) {
  const { route } = useLocation();
  const sayRefusal = useRefusals();
  const path = { change_order_id: order.id! };
  const is = (...states: string[]) => states.includes(order.state ?? '');
  const isOut = is('proposed', 'partly_signed');
  const isMine = isOut && !order.is_stale && isMyTurn(order.signatures);
  const amPending = isOut && (order.signatures ?? []).some((one) => one.state === 'pending' && one.signer_id === viewer()?.id);
  const title = order.is_stale && (isOut || is('draft')) ? say('change.is_stale')
    : say(isMine ? 'change.your_turn' : words[order.state ?? ''] ?? 'change.title', { name: nextSigner(order.signatures)?.name, day: day(order.start_day) });
  const reason = is('lapsed') ? sayRefusal(order.reason ?? '') ?? order.reason : order.reason; // people wrote it, but not why it lapsed
  const text = reason ?? (isOut ? say('proposal.until', { day: day(order.valid_until_day), distance: distance(order.valid_until_day, zone) }) : null);
  return (
    <Next title={title} text={text}>
      {is('draft') && !order.is_stale && may(operations.propose_change_order) && <SendToSigners of={operations.propose_change_order} path={path} version={version} engagementId={order.engagement_id!} about={aboutSending('propose_change_order', order.plan)} />}
      {is('draft') && may(operations.change_change_order) && <a class="button" href={`/change-orders/${order.id}/edit`}>{say('proposal.edit')}</a>}
      {isMine && hash && <Sign of={operations.sign_change_order} path={path} version={version} hash={hash} what={say('change.in_words', { number: order.number })} />}
      <Act of={operations.revise_change_order} path={path} version={version} tone={order.is_stale ? 'strong' : undefined}
        when={is('proposed', 'partly_signed', 'declined', 'expired', 'lapsed', 'withdrawn') || (is('draft') && order.is_stale)} done={(made) => route(`/change-orders/${made.id}/edit`)} />
      <Act of={operations.decline_change_order} path={path} version={version} when={amPending} tone="bad" />
      <Act of={operations.withdraw_change_order} path={path} version={version} when={is('draft', 'proposed', 'partly_signed')} tone="bad" />
    </Next>
  );
}

function Story({ order, zone }: { order: Order; zone: string | null }) {
  return (
    <Panel title={say('proposal.story')}>
      <Facts facts={[
        [say('common.state'), <State of="change_order" value={order.state} />],
        [say('change.change'), <strong>{signed(order.change)}</strong>],
        [say('change.sum_before'), money(order.sum_before)],
        [say('change.sum_after'), money(order.sum_after)],
        [say('change.starts'), order.start_day ? day(order.start_day) : order.applied_at ? day(dayOf(order.applied_at, zone)) : say('change.at_once')],
        [say('proposal.valid_until'), day(order.valid_until_day)],
        [say('change.proposed'), moment(order.proposed_at)],
        [say('change.applied_at'), moment(order.applied_at)],
      ]} />
    </Panel>
  );
}

function Earlier({ order }: { order: Order }) {
  const { from } = useLocation().query;
  const all = useAll(operations.list_change_orders, { path: { engagement_id: order.engagement_id! } });
  const compared = useAsk(operations.compare_change_orders, from ? { path: { change_order_id: order.id! }, query: { from_id: from } } : null);
  const isEarlier = (one: Order) => one.contract_id === order.contract_id && one.number === order.number && one.revision < order.revision;
  return <Revisions of="change_order" earlier={(all.data?.items ?? []).filter(isEarlier)} compared={compared} />;
}

function View({ order, zone, version }: { order: Order; zone: string | null; version: string | undefined }) {
  const { query, path } = useLocation();
  const at = { change_order_id: order.id! };
  const effect = useAsk(operations.show_change_effect, { path: at });
  const isOff = order.state === 'draft' && !order.is_stale && !!effect.data && isMispriced(effect.data);
  const isFrozen = !!order.proposed_at;
  const text = useAsk(operations.show_change_order_text, isFrozen ? { path: at } : null);
  const paper = order.state === 'approved' || order.state === 'applied' ? operations.show_signed_change_paper : operations.show_change_paper;
  const isOpen = ['draft', 'proposed', 'partly_signed'].includes(order.state ?? '');
  return (
    <>
      <NextStep order={order} zone={zone} version={version} hash={text.data?.document_hash} />
      {order.revision > 1 && <Earlier order={order} />}
      <div class="split">
        <div class="stack">
          {order.purpose && <Panel title={say('change.purpose')}><p class="lines" dir="auto">{order.purpose}</p></Panel>}
          <Shown of={effect}>{(data) => <>{isOpen && <EffectProblems effect={data} />}{isOff && <div><Settle order={order} plan={order.plan} version={version} /></div>}<EffectFigures effect={data} /><div><Why subject={{ of: 'change', path: at }} /></div><EffectTables effect={data} /></>}</Shown>
          {isFrozen && <PaperPanel title={say('contract.document')} of={paper} id={order.id!} text={text.data} />}
          {query.plan ? <PlanPanels plan={order.plan} engagementId={order.engagement_id} /> : <div><a class="button" href={`${path}?plan=whole`}>{say(order.applied_at ? 'change.whole_plan_then' : 'change.whole_plan')}</a></div>}
        </div>
        <div class="stack"><Story order={order} zone={zone} /><SignaturesPanel signatures={order.signatures ?? []} /></div>
      </div>
    </>
  );
}

export default function ChangeOrderPage({ id }: { id: string }) {
  const asked = useAsk(operations.show_change_order, { path: { change_order_id: id } });
  const order = asked.data;
  if (!order) return <Page title={say('change.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={order.engagement_id!} tab="/changes" title={`${nameOf(order)} · ${order.title}`}>
      {(engagement) => <View order={order} zone={engagement.time_zone} version={asked.version} />}
    </EngagementFrame>
  );
}
