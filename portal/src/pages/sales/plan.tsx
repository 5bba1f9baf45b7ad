/* A plan as both sides read it: what is handed over when, at which price, and by what it is accepted. */
import { list_requirements } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Panel } from '../../design/page';
import { day, money, percent, say, sayOne } from '../../messages';
import { plus, taxOfPlan, type Piece, type Plan } from './sums';
import { TermsInWords } from './terms';
import './sales.css';

export type Texts = Map<string, string>;
type Requirement = components['schemas']['requirement'];

function useRequirements(engagementId: string | null | undefined): Requirement[] {
  const { data } = useAll(list_requirements, engagementId ? { path: { engagement_id: engagementId }, query: { state: 'current' } } : null);
  return data?.items ?? [];
}

/* What each criterion asks for, by its code. */
export function useCriteria(engagementId: string | null | undefined): Texts {
  return new Map(useRequirements(engagementId).flatMap((one) => one.criteria ?? []).map((one) => [one.code ?? '', one.text ?? '']));
}

function pricingOf(piece: Piece) {
  if (piece.pricing === 'percentage') return say('plan.share', { share: percent(piece.percent_ppm, 2) });
  if (piece.pricing === 'non_billable') return say('plan.not_billed');
  if (piece.pricing === 'recurring' && piece.recurrence)
    return say('plan.recurring', { rhythm: sayOne('value', piece.recurrence.rhythm).toLocaleLowerCase(), price: money(piece.period_price), from: day(piece.recurrence.start_day), until: day(piece.recurrence.end_day) });
  return '';
}

const whenOf = (piece: Piece) => [
  piece.start_day ? say('plan.from_until', { from: day(piece.start_day), until: day(piece.due_day) }) : say('plan.until', { until: day(piece.due_day) }),
  piece.after?.length ? say('plan.after', { codes: piece.after.join(', ') }) : '',
].filter(Boolean).join(' · ');

/* The criteria of a milestone below the requirements that they belong to; a code alone where none has it. */
function AcceptedBy({ codes, requirements }: { codes: string[]; requirements: Requirement[] }) {
  const chosen = requirements.map((one) => ({ ...one, criteria: (one.criteria ?? []).filter(({ code }) => codes.includes(code ?? '')) })).filter((one) => one.criteria.length > 0);
  const known = chosen.flatMap((one) => one.criteria.map(({ code }) => code));
  return (
    <div>
      <h4>{say('plan.accepted_by')}</h4>
      <ul class="asked">
        {chosen.map((one) => (
          <li>
            <bdi>{one.text}</bdi>
            <ul class="bullets">{one.criteria.map(({ code, text }) => <li><strong>{code}</strong> <bdi>{text}</bdi></li>)}</ul>
          </li>
        ))}
        {codes.filter((code) => !known.includes(code)).map((code) => <li><strong>{code}</strong></li>)}
      </ul>
    </div>
  );
}

function PieceItem({ piece, requirements }: { piece: Piece; requirements: Requirement[] }) {
  const pricing = pricingOf(piece);
  return (
    <li>
      <div class="line">
        <h3 dir="auto">{piece.code} · {piece.title}</h3>
        <span class="number">{money(piece.price)}</span>
        <span class="soft">{whenOf(piece)}</span>
        {pricing && <span class="faint">{pricing}</span>}
      </div>
      {piece.description && <p class="lines soft" dir="auto">{piece.description}</p>}
      <div class="parts">
        {(piece.deliverables?.length ?? 0) > 0 && (
          <div><h4>{say('plan.you_get')}</h4><ul class="bullets">{piece.deliverables!.map((one) => <li><bdi>{one.title}</bdi>{one.description && <span class="faint"> {one.description}</span>}</li>)}</ul></div>
        )}
        {(piece.criteria?.length ?? 0) > 0 && <AcceptedBy codes={piece.criteria!} requirements={requirements} />}
      </div>
    </li>
  );
}

export function Sums({ plan }: { plan: Plan }) {
  const tax = taxOfPlan(plan);
  const isTaxed = /[1-9]/.test(tax.amount ?? '');
  return (
    <div class="sums">
      <div class={isTaxed ? '' : 'whole'}><span>{say('plan.total')}</span><span>{money(plan.total)}</span></div>
      <div class="soft"><span>{isTaxed ? say('plan.tax') : say('plan.no_tax', { why: plan.terms.tax_note ?? '' })}</span><span>{money(tax)}</span></div>
      {isTaxed && <div class="whole"><span>{say('plan.with_tax')}</span><span>{money(plus(plan.total, tax))}</span></div>}
    </div>
  );
}

export function PlanPanels({ plan, engagementId }: { plan: Plan; engagementId: string | null }) {
  const requirements = useRequirements(engagementId);
  return (
    <>
      {plan.summary && <Panel title={say('plan.summary')}><p class="lines" dir="auto">{plan.summary}</p></Panel>}
      <Panel title={say('plan.milestones')} flush>
        <ol class="plan">{plan.milestones.map((piece) => <PieceItem piece={piece} requirements={requirements} />)}</ol>
        <Sums plan={plan} />
      </Panel>
      <Panel title={say('plan.terms')}><TermsInWords terms={plan.terms} /></Panel>
    </>
  );
}

/* What follows from sending a plan, and what can still be mended before it. */
export function aboutSending(act: string, plan: Plan) {
  const codes = plan.milestones.filter((one) => !one.criteria?.length).map((one) => one.code);
  return [sayOne('about', act), codes.length > 0 ? say('proposal.no_criteria', { codes: codes.join(', ') }) : ''].filter(Boolean).join(' ');
}
