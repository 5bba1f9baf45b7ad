/* What is open of an invoice, and what a credit note or payment has left. */
import { fromMinor, sumOf, toMinor } from '../../form/amount';
import type { Money } from '../../messages';

const less = (amount: string | null | undefined) => (amount ? (amount.startsWith('-') ? amount.slice(1) : `-${amount}`) : amount);

interface Billed { currency: string | null; total: Money; paid: Money; credited: Money }
interface Received { currency: string | null; amount: Money; allocated: Money; refunded: Money }

export const minus = (whole: Money, ...parts: Money[]): Money => {
  const currency = whole.currency ?? 'EUR';
  return { currency, amount: sumOf([whole.amount, ...parts.map((part) => less(part.amount))], currency) };
};
/* What is taken back counts against the rest. */
export const negative = (money: Money): Money => minus({ ...money, amount: null }, money);
export const openOf = (invoice: Billed): Money => minus(invoice.total, invoice.paid, invoice.credited);
export const leftOf = (payment: Received): Money => minus(payment.amount, payment.allocated, payment.refunded);
export const isAbove = (money: Money) => (toMinor(money.amount, money.currency ?? 'EUR') ?? 0n) > 0n;

/* The sums of rows for each currency. */
export function byCurrency<T>(rows: T[], of: (row: T) => Money): Money[] {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const { amount, currency } = of(row);
    if (currency) sums.set(currency, (sums.get(currency) ?? 0n) + (toMinor(amount, currency) ?? 0n));
  }
  return [...sums].map(([currency, minor]) => ({ currency, amount: fromMinor(minor, currency) }));
}

/* Money that stands on an invoice is applied to it. */
export const standing = (allocation: { state: string | null }) => (allocation.state === 'active' ? 'applied' : allocation.state);
