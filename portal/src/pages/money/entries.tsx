import { Scale } from 'lucide';
import { list_ledger_entries } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { Empty, Page, Panel } from '../../design/page';
import { List, type Column } from '../../design/table';
import { sumOf } from '../../form/amount';
import { day, money, say, sayOne } from '../../messages';
import { creditOf, debitOf, LedgerTabs, Source } from './ledger_parts';

type Entry = components['schemas']['ledger_entry'];

const accountsOn = (entry: Entry, side: typeof debitOf) =>
  [...new Set(entry.postings.filter((one) => side(one.amount)).map((one) => sayOne('account', one.account ?? '')))].join(', ');

/* What it moves: all on one side, which is as much as on the other. */
const moved = (entry: Entry) => ({ amount: sumOf(entry.postings.map((one) => debitOf(one.amount)?.amount), entry.currency ?? ''), currency: entry.currency });

const columns = (): Column<Entry>[] => [
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('ledger.narrative'), show: (row) => <a href={`/ledger/entries/${row.id}`}><strong>{row.narrative}</strong></a>, plain: (row) => row.narrative },
  { title: say('ledger.debit'), show: (row) => accountsOn(row, debitOf), plain: (row) => accountsOn(row, debitOf) },
  { title: say('ledger.credit'), show: (row) => accountsOn(row, creditOf), plain: (row) => accountsOn(row, creditOf) },
  { title: sayOne('field', 'amount'), number: true, show: (row) => money(moved(row)), plain: moved },
  { title: say('ledger.source'), show: (row) => <Source kind={row.source_kind} id={row.source_id} />, plain: (row) => row.source_kind },
];

const kinds = ['invoice', 'credit_note', 'payment', 'allocation', 'refund_request', 'refund', 'reversal'];

export default function Entries() {
  return (
    <Page title={say('nav.ledger')} eyebrow={say('ledger.intro')}>
      <LedgerTabs />
      <Panel flush>
        <List of={list_ledger_entries} name={say('ledger.entries')} columns={columns()} sort="-id"
          filters={[
            { name: 'kind', label: say('ledger.kind'), choices: kinds.map((one) => [one, sayOne('value', one)]) },
            { name: 'from_day', label: say('ledger.from'), isDay: true }, { name: 'to_day', label: say('ledger.to'), isDay: true },
          ]}
          empty={<Empty icon={Scale} title={say('ledger.none_title')} text={say('ledger.none_text')} />} />
      </Panel>
    </Page>
  );
}
