/* One account in one currency: from the opening balance, posting by posting, to the closing one. */
import { useLocation } from 'preact-iso';
import { show_account_statement, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { sumOf } from '../../form/amount';
import { CURRENCIES } from '../../form/choices';
import { day, money, say, sayOne, today } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { creditOf, DayField, debitOf, Sided } from './ledger_parts';

type Statement = components['schemas']['account_statement'];
type Movement = components['schemas']['ledger_movement'] & { running: string };

/* Each movement with the balance after it. */
function running(statement: Statement): Movement[] {
  const currency = statement.currency!;
  let balance: string = statement.opening.amount;
  return statement.movements.map((movement) => {
    balance = sumOf([balance, movement.amount.amount], currency);
    return { ...movement, running: balance };
  });
}

const columns = (currency: string, nameOf: (id: string | null) => string): Column<Movement>[] => [
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('ledger.narrative'), show: (row) => <><a href={`/ledger/entries/${row.entry_id}`}>{row.narrative}</a><div class="faint">{[sayOne('value', row.kind ?? ''), nameOf(row.client_id)].filter(Boolean).join(' · ')}</div></>, plain: (row) => row.narrative },
  { title: say('ledger.debit'), number: true, show: (row) => debitOf(row.amount) && money(row.amount), plain: (row) => debitOf(row.amount) },
  { title: say('ledger.credit'), number: true, show: (row) => creditOf(row.amount) && money(creditOf(row.amount)), plain: (row) => creditOf(row.amount) },
  { title: say('ledger.running'), number: true, show: (row) => <Sided of={{ amount: row.running, currency }} />, plain: (row) => ({ amount: row.running, currency }) },
];

export default function Account({ id }: { id: string }) {
  const { path, query, route } = useLocation();
  const company = useAsk(show_company);
  const nameOf = useClientNames();
  const currency = query.currency ?? company.data?.currency;
  const from = query.from ?? `${today().slice(0, 4)}-01-01`;
  const to = query.to ?? today();
  const go = (changed: Record<string, string>) => route(`${path}?${new URLSearchParams({ currency: currency ?? '', from, to, ...changed })}`);
  const asked = useAsk(show_account_statement, currency ? { path: { account: id }, query: { currency, from_day: from, to_day: to } } : null);
  const name = sayOne('account', id);
  return (
    <Page title={name} eyebrow={<a href="/ledger">{say('nav.ledger')}</a>}>
      <div class="row">
        <DayField label={say('ledger.from')} value={from} set={(next) => go({ from: next })} />
        <DayField label={say('ledger.to')} value={to} set={(next) => go({ to: next })} />
        <select class="input" style={{ inlineSize: 'auto' }} aria-label={say('report.currency')} value={currency ?? undefined} onChange={(event) => go({ currency: event.currentTarget.value })}>
          {[...new Set([...CURRENCIES, ...(currency ? [currency] : [])])].map((one) => <option value={one}>{one}</option>)}
        </select>
      </div>
      <Shown of={asked}>
        {(data) => {
          const rows = running(data);
          const all = columns(data.currency!, nameOf);
          return (
            <Panel title={`${day(data.from_day)} – ${day(data.to_day)}`} flush>
              <div class="tools row apart"><span class="soft">{say('ledger.opening')}</span><strong class="number"><Sided of={data.opening} /></strong></div>
              <Table name={name} file={`${id} ${from} ${to}`} columns={all} rows={rows} foot={<tr><td colSpan={4}>{say('ledger.closing')}</td><td class="number"><Sided of={data.closing} /></td></tr>} />
            </Panel>
          );
        }}
      </Shown>
    </Page>
  );
}
