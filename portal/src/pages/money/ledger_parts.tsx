import { Tabs } from '../../design/tabs';
import { useTyped } from '../../design/typed';
import { money, say, sayOne, type Money } from '../../messages';
import { isAbove, minus } from './rest';

export function LedgerTabs() {
  return <Tabs label={say('nav.ledger')} tabs={[{ href: '/ledger', text: say('ledger.balance') }, { href: '/ledger/entries', text: say('ledger.entries') }]} />;
}

const folders: Record<string, string> = { invoice: 'invoices', credit_note: 'invoices', payment: 'payments', refund: 'refunds' };

export function Source({ kind, id }: { kind: string | null; id: string | null }) {
  const folder = folders[kind ?? ''];
  const name = sayOne('value', kind ?? '');
  return folder ? <a href={`/${folder}/${id}`}>{name}</a> : <>{name}</>;
}

export function DayField({ label, value, set }: { label: string; value: string; set: (day: string) => void }) {
  const typed = useTyped(value, (day) => { if (day) set(day); });
  return (
    <label class="row" style={{ flexWrap: 'nowrap' }}>
      <span class="faint">{label}</span>
      <input class="input" type="date" style={{ inlineSize: 'auto' }} {...typed} />
    </label>
  );
}

/* ---- the two sides ---- */

const isCredit = (amount: Money) => !!amount.amount?.startsWith('-');
const without = (amount: Money) => minus({ amount: '0', currency: amount.currency }, amount);

/* What stands on each side, or null. */
export const debitOf = (amount: Money) => (isCredit(amount) ? null : amount);
export const creditOf = (amount: Money) => (isCredit(amount) ? without(amount) : null);

/* A balance as accountants read it: on its side, without a sign. */
export function Sided({ of }: { of: Money }) {
  const side = isCredit(of) ? 'ledger.on_credit' : isAbove(of) ? 'ledger.on_debit' : null;
  return <>{money(creditOf(of) ?? of)}{side && <span class="faint"> {say(side)}</span>}</>;
}
