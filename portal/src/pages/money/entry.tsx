/* One entry: its postings, what it records, and the only way to take it back. */
import { useLocation } from 'preact-iso';
import { reverse_ledger_entry, show_ledger_entry } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, hasMessage, moment, money, say, sayOne, type Key } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { creditOf, debitOf, Source } from './ledger_parts';

type Entry = components['schemas']['ledger_entry'];
type Posting = Entry['postings'][number];

type NameOf = (id: string | null) => string;

const columns = (entry: Entry, nameOf: NameOf): Column<Posting>[] => [
  { title: say('ledger.account'), show: (row) => <><a href={`/ledger/accounts/${row.account}?currency=${entry.currency}&from=${entry.day}&to=${entry.day}`}>{sayOne('account', row.account ?? '')}</a>{row.client_id && <div class="faint">{nameOf(row.client_id)}</div>}</>, plain: (row) => sayOne('account', row.account ?? '') },
  { title: say('ledger.debit'), number: true, show: (row) => debitOf(row.amount) && money(row.amount), plain: (row) => debitOf(row.amount) },
  { title: say('ledger.credit'), number: true, show: (row) => creditOf(row.amount) && money(creditOf(row.amount)), plain: (row) => creditOf(row.amount) },
];

/* What reversing would do, or where it is done instead. */
function wordOn(entry: Entry) {
  const keys: string[] = [`ledger.if_${entry.kind}`, `ledger.no_way_back_${entry.kind}`];
  const key = keys.find(hasMessage);
  return key ? say(key as Key) : null;
}

export default function EntryPage({ id }: { id: string }) {
  const { route } = useLocation();
  const nameOf = useClientNames();
  const asked = useAsk(show_ledger_entry, { path: { entry_id: id } });
  const canReverse = hasMessage(`ledger.if_${asked.data?.kind}`);
  return (
    <Page title={asked.data?.narrative ?? say('ledger.entry')} eyebrow={<><a href="/ledger">{say('nav.ledger')}</a><span>/</span><a href="/ledger/entries">{say('ledger.entries')}</a></>}
      acts={asked.data && <Act of={reverse_ledger_entry} path={{ entry_id: id }} tone="bad" when={canReverse} done={(made) => route(`/ledger/entries/${made.id}`)} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            {wordOn(data) && <div class="note">{wordOn(data)}</div>}
            <div class="split">
              <Panel title={say('ledger.postings')} flush><Table name={say('ledger.postings')} columns={columns(data, nameOf)} rows={data.postings} /></Panel>
              <Panel title={say('payment.about')}>
                <Facts facts={[
                  [say('common.day'), day(data.day)],
                  [say('ledger.kind'), sayOne('value', data.kind ?? '')],
                  [say('ledger.source'), <Source kind={data.source_kind} id={data.source_id} />],
                  [say('ledger.reverses'), data.reverses_id && <a href={`/ledger/entries/${data.reverses_id}`}>{say('ledger.entry')}</a>],
                  [say('payment.recorded'), moment(data.created_at)],
                ]} />
              </Panel>
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}
