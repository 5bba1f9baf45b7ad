/* Writing a proposal: milestones, terms, and a total that the prices have to meet. */
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Answered } from '../../api/ask';
import { apply_milestone_template, change_proposal, create_proposal, list_milestone_templates, list_proposals, show_proposal } from '../../api/generated/operations';
import { useAll, useAsk } from '../../api/query';
import { Button } from '../../design/button';
import { Page, Panel, Shown } from '../../design/page';
import { toast } from '../../design/toast';
import { Act } from '../../form/act';
import { Input } from '../../form/inputs';
import { shapeOf, toBody, type Field, type Value } from '../../form/shape';
import { say, sayOne } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { Found, useDraft } from '../../form/draft';
import { Next } from './next';
import { useCriteria } from './plan';
import { PlanEditor } from './plan-editor';
import { isConflict, Refused, useSaving } from '../../form/save';
import { hasUnread, pricesOf, type Plan } from './sums';

export interface Draft { plan: Plan; valid_until_day: string }

export function useShape(of: string) {
  const [shape, setShape] = useState<Field[]>();
  const [failure, fail] = useState<Error>();
  useEffect(() => { shapeOf(of).then(setShape, fail); }, [of]);
  if (failure) throw failure; // the page says so
  return shape;
}

/* made: a new one that the server has already, for this to take its place. */
interface WriterProps { engagementId: string; proposalId?: string; first: Draft; version?: string | undefined; made?: Answered<'create_proposal'> | undefined }

export function ProposalWriter({ engagementId, proposalId, first, version: firstVersion, made }: WriterProps) {
  const { route } = useLocation();
  const shape = useShape('create_proposal');
  const criteria = useCriteria(engagementId);
  const templates = useAsk(list_milestone_templates, { query: { limit: 1 } });
  const hasTemplates = (templates.data?.items?.length ?? 0) > 0;
  const held = useDraft(proposalId ? `proposal.${proposalId}` : `proposal.of.${engagementId}`, first, firstVersion);
  const { draft, version, isChanged, set } = held;
  const [isSaved, setSaved] = useState(false);
  const { refusal, isBusy, save, clear } = useSaving();
  if (!shape) return null;
  const planShape = shape.find((field) => field.name === 'plan')!.fields!;
  const wrong = refusal?.field ? { field: refusal.field, text: refusal.detail } : null;
  const back = proposalId ? `/proposals/${proposalId}` : `/engagements/${engagementId}/proposals`;
  const savedAs = proposalId ?? made?.data.id;
  const keep = async (under = made?.version) => {
    const { plan } = draft;
    const whole = plan.total.amount || hasUnread(plan) ? draft : { ...draft, plan: { ...plan, total: { ...plan.total, amount: pricesOf(plan) } } };
    if (whole !== draft) set(whole);
    const body = toBody(shape, whole as unknown as Value) as unknown as Draft;
    const answered = savedAs
      ? await save(change_proposal, { path: { proposal_id: savedAs }, body, ...(under ? { version: under } : {}) })
      : await save(create_proposal, { path: { engagement_id: engagementId }, body });
    if (!answered) return;
    held.saved(whole, answered.version, `proposal.${answered.data.id}`);
    setSaved(true);
    if (!proposalId) {
      toast(say('common.saved'));
      route(`/proposals/${answered.data.id}/edit`, true);
    }
  };
  const theirs = () => ask(show_proposal, { path: { proposal_id: savedAs! } });
  const take = async () => {
    const { data, version: now } = await theirs();
    held.put({ plan: data.plan, valid_until_day: data.valid_until_day ?? '' }, now);
    clear();
  };
  const place = (path: string) => ({ path, around: {}, hide: [], wrong });
  const summary = planShape.find((field) => field.name === 'summary')!;
  const until = shape.find((field) => field.name === 'valid_until_day')!;
  return (
    <form class="page" noValidate onSubmit={(event) => { event.preventDefault(); void keep(version); }}>
      <Refused refusal={refusal} take={take} keep={async () => keep((await theirs()).version)} />
      {held.isFound && <Found drop={held.drop} />}
      <Panel title={say('edit.about')} acts={proposalId && !isChanged && hasTemplates && (
        <Act of={apply_milestone_template} small path={{ proposal_id: proposalId }} version={version}
          preset={{ currency: draft.plan.currency, total: draft.plan.total }} hide={['currency']} done={take} />)}>
        <div class="form">
          <Input field={until} place={place('valid_until_day')} value={draft.valid_until_day} set={(value) => set({ ...draft, valid_until_day: value as string })} />
          <Input field={summary} place={place('plan/summary')} value={draft.plan.summary} set={(value) => set({ ...draft, plan: { ...draft.plan, summary: value as string } })} />
        </div>
      </Panel>
      <PlanEditor plan={draft.plan} set={(plan) => set({ ...draft, plan })} shape={planShape} wrong={isConflict(refusal) ? null : wrong} criteria={criteria}>
        <span role="status" class={isChanged ? 'faint' : 'ok'}>{isChanged ? say('proposal.unsaved') : isSaved && say('common.saved')}</span>
        <a class="button" href={back} onClick={held.leave}>{say(isChanged ? 'edit.leave' : proposalId ? 'proposal.review' : 'common.back')}</a>
        <Button type="submit" tone="strong" busy={isBusy}>{say('proposal.save')}</Button>
      </PlanEditor>
    </form>
  );
}

/* What was said to the revision before, which this one is to meet. */
function Asked({ engagementId, revision }: { engagementId: string; revision: number }) {
  const before = useAll(list_proposals, { path: { engagement_id: engagementId } }).data?.items?.find((one) => one.revision === revision - 1);
  if (!before?.reason) return null;
  return <div class="note"><strong><a href={`/proposals/${before.id}`}>{say('proposal.name', { revision: before.revision })}</a></strong><span class="lines" dir="auto">{before.reason}</span></div>;
}

export default function ProposalEdit({ id }: { id: string }) {
  const asked = useAsk(show_proposal, { path: { proposal_id: id } });
  const proposal = asked.data;
  if (!proposal) return <Page title={sayOne('act', 'change_proposal')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={proposal.engagement_id!} tab="/proposals" title={say('proposal.edit_title', { revision: proposal.revision })}>
      {() => (proposal.state === 'draft'
        ? (
          <>
            <Asked engagementId={proposal.engagement_id!} revision={proposal.revision} />
            <ProposalWriter key={id} engagementId={proposal.engagement_id!} proposalId={id} version={asked.version}
              first={{ plan: proposal.plan, valid_until_day: proposal.valid_until_day ?? '' }} />
          </>
        )
        : <Next title={say('proposal.not_draft')}><a class="button" href={`/proposals/${id}`}>{say('proposal.name', { revision: proposal.revision })}</a></Next>)}
    </EngagementFrame>
  );
}
