/* Composing a change order against the plan as agreed, with its effect shown as it is typed. */
import { Undo2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Refusal } from '../../api/ask';
import {
  change_change_order, list_change_orders, list_contracts, list_milestones, preview_change_order, show_change_order, show_contract,
} from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import type { Body } from '../../api/operation';
import { useAll, useAsk } from '../../api/query';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Page, Panel, Shown } from '../../design/page';
import { Input } from '../../form/inputs';
import { toBody, type Field, type Value } from '../../form/shape';
import { day, money, say, sayOne } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { nameOf } from './changes';
import { EffectFigures, EffectProblems, EffectTables, isMispriced, type Effect } from './effect';
import { Next } from './next';
import { useCriteria } from './plan';
import { PlanEditor } from './plan-editor';
import { useShape } from './proposal-edit';
import { Found, useDraft } from '../../form/draft';
import { isConflict, Refused, useSaving } from '../../form/save';
import { Settle } from './settle';
import type { Agreed, Piece, Plan } from './sums';

type Order = components['schemas']['change_order'];
type Draft = Body<'change_change_order'>;

const PAUSE_MS = 400;
const inFirstPanel = ['title', 'valid_until_day', 'start_day', 'purpose'];

/* ---- the effect of what is typed ---- */

interface Previewed { effect?: Effect; refusal?: Refusal; isOld: boolean }

/* Asked when the typing pauses; an answer to an earlier state never replaces that to a later one. */
function usePreview(engagementId: string, draft: Draft, shape: Field[] | undefined): Previewed {
  const [shown, setShown] = useState<Previewed>({ isOld: true });
  const turn = useRef(0);
  const body = shape && JSON.stringify(toBody(shape, draft as unknown as Value));
  useEffect(() => {
    if (!body) return undefined;
    turn.current += 1;
    const mine = turn.current;
    setShown((before) => ({ ...before, isOld: true }));
    const later = setTimeout(() => {
      ask(preview_change_order, { path: { engagement_id: engagementId }, body: JSON.parse(body) as Body<'preview_change_order'> }).then(
        ({ data }) => { if (mine === turn.current) setShown({ effect: data, isOld: false }); },
        (refusal: Refusal) => { if (mine === turn.current) setShown((before) => ({ ...before, refusal, isOld: true })); },
      );
    }, PAUSE_MS);
    return () => clearTimeout(later);
  }, [body, engagementId]);
  return shown;
}

/* Each due day that the order of the work makes too early becomes the first that is not. */
function following(plan: Plan, effect: Effect): Plan {
  const days = new Map((effect.milestones ?? []).filter((one) => one.days_short > 0).map((one) => [one.code, one.graph_after_day]));
  return { ...plan, milestones: plan.milestones.map((piece) => ({ ...piece, due_day: days.get(piece.code) ?? piece.due_day })) };
}

interface EffectSideProps { shown: Previewed; draft: Draft; set: (draft: Draft) => void; children?: ComponentChildren }

function EffectSide({ shown, draft, set, children }: EffectSideProps) {
  const { effect, refusal, isOld } = shown;
  const needed = effect?.credits ?? [];
  return (
    <aside class="effect stack" aria-label={say('effect.title')} aria-busy={isOld && !refusal}>
      <h2>{say('effect.title')}</h2>
      {refusal && isOld && <div class="note wait" role="status"><strong>{say('effect.not_yet')}</strong><span>{refusal.detail}</span></div>}
      {effect && (
        <div class={`stack ${isOld ? 'stale' : ''}`}>
          {effect.changes?.length ? <EffectProblems effect={effect} /> : <p class="soft">{say('effect.nothing_yet')}</p>}
          {isMispriced(effect) && children}
          {needed.length > 0 && !draft.credits?.length && (
            <div><Button small onClick={() => set({ ...draft, credits: needed.map((one) => ({ milestone: one.milestone!, invoice_id: one.invoice_id!, net: one.net as { amount: string; currency: string } })) })}>{say('effect.take_credits')}</Button></div>
          )}
          {effect.milestones?.some((one) => one.days_short > 0) && (
            <div><Button small onClick={() => set({ ...draft, plan: following(draft.plan, effect) })}>{say('effect.follow')}</Button></div>
          )}
          <EffectFigures effect={effect} />
          <EffectTables effect={effect} />
        </div>
      )}
    </aside>
  );
}

/* ---- the plan as it is agreed now ---- */

function useAgreed(order: Order): Plan | undefined {
  const path = { engagement_id: order.engagement_id! };
  const applied = useAll(list_change_orders, { path, query: { state: 'applied' } });
  const contracts = useAll(list_contracts, { path });
  const contract = useAsk(show_contract, order.contract_id ? { path: { contract_id: order.contract_id } } : null);
  const last = [...applied.data?.items ?? []].sort((one, other) => other.applied_number - one.applied_number)[0];
  return applied.data && contracts.data ? last?.plan ?? contract.data?.plan : undefined;
}

/* Work that is done or being looked at costs what was agreed, whatever the sum becomes. */
const DECIDED = ['submitted', 'accepted', 'deemed_accepted'];

function useStanding(engagementId: string, agreed: Plan | undefined): Agreed | undefined {
  const milestones = useAll(list_milestones, { path: { engagement_id: engagementId } });
  if (!agreed?.total?.amount || !milestones.data) return undefined;
  return { total: agreed.total.amount, codes: new Set(milestones.data.items!.filter((one) => DECIDED.includes(one.state ?? '')).map((one) => one.code ?? '')) };
}

