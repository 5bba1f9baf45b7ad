/* What a review comes to, by the rules of the contract: what may be accepted, what may be refused, and what is still missing. */
import { toMinor } from '../../form/amount';
import { type Decision, type Milestone, type Terms } from './shared';

export type Severity = 'minor' | 'major' | 'critical';
export type Remedy = 'rework' | 'carry' | 'drop';
export interface Judged { criterion: string; met?: boolean; severity?: Severity; note?: string; correct_by_day?: string; remedy?: Remedy; carry_to?: string }
export interface Review { judged: Judged[]; reservations: string }

export const severities: Severity[] = ['minor', 'major', 'critical'];

export const criteriaOf = (milestone: Milestone) => [...milestone.criteria ?? [], ...milestone.carried_criteria ?? []];

/* Another approver begins with what the first has decided: they have to agree on it. */
export function firstReview(milestone: Milestone, decided: Decision[]): Review {
  const known = new Map(decided.map((one) => [one.criterion, one]));
  return {
    reservations: '',
    judged: criteriaOf(milestone).map((criterion) => {
      const one = known.get(criterion);
      if (!one) return { criterion };
      const kept = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null && value !== 'none'));
      return { ...kept, criterion } as Judged;
    }),
  };
}

/* A draft of other criteria is none: a change order may have changed them meanwhile. */
export const isOf = (milestone: Milestone) => ({ judged }: Review) => judged.map((one) => one.criterion).join() === criteriaOf(milestone).join();

const rank = (severity: Severity | undefined) => (severity ? severities.indexOf(severity) + 1 : 0);
const refusalRank = (terms: Terms) => rank((terms.refusal_from as Severity | null) ?? 'major');

export const allowsParts = (terms: Terms) => terms.partial_acceptance === 'by_criterion';

/* Minor defects can always be accepted, and what cannot be refused must be. */
export const canStay = (severity: Severity | undefined, terms: Terms) => rank(severity) <= 1 || rank(severity) < refusalRank(terms);

export const canRefuseFor = (severity: Severity | undefined, terms: Terms) => rank(severity) >= refusalRank(terms);

export interface Outcome {
  undecided: number;
  unrated: number; // of these, not met, and nobody has said how bad that is
  carried: Judged[];
  reserved: Judged[];
  failed: Judged[]; // all that is not met
  mayAccept: boolean;
  mayReject: boolean;
  needsReservations: boolean;
}

export function outcomeOf({ judged, reservations }: Review, terms: Terms): Outcome {
  const undecided = judged.filter((one) => one.met === undefined || (!one.met && !one.severity)).length;
  const unrated = judged.filter((one) => one.met === false && !one.severity).length;
  const failed = judged.filter((one) => one.met === false && one.severity);
  const carried = failed.filter((one) => one.remedy === 'carry');
  const reserved = failed.filter((one) => !one.remedy && canStay(one.severity, terms));
  const again = failed.filter((one) => !carried.includes(one) && !reserved.includes(one));
  const isCarriedWell = carried.every((one) => one.carry_to) && (carried.length === 0 || carried.length < judged.length);
  const needsReservations = reserved.length > 0 && reservations.trim() === '';
  return {
    undecided, unrated, carried, reserved, failed, needsReservations,
    mayAccept: undecided === 0 && again.length === 0 && isCarriedWell && !needsReservations,
    mayReject: carried.length === 0 && (judged.length === 0 || failed.some((one) => canRefuseFor(one.severity, terms))),
  };
}

/* As it is sent: only what was decided. */
export const decisionsOf = ({ judged }: Review) => judged.filter((one) => one.met !== undefined)
  .map((one) => (one.met ? { criterion: one.criterion, met: true } : { ...one, met: false }));

export function approvalsNeeded(terms: Terms, milestone: Milestone): number {
  const needed = Math.max(1, terms.approvers_needed ?? 1);
  const limit = terms.one_approver_limit?.amount;
  if (!limit || !milestone.currency) return needed;
  const isAbove = (toMinor(milestone.price?.amount, milestone.currency) ?? 0n) > (toMinor(limit.amount, milestone.currency) ?? 0n);
  return isAbove ? Math.max(2, needed) : needed;
}

export const isLaterAndOpen = (from: Milestone, to: Milestone) =>
  to.contract_id === from.contract_id && (to.number ?? 0) > (from.number ?? 0) && ['planned', 'ready', 'in_progress'].includes(to.state ?? '');

