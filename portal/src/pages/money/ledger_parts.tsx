import { Tabs } from '../../design/tabs';
import { say, sayOne } from '../../messages';

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
  return (
    <label class="row" style={{ flexWrap: 'nowrap' }}>
      <span class="faint">{label}</span>
      <input class="input" type="date" style={{ inlineSize: 'auto' }} value={value} onChange={(event) => { if (event.currentTarget.value) set(event.currentTarget.value); }} />
    </label>
  );
}
