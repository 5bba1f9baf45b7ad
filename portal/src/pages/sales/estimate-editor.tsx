/* Writing an estimate: for each milestone the roles it needs, with three durations each. */
import { Plus, Trash2 } from 'lucide';
import { useLocation } from 'preact-iso';
import { ask } from '../../api/ask';
import { change_estimate, create_estimate, list_rate_cards, show_estimate } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import type { Body } from '../../api/operation';
import { useAll } from '../../api/query';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Panel, Shown } from '../../design/page';
import { toast } from '../../design/toast';
import { Input, type Place } from '../../form/inputs';
import { toBody, type Field, type Value } from '../../form/shape';
import { day, money, say, sayOne } from '../../messages';
import { useShape } from './proposal-edit';
import { Found, useDraft } from '../../form/draft';
import { isConflict, Refused, useSaving } from '../../form/save';
import type { Plan } from './sums';

export type Draft = Body<'create_estimate'>;
type Estimated = components['schemas']['estimated_milestone'];
type Effort = components['schemas']['effort'];

const points = ['optimistic_minutes', 'likely_minutes', 'pessimistic_minutes'];
const named = (fields: Field[], name: string) => fields.find((field) => field.name === name)!;

interface EffortProps { effort: Effort; set: (effort: Effort) => void; remove: () => void; fields: Field[]; roles: string[]; place: Place }

function EffortRow({ effort, set, remove, fields, roles, place }: EffortProps) {
  const known = effort.role && !roles.includes(effort.role) ? [...roles, effort.role] : roles;
  return (
    <div class="effort">
      <label class="field">
        <span class="label">{sayOne('field', 'role')}</span>
        <select class="input" value={effort.role} onChange={(event) => set({ ...effort, role: event.currentTarget.value })}>
          <option value="" />
          {known.map((role) => <option value={role}>{role}</option>)}
        </select>
      </label>
      {points.map((name) => (
        <Input field={named(fields, name)} place={{ ...place, path: `${place.path}/${name}` }} value={(effort as unknown as Value)[name]} set={(value) => set({ ...effort, [name]: value } as Effort)} />
      ))}
      <Button tone="plain" small label={say('estimate.remove_effort', { role: effort.role })} onClick={remove}><Icon of={Trash2} /></Button>
    </div>
  );
}

interface MilestoneProps { plan: Plan; of: Estimated; set: (of: Estimated) => void; fields: Field[]; roles: string[]; place: Place }

function MilestoneEfforts({ plan, of, set, fields, roles, place }: MilestoneProps) {
  const piece = plan.milestones.find((one) => one.code === of.code);
  const efforts = of.efforts ?? [];
  const effortFields = named(fields, 'efforts').fields!;
  return (
    <section class="piece" aria-label={say('plan.piece', { code: of.code })}>
      <div class="row apart"><h3 dir="auto">{of.code} · {piece?.title}</h3><span class="soft">{money(piece?.price)} · {day(piece?.due_day)}</span></div>
      <div class="people"><Input field={named(fields, 'people')} place={{ ...place, path: `${place.path}/people` }} value={of.people} set={(value) => set({ ...of, people: value as number })} /></div>
      <div class="efforts">
        {efforts.map((effort, at) => (
          <EffortRow effort={effort} fields={effortFields} roles={roles} place={{ ...place, path: `${place.path}/efforts/${at}` }}
            set={(next) => set({ ...of, efforts: efforts.with(at, next) })} remove={() => set({ ...of, efforts: efforts.toSpliced(at, 1) })} />
        ))}
      </div>
      <div><Button small onClick={() => set({ ...of, efforts: [...efforts, { role: roles.find((role) => !efforts.some((one) => one.role === role)) ?? '' } as Effort] })}><Icon of={Plus} />{say('estimate.add_effort')}</Button></div>
    </section>
  );
}

interface WriterProps { engagementId: string; proposalId?: string; estimateId?: string; plan: Plan; first: Draft; version?: string | undefined }

export function EstimateWriter({ engagementId, proposalId, estimateId, plan, first, version: firstVersion }: WriterProps) {
  const { route } = useLocation();
  const shape = useShape('create_estimate');
  const cards = useAll(list_rate_cards);
  const held = useDraft(estimateId ? `estimate.${estimateId}` : `estimate.of.${proposalId}`, first, firstVersion);
  const { draft, version, isChanged, set } = held;
  const { refusal, isBusy, save, clear } = useSaving();
  if (!shape) return null;
  const wrong = refusal?.field && !isConflict(refusal) ? { field: refusal.field, text: refusal.detail } : null;
  const place = (path: string): Place => ({ path, around: {}, hide: [], wrong });
  const back = `/engagements/${engagementId}/estimates`;
  const theirs = () => ask(show_estimate, { path: { estimate_id: estimateId! } });
  const keep = async (under: string | undefined) => {
    const body = toBody(shape, draft as unknown as Value) as unknown as Draft;
    const answered = estimateId
      ? await save(change_estimate, { path: { estimate_id: estimateId }, body, ...(under ? { version: under } : {}) })
      : await save(create_estimate, { path: { proposal_id: proposalId! }, body });
    if (!answered) return;
    const isWhole = held.saved(draft, answered.version, `estimate.${answered.data.id}`);
    toast(say('common.saved'));
    if (isWhole) route(`${back}?estimate=${answered.data.id}`);
    else if (!estimateId) route(`/estimates/${answered.data.id}/edit`, true);
  };
  const take = async () => {
    const { data, version: now } = await theirs();
    held.put(data as unknown as Draft, now);
    clear();
  };
  const roles = (cards.data?.items ?? []).find((card) => card.id === draft.rate_card_id)?.rates?.map((rate) => rate.role) ?? [];
  const fitting = (cards.data?.items ?? []).filter((card) => card.currency === plan.currency);
  const input = (name: string) => (
    <Input field={named(shape, name)} place={place(name)} value={(draft as unknown as Value)[name]} set={(value) => set({ ...draft, [name]: value } as Draft)} />
  );
  return (
    <form class="page" noValidate onSubmit={(event) => { event.preventDefault(); void keep(version); }}>
      <Refused refusal={refusal} take={take} keep={async () => keep((await theirs()).version)} />
      {held.isFound && <Found drop={held.drop} />}
      <Panel title={say('estimate.basis')} acts={<a href="/settings/rate-cards">{say('estimate.to_cards')}</a>}>
        <Shown of={cards}>{() => (fitting.length > 0 ? null : <div class="note wait">{say('estimate.no_card', { currency: plan.currency })}</div>)}</Shown>
        <div class="form">{['rate_card_id', 'day_minutes', 'contingency_ppm'].map(input)}</div>
      </Panel>
      <div class="stack">
        {draft.milestones.map((one, at) => (
          <MilestoneEfforts plan={plan} of={one as Estimated} fields={named(shape, 'milestones').fields!} roles={roles} place={place(`milestones/${at}`)}
            set={(next) => set({ ...draft, milestones: draft.milestones.with(at, next) })} />
        ))}
      </div>
      <div class="sumbar">
        <div class="acts">
          {isChanged && <span class="faint">{say('proposal.unsaved')}</span>}
          <a class="button" href={back} onClick={held.leave}>{say(isChanged ? 'edit.leave' : 'common.back')}</a>
          <Button type="submit" tone="strong" busy={isBusy}>{say('estimate.save')}</Button>
        </div>
      </div>
    </form>
  );
}
