/* What a plan comes to: exact, as the server reckons it (docs/arithmetic.md). */
import type { components } from '../../api/generated/types';
import { fromMinor, sumOf, toMinor } from '../../form/amount';
import type { Money } from '../../messages';

export type Plan = components['schemas']['plan'];
export type Piece = components['schemas']['plan_milestone'];

const MILLION = 1_000_000n;

/* Halves are rounded up; each milestone is an invoice of its own. */
function taxOf(piece: Piece, currency: string) {
  const net = toMinor(piece.price?.amount ?? '', currency) ?? 0n;
  return (net * BigInt(piece.tax_rate_ppm ?? 0) * 2n + MILLION) / (2n * MILLION);
}

export function taxOfPlan(plan: Plan): Money {
  const currency = plan.currency ?? 'EUR';
  return { currency, amount: fromMinor(plan.milestones.reduce((sum, piece) => sum + taxOf(piece, currency), 0n), currency) };
}

export const plus = (one: Money, other: Money): Money =>
  ({ currency: one.currency, amount: sumOf([one.amount, other.amount], one.currency ?? 'EUR') });

export const pricesOf = (plan: Plan): string => sumOf(plan.milestones.map((piece) => piece.price?.amount), plan.currency);

/* Whether something stands for a price that is none, and is missing from the sum. */
export const hasUnread = (plan: Plan) =>
  plan.milestones.some(({ price }) => !!price?.amount && toMinor(price.amount, plan.currency) === null);

/* What the total has more than the prices; negative where the prices have more; null where that is not known. */
export function restOf(plan: Plan): bigint | null {
  const total = toMinor(plan.total?.amount ?? '', plan.currency);
  const prices = toMinor(pricesOf(plan), plan.currency);
  return total === null || prices === null || hasUnread(plan) ? null : total - prices;
}

/* The last milestone of a price of its own takes what the others leave of the total. */
export function settled(plan: Plan): Plan {
  const rest = restOf(plan);
  const at = plan.milestones.findLastIndex((piece) => (piece.pricing ?? 'fixed') === 'fixed');
  const piece = plan.milestones[at];
  if (rest === null || !piece) return plan;
  const amount = fromMinor((toMinor(piece.price?.amount ?? '', plan.currency) ?? 0n) + rest, plan.currency);
  return { ...plan, milestones: plan.milestones.with(at, { ...piece, price: { amount, currency: plan.currency } }) };
}

/* What was agreed of a plan that a change order restates: its total, and the milestones whose prices no longer follow another. */
export interface Agreed { total: string; codes: Set<string> }

const isSettled = (piece: Piece, total: bigint, agreed: Agreed | undefined, currency: string) =>
  piece.settled?.amount != null || (!!agreed?.codes.has(piece.code ?? '') && toMinor(agreed.total, currency) !== total);

/* The prices that follow from something else: shares of the total, counted up so that nothing is lost, and what is not billed.
   Once some are settled, the others share what these leave of it. */
export function derived(plan: Plan, agreed?: Agreed): Plan {
  const total = toMinor(plan.total?.amount ?? '', plan.currency);
  if (total === null) return plan;
  const share = (whole: bigint, ppm: bigint, of: bigint) => (whole * ppm * 2n + of) / (2n * of);
  const shares = plan.milestones.filter((piece) => piece.pricing === 'percentage');
  const settledOnes = shares.filter((piece) => isSettled(piece, total, agreed, plan.currency));
  const ppmOf = (pieces: Piece[]) => pieces.reduce((sum, piece) => sum + BigInt(piece.percent_ppm ?? 0), 0n);
  const settledSum = toMinor(sumOf(settledOnes.map((piece) => piece.price?.amount), plan.currency), plan.currency) ?? 0n;
  const rest = share(total, ppmOf(shares), MILLION) - settledSum;
  const [whole, of] = settledOnes.length > 0 ? [rest, ppmOf(shares) - ppmOf(settledOnes)] : [total, MILLION];
  let counted = 0n;
  const priceOf = (piece: Piece): Money | undefined => {
    if (piece.pricing === 'non_billable') return { amount: fromMinor(0n, plan.currency), currency: plan.currency };
    if (piece.pricing !== 'percentage' || settledOnes.includes(piece) || whole < 0n || of === 0n) return undefined;
    const before = share(whole, counted, of);
    counted += BigInt(piece.percent_ppm ?? 0);
    return { amount: fromMinor(share(whole, counted, of) - before, plan.currency), currency: plan.currency };
  };
  return { ...plan, milestones: plan.milestones.map((piece) => ({ ...piece, price: priceOf(piece) ?? piece.price } as Piece)) };
}

export const isDerived = (piece: Piece) => piece.pricing === 'percentage' || piece.pricing === 'non_billable';
