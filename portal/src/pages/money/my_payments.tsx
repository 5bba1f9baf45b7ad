/* The client's money: what is open, what was paid, and which invoice each payment went to. */
import { Landmark } from 'lucide';
import { list_allocations, list_invoices, list_payments, show_client_statement } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Figures, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { List, Table, type Column } from '../../design/table';
import { day, money, say, type Money } from '../../messages';
import { invoiceColumns } from './invoice_list';
import { isAbove, leftOf } from './rest';
import { PaymentTabs } from './tabs';

type Payment = components['schemas']['payment_summary'];
type Statement = components['schemas']['client_statement'];

interface Part { invoice_id: string; number: string; amount: Money }

function useParts(): Map<string | null, Part[]> {
  const parts = useAll(list_allocations, { query: { state: 'active', sort: '-id' } }).data?.items ?? [];
  const invoices = useAll(list_invoices, { query: { kind: 'invoice', sort: '-issue_day' } }).data?.items ?? [];
  const numbers = new Map(invoices.map((one) => [one.id, one.number ?? '']));
  const byPayment = new Map<string | null, Part[]>();
  for (const part of parts) {
    const known = byPayment.get(part.payment_id) ?? [];
    byPayment.set(part.payment_id, [...known, { invoice_id: part.invoice_id!, number: numbers.get(part.invoice_id) ?? say('invoice.one'), amount: part.amount }]);
  }
  return byPayment;
}

/* One invoice needs no amount beside it: it is that of the payment. */
function PaidWhat({ payment, parts }: { payment: Payment; parts: Part[] }) {
  if (parts.length === 0) return isAbove(payment.allocated) ? <a href={`/payments/${payment.id}`}>{money(payment.allocated)}</a> : <>–</>;
  return <>{parts.map((one) => <div style={{ whiteSpace: 'nowrap' }}><a href={`/invoices/${one.invoice_id}`}>{one.number}</a>{parts.length > 1 && <span class="faint"> {money(one.amount)}</span>}</div>)}</>;
}

const columns = (partsOf: (payment: Payment) => Part[]): Column<Payment>[] => [
  { title: say('payment.one'), sort: 'number', plain: (row) => row.number,
    show: (row) => <><a href={`/payments/${row.id}`}><strong>{row.number}</strong></a>{row.state !== 'confirmed' && <> <State of="payment" value={row.state} /></>}{row.payer_reference && <div class="faint"><span dir="auto">{row.payer_reference}</span></div>}</> },
  { title: say('payment.day'), sort: 'received_day', show: (row) => day(row.received_day), plain: (row) => row.received_day },
  { title: say('payment.paid_what'), show: (row) => <PaidWhat payment={row} parts={partsOf(row)} />, plain: (row) => partsOf(row).map((one) => one.number).join(' ') },
  { title: say('common.amount'), sort: 'amount_minor', number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
  { title: say('payment.credit'), number: true, plain: (row) => (row.state === 'reversed' ? null : leftOf(row)),
    show: (row) => (row.state !== 'reversed' && isAbove(leftOf(row)) ? <strong>{money(leftOf(row))}</strong> : '–') },
];

function Open({ statement }: { statement: Statement }) {
  return (
    <>
      {statement.balances.map((one) => (
        <Figures rows={[
          { name: say('invoice.open'), value: money(one.outstanding) },
          { name: say('invoice.overdue'), value: money(one.overdue) },
          { name: say('payment.credit'), value: money(one.credit) },
        ]} />
      ))}
      {statement.invoices.length > 0
        ? <Panel title={say('payment.still_open')} flush><Table name={say('payment.still_open')} columns={invoiceColumns().filter((column) => column.title !== say('invoice.currency'))} rows={statement.invoices} /></Panel>
        : <div class="note good">{say('payment.nothing_open')}</div>}
    </>
  );
}

export default function MyPayments() {
  const client_id = viewer()!.client_id!;
  const statement = useAsk(show_client_statement, { path: { client_id } });
  const parts = useParts();
  return (
    <Page title={say('nav.payments')} eyebrow={say('payment.client_intro')} acts={<a class="button" href={`/clients/${client_id}/statement`}>{say('statement.title')}</a>}>
      <PaymentTabs />
      <Shown of={statement}>{(data) => <Open statement={data} />}</Shown>
      <Panel title={say('payment.mine')} flush>
        <List of={list_payments} name={say('nav.payments')} columns={columns((payment) => parts.get(payment.id) ?? [])} sort="-received_day"
          filters={[{ name: 'from_day', label: say('ledger.from'), isDay: true }, { name: 'to_day', label: say('ledger.to'), isDay: true }]}
          empty={<Empty icon={Landmark} title={say('payment.none_title')} text={say('payment.none_client')} />} />
      </Panel>
    </Page>
  );
}
