/* One payment: where each part of it went, what is left, and what can be done with that. */
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { versionOf } from '../../api/ask';
import { list_invoices, request_refund, reverse_allocation, reverse_payment, show_payment } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient, may } from '../../api/session';
import { Empty, Facts, Figures, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, moment, money, say, sayOne, sayState } from '../../messages';
import { sayHere } from '../../parts/side';
import { useClientNames } from '../../parts/clients';
import { ApplyPayment } from './apply';
import { RefundPanel } from './refund_panel';
import { isAbove, leftOf, openOf, standing } from './rest';

type Payment = components['schemas']['payment'];
type Allocation = components['schemas']['allocation'];
type Invoice = components['schemas']['invoice_summary'];

/* Too much, too little, or just right: said, not left to be reckoned. */
function InWords({ payment, invoices }: { payment: Payment; invoices: Map<string | null, Invoice> }) {
  const left = leftOf(payment);
  if (payment.state === 'reversed') return <div class="note bad">{say('payment.is_reversed')}</div>;
  const short = payment.allocations.filter((one) => one.state === 'active').map((one) => invoices.get(one.invoice_id)).filter((one) => one && isAbove(openOf(one)));
  if (!isAbove(left) && short.length === 0) return <div class="note good">{say(isAbove(payment.refunded) ? 'payment.is_given_back' : 'payment.is_exact')}</div>;
  return (
    <div class="note wait">
      {isAbove(left) && <span>{sayHere('payment.is_over', { amount: money(left) })}</span>}
      {short.map((one) => <span>{say('payment.is_under', { number: one!.number, amount: money(openOf(one!)) })}</span>)}
    </div>
  );
}

const columns = (invoices: Map<string | null, Invoice>): Column<Allocation>[] => [
  { title: say('invoice.one'), show: (row) => <><a href={`/invoices/${row.invoice_id}`}><strong>{invoices.get(row.invoice_id)?.number ?? say('invoice.one')}</strong></a><div class="faint">{moment(row.allocated_at)}</div></>, plain: (row) => invoices.get(row.invoice_id)?.number },
  { title: say('common.state'), show: (row) => <><State of="allocation" value={standing(row)} />{row.reason && <div class="faint">{row.reason}</div>}</>, plain: (row) => sayState('allocation', standing(row)) },
  { title: say('common.amount'), number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
  ...(may(reverse_allocation) ? [{ title: '', show: (row: Allocation) => <Act of={reverse_allocation} path={{ allocation_id: row.id! }} version={versionOf(row)} when={row.state === 'active'} tone="plain" small />, plain: null }] : []),
];

function Acts({ payment, version }: { payment: Payment; version: string | undefined }) {
  const { route } = useLocation();
  const left = leftOf(payment);
  const hasLeft = payment.state !== 'reversed' && isAbove(left);
  return (
    <>
      {hasLeft && <ApplyPayment payment={payment} version={version} left={left} />}
      <Act of={request_refund} when={hasLeft} hide={['payment_id', 'credit_note_id', 'currency']} done={(made) => route(`/refunds/${made.id}`)}
        preset={{ payment_id: payment.id!, currency: payment.currency!, amount: left as { amount: string; currency: string } }} />
      <Act of={reverse_payment} path={{ payment_id: payment.id! }} version={version} when={payment.state === 'confirmed' && !isAbove(payment.allocated) && !isAbove(payment.refunded)} tone="bad" />
    </>
  );
}

function Content({ payment }: { payment: Payment }) {
  const nameOf = useClientNames();
  const asked = useAll(list_invoices, { query: { client_id: payment.client_id!, kind: 'invoice', sort: '-issue_day' } });
  const invoices = new Map((asked.data?.items ?? []).map((one) => [one.id, one]));
  return (
    <>
      <Figures rows={[
        { name: say('common.amount'), value: money(payment.amount), below: day(payment.received_day) },
        { name: say('payment.applied'), value: money(payment.allocated) },
        ...(isAbove(payment.refunded) ? [{ name: say('payment.refunded'), value: money(payment.refunded) }] : []),
        { name: say('payment.left'), value: payment.state === 'reversed' ? '–' : money(leftOf(payment)) },
      ]} />
      {asked.data && <InWords payment={payment} invoices={invoices} />}
      <div class="split">
        <div class="stack">
          <Panel title={say('payment.paid_what')} flush>
            {payment.allocations.length > 0 ? <Table name={say('payment.paid_what')} columns={columns(invoices)} rows={payment.allocations} /> : <Empty title={say('payment.not_applied')} />}
            {may(reverse_payment) && isAbove(payment.allocated) && <p class="tools faint">{say('payment.reverse_first')}</p>}
          </Panel>
          <RefundPanel of={{ payment_id: payment.id! }} />
        </div>
        <Panel title={say('payment.about')}>
          <Facts facts={[
            ...(isClient() ? [] : [[say('invoice.client'), <a href={`/clients/${payment.client_id}`}>{nameOf(payment.client_id)}</a>] as [string, ComponentChildren]]),
            [say('payment.day'), day(payment.received_day)],
            [sayOne('field', 'method'), sayOne('value', payment.method ?? '')],
            [say('payment.reference'), payment.payer_reference],
            ...(payment.note ? [[sayOne('field', 'note'), payment.note] as [string, string]] : []),
            [say('payment.recorded'), moment(payment.created_at)],
          ]} />
        </Panel>
      </div>
    </>
  );
}

export default function PaymentPage({ id }: { id: string }) {
  const asked = useAsk(show_payment, { path: { payment_id: id } });
  return (
    <Page title={asked.data ? say('common.titled', { kind: say('payment.one'), number: asked.data.number }) : say('payment.one')} state={<State of="payment" value={asked.data?.state} />}
      eyebrow={<a href="/payments">{say('nav.payments')}</a>} acts={asked.data && <Acts payment={asked.data} version={asked.version} />}>
      <Shown of={asked}>{(data) => <Content payment={data} />}</Shown>
    </Page>
  );
}
