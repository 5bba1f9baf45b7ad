import { Scale } from 'lucide';
import { list_ledger_entries } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { Empty, Page, Panel } from '../../design/page';
import { List, type Column } from '../../design/table';
import { day, say, sayOne } from '../../messages';
import { LedgerTabs, Source } from './ledger_parts';

type Entry = components['schemas']['ledger_entry_summary'];

const columns = (): Column<Entry>[] => [
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('ledger.narrative'), show: (row) => <a href={`/ledger/entries/${row.id}`}><strong>{row.narrative}</strong></a>, plain: (row) => row.narrative },
  { title: say('ledger.kind'), show: (row) => sayOne('value', row.kind ?? ''), plain: (row) => sayOne('value', row.kind ?? '') },
  { title: say('ledger.source'), show: (row) => <Source kind={row.source_kind} id={row.source_id} />, plain: (row) => row.source_kind },
  { title: say('report.currency'), show: (row) => row.currency, plain: (row) => row.currency },
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
