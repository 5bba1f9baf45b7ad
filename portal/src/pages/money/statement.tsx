/* What a client owes today and has as credit: a page to print and send. */
import { Printer } from 'lucide';
import { show_client, show_client_statement, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Empty, Figures, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { day, money, say } from '../../messages';
import { sayHere } from '../../parts/side';
import { Why } from '../../parts/why';
import { invoiceColumns } from './invoice_list';
import { RecordPayment } from './payments';

type Credit = components['schemas']['client_credit'];

const creditColumns = (): Column<Credit>[] => [
  { title: say('statement.from'), show: (row) => <a href={row.payment_id ? `/payments/${row.payment_id}` : `/invoices/${row.credit_note_id}`}><strong>{row.number}</strong></a>, plain: (row) => row.number },
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('common.amount'), number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
  { title: say('payment.left'), number: true, show: (row) => money(row.rest), plain: (row) => row.rest },
];

function Parties({ id }: { id: string }) {
  const company = useAsk(show_company);
  const client = useAsk(show_client, { path: { client_id: id } });
  return (
    <div class="row apart" style={{ alignItems: 'flex-start' }}>
      <div><div class="faint">{say('statement.for')}</div><strong>{client.data?.legal_name ?? client.data?.name}</strong><div class="lines">{client.data?.address}</div></div>
      <div><div class="faint">{say('statement.by')}</div><strong>{company.data?.legal_name ?? company.data?.name}</strong><div class="lines">{company.data?.address}</div></div>
    </div>
  );
}

export default function Statement({ id }: { id: string }) {
  const asked = useAsk(show_client_statement, { path: { client_id: id } });
  return (
    <Page title={say('statement.title')} eyebrow={isClient() ? <a href="/invoices">{say('nav.invoices')}</a> : <a href={`/clients/${id}`}>{say('invoice.client')}</a>}
      acts={<>{asked.data && asked.data.balances.length > 0 && <Why subject={{ of: 'statement', path: { client_id: id } }} />}<RecordPayment client_id={id} /><Button onClick={() => window.print()}><Icon of={Printer} />{say('statement.print')}</Button></>}>
      <Parties id={id} />
      <Shown of={asked}>
        {(data) => (
          <>
            <p class="soft">{say('statement.as_of', { day: day(data.day) })}</p>
            {data.balances.map((one) => (
              <Figures rows={[
                { name: say('statement.outstanding'), value: money(one.outstanding) },
                { name: say('invoice.overdue'), value: money(one.overdue) },
                { name: say('statement.credit'), value: money(one.credit) },
                { name: say('statement.refunds'), value: money(one.refunds) },
                { name: say('statement.balance'), value: money(one.balance), below: sayHere(one.balance.amount.startsWith('-') ? 'statement.in_favour' : 'statement.to_pay') },
              ]} />
            ))}
            <Panel title={say('statement.open')} flush>
              {data.invoices.length > 0
                ? <Table name={say('statement.open')} columns={invoiceColumns().filter((column) => column.title !== say('invoice.currency'))} rows={data.invoices} />
                : <Empty title={say('statement.nothing_open')} />}
            </Panel>
            {data.credits.length > 0 && <Panel title={say('statement.credits')} flush><Table name={say('statement.credits')} columns={creditColumns()} rows={data.credits} /></Panel>}
          </>
        )}
      </Shown>
    </Page>
  );
}
