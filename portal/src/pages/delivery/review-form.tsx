/* The client's review: criterion by criterion, and what follows from it before anything is done. */
import { Check, X } from 'lucide';
import { useId } from 'preact/hooks';
import { accept_submission, reject_submission, show_budget } from '../../api/generated/operations';
import type { Body } from '../../api/operation';
import { useAsk } from '../../api/query';
import { Icon } from '../../design/icon';
import { Panel } from '../../design/page';
import { Act } from '../../form/act';
import { Found, useDraft } from '../../form/draft';
import { money, say, sayOne, today } from '../../messages';
import {
  allowsParts, canRefuseFor, canStay, decisionsOf, firstReview, isLaterAndOpen, isOf, outcomeOf, severities,
  type Judged, type Outcome, type Remedy,
} from './review';
import { CriterionText, useMilestones, type Criterion, type Decision, type Milestone, type Submission, type Terms } from './shared';

/* ---- one criterion ---- */

interface RadioProps<T extends string> { name: string; legend: string; value: T | undefined; choices: { value: T; text: string; about?: string }[]; set: (value: T) => void }

function Radios<T extends string>({ name, legend, value, choices, set }: RadioProps<T>) {
  return (
    <fieldset class="radios">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label class="tick">
          <input type="radio" name={name} checked={value === choice.value} onChange={() => set(choice.value)} />
          <span>{choice.text}{choice.about && <span class="faint"> {choice.about}</span>}</span>
        </label>
      ))}
    </fieldset>
  );
}

type RemedyChoice = Remedy | 'keep';

interface OneProps { judged: Judged; terms: Terms; known: Map<string, Criterion>; later: Milestone[]; set: (change: Partial<Judged>) => void }

function remedyChoices({ severity }: Judged, terms: Terms, later: Milestone[]) {
  const may: Record<RemedyChoice, boolean> = {
    keep: canStay(severity, terms), rework: canRefuseFor(severity, terms), carry: allowsParts(terms) && later.length > 0,
    drop: allowsParts(terms) && canRefuseFor(severity, terms),
  };
  return (Object.keys(may) as RemedyChoice[]).filter((one) => may[one])
    .map((value) => ({ value, text: say(`review.remedy_${value}`), about: say(`review.remedy_${value}_about`) }));
}

/* Where there is nothing to choose, it is chosen. */
const onlyRemedy = ([only, ...others]: { value: RemedyChoice }[]) => (only && others.length === 0 && only.value !== 'keep' ? only.value : undefined);

function NotMet({ judged, terms, later, set }: OneProps) {
  const id = useId();
  return (
    <div class="form">
      <div class="wide">
        <Radios name={`${id}-severity`} legend={say('defect.severity')} value={judged.severity} set={(severity) => set({ severity, remedy: onlyRemedy(remedyChoices({ ...judged, severity }, terms, later)), carry_to: undefined })}
          choices={severities.map((value) => ({ value, text: sayOne('value', value), about: say(`review.${value}_about`) }))} />
      </div>
      <div class="field wide"><label for={`${id}-note`}>{say('review.what_is_wrong')}</label>
        <textarea class="input" id={`${id}-note`} dir="auto" value={judged.note ?? ''} onInput={(event) => set({ note: event.currentTarget.value })} /></div>
      {judged.severity && (
        <div class="wide">
          <Radios<RemedyChoice> name={`${id}-remedy`} legend={say('review.remedy')} value={judged.remedy ?? (canStay(judged.severity, terms) ? 'keep' : undefined)}
            choices={remedyChoices(judged, terms, later)} set={(one) => set({ remedy: one === 'keep' ? undefined : one, carry_to: one === 'carry' ? later[0]?.code ?? undefined : undefined })} />
        </div>
      )}
      {judged.remedy === 'carry' && (
        <div class="field">
          <label for={`${id}-to`}>{sayOne('field', 'carry_to')}</label>
          <select class="input" id={`${id}-to`} value={judged.carry_to} onChange={(event) => set({ carry_to: event.currentTarget.value })}>
            {later.map((one) => <option value={one.code ?? ''}>{`${one.code} ${one.title}`}</option>)}
          </select>
        </div>
      )}
      <div class="field"><label for={`${id}-day`}>{sayOne('field', 'correct_by_day')} <span class="optional">{say('form.optional')}</span></label>
        <input class="input" id={`${id}-day`} type="date" min={today(terms?.time_zone)} value={judged.correct_by_day ?? ''} onInput={(event) => set({ correct_by_day: event.currentTarget.value || undefined })} /></div>
    </div>
  );
}

function One(props: OneProps) {
  const { judged, known, set } = props;
  const id = useId();
  const choose = (met: boolean) => set(met ? { met, severity: undefined, note: undefined, remedy: undefined, carry_to: undefined, correct_by_day: undefined } : { met });
  const choice = (met: boolean, text: string, look: string) => (
    <label class={`choice ${look} ${judged.met === met ? 'on' : ''}`}>
      <input type="radio" name={id} checked={judged.met === met} onChange={() => choose(met)} />
      <Icon of={met ? Check : X} />{text}
    </label>
  );
  return (
    <fieldset class="criterion">
      <legend class="hidden">{judged.criterion}</legend>
      <div class="row apart">
        <div class="words"><CriterionText code={judged.criterion} known={known} /></div>
        <div class="choices">{choice(true, say('review.met'), 'good')}{choice(false, say('review.not_met'), 'bad')}</div>
      </div>
      {judged.met === false && <NotMet {...props} />}
    </fieldset>
  );
}

/* ---- what follows ---- */

interface FollowsProps { milestone: Milestone; outcome: Outcome; missing: number }

