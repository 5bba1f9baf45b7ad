/* What the pages of delivery know in common: where one is, what a criterion's code means, what the contract says. */
import type { ComponentChildren } from 'preact';
import { list_milestones, list_requirements, show_contract, show_engagement } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { Page } from '../../design/page';
import { currentLanguage, day, dayOf, distance, moment, say } from '../../messages';
import { sayHere } from '../../parts/side';
import { EngagementTabs } from '../engagement/frame';
import './delivery.css';

export type Milestone = components['schemas']['milestone'];
export type Submission = components['schemas']['submission'];
export type Decision = components['schemas']['decision'];
export type Defect = components['schemas']['defect'];
export type Terms = components['schemas']['contract_terms'];

export const ENDED = ['completed', 'terminated']; // states of an engagement that nothing more is done in

export function useEngagement(engagement_id: string | null | undefined) {
  return useAsk(show_engagement, engagement_id ? { path: { engagement_id } } : null).data;
}

export function useMilestones(engagement_id: string | null | undefined): Milestone[] {
  return useAll(list_milestones, engagement_id ? { path: { engagement_id } } : null).data?.items ?? [];
}

/* The words of each criterion by its code. */
export interface Criterion { text: string; measure: string | null }
export function useCriteria(engagement_id: string | null | undefined): Map<string, Criterion> {
  const asked = useAll(list_requirements, engagement_id ? { path: { engagement_id } } : null);
  const known = new Map<string, Criterion>();
  for (const requirement of asked.data?.items ?? [])
    for (const one of requirement.criteria ?? []) if (one.code) known.set(one.code, { text: one.text, measure: one.measure ?? null });
  return known;
}

export function useTerms(contract_id: string | null | undefined): Terms | undefined {
  return useAsk(show_contract, contract_id ? { path: { contract_id } } : null).data?.plan?.terms;
}

interface WithinProps {
  title: string;
  engagement_id: string | null | undefined;
  milestone?: { id: string | null; code: string | null; title: string | null } | undefined;
  tab: '/plan' | '/acceptance' | '/reports'; // where it is found
  state?: ComponentChildren;
  acts?: ComponentChildren;
  children: ComponentChildren;
}

/* A page of one thing of an engagement, with the way back up. */
export function Within({ title, engagement_id, milestone, tab, state, acts, children }: WithinProps) {
  const engagement = useEngagement(engagement_id);
  return (
    <Page title={title} of={engagement?.title} state={state} acts={acts} eyebrow={engagement && (
      <>
        <a href="/engagements">{say('nav.engagements')}</a><span>/</span><a href={`/engagements/${engagement.id}`}>{engagement.title}</a>
        {milestone && <><span>/</span><a href={`/milestones/${milestone.id}`}>{milestone.code} <bdi>{milestone.title}</bdi></a></>}
      </>)}>
      {engagement_id && <EngagementTabs id={engagement_id} title={engagement?.title} at={tab} />}
      {children}
    </Page>
  );
}

/* Until when it is to be answered: the contract's days end in its own time zone. */
export function untilOf(submission: Submission, terms: Terms | undefined) {
  const last = dayOf(submission.deadline_at!, terms?.time_zone);
  return say('milestone.answer_until', { day: day(last), distance: distance(last, terms?.time_zone) });
}

/* Why days moved that wait for something of the client's. */
export function lateOf(slip: components['schemas']['obligation_slip'], obligations: components['schemas']['obligation'][]) {
  const late = obligations.find((one) => one.id === slip.obligation_id);
  return late ? sayHere(late.state === 'open' ? 'obligation.is_late' : 'obligation.was_late', { code: late.code, day: day(late.due_day), text: late.text }) : slip.reason;
}

/* Who did it and when, on one line. */
export function Signed({ name, role, at }: { name: string | null; role?: string | null; at: string | null }) {
  return <>{name}{role && <span class="faint"> · {role}</span>}<div class="faint">{moment(at)}</div></>;
}

export function CriterionText({ code, known }: { code: string | null; known: Map<string, Criterion> }) {
  const words = known.get(code ?? '');
  return <><strong>{code}</strong>{words && <> <span dir="auto">{words.text}</span></>}{words?.measure && <div class="faint" dir="auto">{words.measure}</div>}</>;
}

export const size = (bytes: number | null) => {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes ?? 0)) / 10));
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit: units[step]!, unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: 1 }).format((bytes ?? 0) / 1024 ** step);
};

/* An index such as SPI: 1.00 is as planned. */
export const index = (ppm: number | null) =>
  (ppm == null ? '–' : new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ppm / 1e6));