function AsAgreed({ agreed, piece }: { agreed: Plan | undefined; piece: Piece }) {
  const before = agreed?.milestones.find((one) => one.code === piece.code);
  if (!agreed) return null;
  if (!before) return <div><span class="badge info">{sayOne('value', 'added')}</span></div>;
  const isSame = before.price?.amount === piece.price?.amount && before.due_day === piece.due_day && before.title === piece.title;
  return <span class={isSame ? 'hidden' : 'faint'}>{say('change.as_agreed', { title: before.title, day: day(before.due_day), price: money(before.price) })}</span>;
}

function Dropped({ agreed, plan, set }: { agreed: Plan | undefined; plan: Plan; set: (plan: Plan) => void }) {
  const codes = new Set(plan.milestones.map((piece) => piece.code));
  const dropped = agreed?.milestones.filter((piece) => !codes.has(piece.code)) ?? [];
  const restore = (piece: Piece) => {
    const at = agreed!.milestones.findIndex((one) => one.code === piece.code);
    set({ ...plan, milestones: plan.milestones.toSpliced(at, 0, piece) });
  };
  return (
    <>
      {dropped.map((piece) => (
        <section class="piece dropped" aria-label={say('plan.piece', { code: piece.code })}>
          <div class="row apart">
            <span><span class="badge bad">{sayOne('value', 'dropped')}</span> <del>{piece.code} {piece.title} · {money(piece.price)}</del></span>
            <Button small onClick={() => restore(piece)}><Icon of={Undo2} turns />{say('change.restore')}</Button>
          </div>
        </section>
      ))}
    </>
  );
}

/* ---- the page ---- */

const draftOf = (order: Order): Draft => ({
  title: order.title ?? '', purpose: order.purpose, start_day: order.start_day, valid_until_day: order.valid_until_day ?? '', plan: order.plan,
  credits: (order.credits ?? []) as unknown as NonNullable<Draft['credits']>,
} as Draft);

function Composer({ order, version: firstVersion }: { order: Order; version: string | undefined }) {
  const engagementId = order.engagement_id!;
  const shape = useShape('change_change_order');
  const previewShape = useShape('preview_change_order');
  const criteria = useCriteria(engagementId);
  const agreed = useAgreed(order);
  const standing = useStanding(engagementId, agreed);
  const held = useDraft(`change.${order.id}`, draftOf(order), firstVersion);
  const { draft, version, isChanged, set } = held;
  const [isSaved, setSaved] = useState(false);
  const { refusal, isBusy, save, clear } = useSaving();
  const shown = usePreview(engagementId, draft, previewShape);
  if (!shape) return null;
  const wrong = refusal?.field && !isConflict(refusal) ? { field: refusal.field, text: refusal.detail } : null;
  const setPlan = (plan: Plan) => set({ ...draft, plan });
  const theirs = () => ask(show_change_order, { path: { change_order_id: order.id! } });
  const keep = async (under: string | undefined) => {
    const answered = await save(change_change_order, { path: { change_order_id: order.id! }, body: toBody(shape, draft as unknown as Value) as Draft, ...(under ? { version: under } : {}) });
    if (!answered) return;
    held.saved(draft, answered.version);
    setSaved(true);
  };
  const take = async () => {
    const { data, version: now } = await theirs();
    held.put(draftOf(data), now);
    clear();
  };
  const input = (name: string) => (
    <Input field={{ ...shape.find((field) => field.name === name)!, ...(name === 'start_day' ? { name: 'takes_effect_day' } : {}) }} place={{ path: name, around: {}, hide: [], wrong }} value={(draft as unknown as Value)[name]}
      set={(value) => set({ ...draft, [name]: value } as Draft)} />
  );
  return (
    <form class="page" noValidate onSubmit={(event) => { event.preventDefault(); void keep(version); }}>
      <Refused refusal={refusal} take={take} keep={async () => keep((await theirs()).version)} />
      {held.isFound && <Found drop={held.drop} />}
      <div class="compose">
        <div class="page">
          <Panel title={say('edit.about')}><div class="form">{inFirstPanel.map(input)}</div></Panel>
          <Dropped agreed={agreed} plan={draft.plan} set={setPlan} />
          <PlanEditor plan={draft.plan} set={setPlan} shape={shape.find((field) => field.name === 'plan')!.fields!} wrong={wrong} criteria={criteria} agreed={standing}
            note={(piece) => <AsAgreed agreed={agreed} piece={piece} />}>
            <span role="status" class={isChanged ? 'faint' : 'ok'}>{isChanged ? say('proposal.unsaved') : isSaved && say('common.saved')}</span>
            <a class="button" href={`/change-orders/${order.id}`} onClick={held.leave}>{say(isChanged ? 'edit.leave' : 'proposal.review')}</a>
            <Button type="submit" tone="strong" busy={isBusy}>{say('proposal.save')}</Button>
          </PlanEditor>
        </div>
        <EffectSide shown={shown} draft={draft} set={set}>
          {isChanged ? <p class="soft">{say('effect.save_first')}</p> : <div><Settle order={order} plan={draft.plan} version={version} done={take} small /></div>}
        </EffectSide>
      </div>
    </form>
  );
}

export default function ChangeEdit({ id }: { id: string }) {
  const asked = useAsk(show_change_order, { path: { change_order_id: id } });
  const order = asked.data;
  if (!order) return <Page title={say('change.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={order.engagement_id!} tab="/changes" title={say('change.edit_title', { name: nameOf(order) })}>
      {() => (order.state === 'draft'
        ? <Composer key={id} order={order} version={asked.version} />
        : <Next title={say('change.not_draft')}><a class="button" href={`/change-orders/${id}`}>{nameOf(order)}</a></Next>)}
    </EngagementFrame>
  );
}