function useBilled(milestone: Milestone) {
  const budget = useAsk(show_budget, { path: { engagement_id: milestone.engagement_id! } });
  return budget.data?.events?.find((event) => !event.invoice_id && event.parts?.some((part) => part.milestone_id === milestone.id));
}

function billing(milestone: Milestone, event: ReturnType<typeof useBilled>) {
  if (milestone.pricing === 'non_billable') return say('review.follows_no_invoice');
  if (milestone.pricing === 'recurring') return say('review.follows_recurring');
  if (!event) return say('review.follows_invoice_net', { amount: money(milestone.price) });
  if ((event.parts?.length ?? 0) > 1) return say('review.follows_collected', { amount: money(milestone.price) });
  return say('review.follows_invoice', { total: money(event.total), net: money(event.net) });
}

/* Told before: which papers and amounts come out of it, and that it is for good. */
function AcceptFollows({ milestone, outcome, missing }: FollowsProps) {
  const event = useBilled(milestone);
  if (missing > 1) return <ul class="dots"><li>{say('review.follows_approval', { count: missing - 1 })}</li><li>{say('review.follows_same')}</li></ul>;
  return (
    <ul class="dots">
      <li>{say('review.follows_certificate', { milestone: `${milestone.code} ${milestone.title}` })}</li>
      <li>{billing(milestone, event)}</li>
      {outcome.carried.map((one) => <li>{say('review.follows_carry', { criterion: one.criterion, to: one.carry_to })}</li>)}
      {outcome.reserved.length > 0 && <li>{say('review.follows_reserved', { criteria: outcome.reserved.map((one) => one.criterion).join(', ') })}</li>}
      <li>{say('review.follows_final')}</li>
    </ul>
  );
}

function RejectFollows({ outcome }: { outcome: Outcome }) {
  return (
    <ul class="dots">
      <li>{say('review.follows_defects', { count: outcome.failed.length })}</li>
      <li>{say('review.follows_again')}</li>
      <li>{say('review.follows_nothing')}</li>
    </ul>
  );
}

function verdict(outcome: Outcome, terms: Terms) {
  if (outcome.unrated > 0 && outcome.unrated === outcome.undecided) return say('review.unrated');
  if (outcome.undecided > 0) return say('review.undecided', { count: outcome.undecided });
  if (outcome.needsReservations) return say('review.needs_reservations');
  if (outcome.mayAccept) return say(outcome.carried.length > 0 ? 'review.accept_in_part' : outcome.reserved.length > 0 ? 'review.accept_reserved' : 'review.accept_all');
  if (outcome.mayReject) return say('review.only_reject');
  return say('review.neither', { severity: sayOne('value', terms.refusal_from ?? 'major') });
}

/* ---- the whole ---- */

interface ReviewFormProps { submission: Submission; version: string | undefined; milestone: Milestone; terms: Terms; known: Map<string, Criterion>; decided: Decision[]; missing: number }

export function ReviewForm({ submission, version, milestone, terms, known, decided, missing }: ReviewFormProps) {
  const id = useId();
  const held = useDraft(`review.${submission.id}`, firstReview(milestone, decided), undefined, isOf(milestone));
  const { draft: review, set: setReview } = held;
  const done = () => held.put(review, undefined);
  const later = useMilestones(milestone.engagement_id).filter((one) => isLaterAndOpen(milestone, one));
  const outcome = outcomeOf(review, terms);
  const decisions = decisionsOf(review) as NonNullable<Body<'accept_submission'>['decisions']>;
  const path = { submission_id: submission.id! };
  const change = (index: number, part: Partial<Judged>) =>
    setReview({ ...review, judged: review.judged.with(index, { ...review.judged[index]!, ...part }) });
  const rejects = outcome.mayReject && outcome.undecided === 0 && !outcome.mayAccept;
  return (
    <Panel title={say('review.title')}>
      {held.isFound && <Found drop={held.drop} />}
      <p class="soft">{say('review.intro')}</p>
      {review.judged.map((judged, index) => <One judged={judged} terms={terms} known={known} later={later} set={(part) => change(index, part)} />)}
      {review.judged.length === 0 && <p class="soft">{say('milestone.no_criteria')}</p>}
      {outcome.reserved.length > 0 && (
        <div class="field">
          <label for={id}>{sayOne('field', 'reservations')}</label>
          <textarea class="input" id={id} dir="auto" value={review.reservations} onInput={(event) => setReview({ ...review, reservations: event.currentTarget.value })} />
          <span class="faint">{say('review.reservations_about')}</span>
        </div>
      )}
      <div class={`note ${outcome.mayAccept ? 'good' : rejects ? 'bad' : ''}`} role="status">
        <strong>{verdict(outcome, terms)}</strong>
        {outcome.mayAccept && <AcceptFollows milestone={milestone} outcome={outcome} missing={missing} />}
        {rejects && <RejectFollows outcome={outcome} />}
      </div>
      {(outcome.mayAccept || outcome.mayReject) && <div class="acts">
        <Act of={accept_submission} path={path} version={version} tone="strong" when={outcome.mayAccept} done={done} preset={{ decisions, reservations: review.reservations || null }}>
          {() => <div class="note"><strong>{say('review.follows')}</strong><AcceptFollows milestone={milestone} outcome={outcome} missing={missing} /></div>}
        </Act>
        <Act of={reject_submission} path={path} version={version} tone="bad" when={outcome.mayReject} done={done} hide={['decisions']}
          preset={{ decisions, ...(outcome.failed.length > 0 ? { reason_code: 'criterion_not_met' as const } : {}), reason: outcome.failed.map((one) => one.note).filter(Boolean).join('\n') }} />
      </div>}
      <p class="faint">{terms.refusal_from && say('review.refusal_from', { severity: sayOne('value', terms.refusal_from) })}</p>
    </Panel>
  );
}
