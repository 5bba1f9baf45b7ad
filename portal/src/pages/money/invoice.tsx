/* One invoice or credit note: what for, how much, until when, how to pay, what was paid; its paper beside it. */
import { Download } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { versionOf } from '../../api/ask';
import { list_allocations, list_invoices, request_refund, reverse_allocation, show_client_statement, show_company, show_contract, show_engagement, show_invoice, show_invoice_paper, show_payment } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient, may } from '../../api/session';
import { Copied } from '../../design/copy';
import { Icon } from '../../design/icon';
import { Empty, Facts, Figures, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import type { Value } from '../../form/shape';
import { day, distance, moment, money, percent, say, sayOne, sayState } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { Paper, paperAt } from '../../parts/paper';
import { Why } from '../../parts/why';
import { ApplyCredit } from './apply';
import { IssueCredit } from './credit';
import { InvoiceState, isInvoice, isOpen, isOverdue } from './invoice_list';
import { RecordPayment } from './payments';
import { RefundPanel } from './refund_panel';
import { isAbove, minus, openOf, standing } from './rest';
import './money.css';

type Invoice = components['schemas']['invoice'];
type Line = Invoice['lines'][number];
type Allocation = components['schemas']['allocation'];
type Fact = [string, ComponentChildren];

const paperOf = (invoice: Invoice) => paperAt(show_invoice_paper, invoice.id!);

/* ---- how to pay ---- */

/* What the client has to its credit already, which somebody of the agency applies. */
function Credit({ invoice }: { invoice: Invoice }) {
  const statement = useAsk(show_client_statement, { path: { client_id: invoice.client_id! } }).data;
  const credit = statement?.balances.find((one) => one.currency === invoice.currency)?.credit;
  const from = statement?.credits.find((one) => one.currency === invoice.currency);
  if (!credit || !from || !isAbove(credit)) return null;
  const href = from.payment_id ? `/payments/${from.payment_id}` : `/invoices/${from.credit_note_id}`;
  return <div class="note wait"><span>{say(isClient() ? 'invoice.has_credit_client' : 'invoice.has_credit', { amount: money(credit) })}</span><a href={href}>{from.number}</a></div>;
}

function HowToPay({ invoice }: { invoice: Invoice }) {
  const company = useAsk(show_company);
  if (!isOpen(invoice)) return null;
  return (
    <Panel title={say(isClient() ? 'invoice.how_to_pay' : 'invoice.client_pays')}>
      {invoice.disputed_at && <div class="note wait">{say('invoice.disputed')}</div>}
      {!isClient() && company.data && !company.data.iban && !company.data.remittance && <div class="note wait"><span>{say('invoice.no_account')}</span><a href="/settings">{say('nav.settings')}</a></div>}
      <Credit invoice={invoice} />
      {isOverdue(invoice) && <div class="note bad">{say('invoice.was_due', { day: day(invoice.due_day), distance: distance(invoice.due_day) })}</div>}
      <Shown of={company}>
        {(data) => (
          <Facts facts={[
            [say('common.amount'), <strong>{money(openOf(invoice))}</strong>],
            [say('invoice.until'), <>{day(invoice.due_day)} <span class="faint">{distance(invoice.due_day)}</span></>],
            [say('invoice.to'), data.legal_name ?? data.name],
            ...(data.iban ? [[sayOne('field', 'iban'), <Copied text={data.iban} what={sayOne('field', 'iban')} />] as Fact] : []),
            ...(data.bic ? [[sayOne('field', 'bic'), <Copied text={data.bic} what={sayOne('field', 'bic')} />] as Fact] : []),
            [say('invoice.reference'), <Copied text={invoice.reference ?? ''} what={say('invoice.reference')} />],
            ...(data.remittance ? [[say('invoice.remittance'), <span class="lines">{data.remittance}</span>] as Fact] : []),
          ]} />
        )}
      </Shown>
      <p class="faint">{say('invoice.reference_hint')}</p>
    </Panel>
  );
}

/* ---- what is billed ---- */

const lineColumns = (): Column<Line>[] => [
  { title: say('invoice.line'), plain: (row) => row.description,
    show: (row) => (
      <>
        {row.milestone_id ? <a href={`/milestones/${row.milestone_id}`}>{row.description}</a> : row.description}
        {row.certificate_id && <div class="faint"><a href={`/certificates/${row.certificate_id}`}>{say('invoice.certificate')}</a></div>}
        {row.progress_claim_id && <div class="faint"><a href={`/progress-claims/${row.progress_claim_id}`}>{say('invoice.progress')}</a></div>}
      </>
    ) },
  { title: say('invoice.tax'), show: (row) => (row.tax_rate_ppm > 0 ? percent(row.tax_rate_ppm, 2) : sayOne('value', row.tax_category ?? '')), plain: (row) => row.tax_rate_ppm / 10_000 },
  { title: say('invoice.net'), number: true, show: (row) => money(row.net), plain: (row) => row.net },
];

function Lines({ invoice }: { invoice: Invoice }) {
  return (
    <Panel title={say(isInvoice(invoice) ? 'invoice.lines' : 'invoice.taken_back')} acts={<Why subject={{ of: 'invoice', path: { invoice_id: invoice.id! } }} />} flush>
      <Table name={say('invoice.lines')} columns={lineColumns()} rows={invoice.lines} foot={
        <>
          <tr><td colSpan={2}>{say('invoice.net')}</td><td class="number">{money(invoice.net)}</td></tr>
          {invoice.taxes.map((tax) => (
            <tr><td colSpan={2}>{tax.rate_ppm > 0 ? `${percent(tax.rate_ppm, 2)} ${say('invoice.of', { amount: money(tax.base) })}` : sayOne('value', tax.category ?? '')}{tax.reason && <div class="faint">{tax.reason}</div>}</td>
              <td class="number">{money(tax.tax)}</td></tr>
          ))}
          <tr><td colSpan={2}>{say('invoice.total')}</td><td class="number">{money(invoice.total)}</td></tr>
        </>} />
    </Panel>
  );
}

/* ---- what was paid and taken back ---- */

function Source({ row, invoice }: { row: Allocation; invoice: Invoice }) {
  const payment = useAsk(show_payment, row.payment_id ? { path: { payment_id: row.payment_id } } : null).data;
  if (!isInvoice(invoice)) return <a href={`/invoices/${row.invoice_id}`}>{say('invoice.one')}</a>;
  if (row.payment_id) return <a href={`/payments/${row.payment_id}`}>{payment?.number ?? say('payment.one')}</a>;
  return <a href={`/invoices/${row.credit_note_id}`}>{sayOne('value', 'credit_note')}</a>;
}

const allocationColumns = (invoice: Invoice): Column<Allocation>[] => [
  { title: say(isInvoice(invoice) ? 'invoice.paid_from' : 'invoice.applied_to'), show: (row) => <><Source row={row} invoice={invoice} /><div class="faint">{moment(row.allocated_at)}</div></>, plain: (row) => row.allocated_at },
  { title: say('common.state'), show: (row) => <><State of="allocation" value={standing(row)} />{row.reason && <div class="faint">{row.reason}</div>}</>, plain: (row) => sayState('allocation', standing(row)) },
  { title: say('common.amount'), number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
  ...(may(reverse_allocation) ? [{ title: '', show: (row: Allocation) => <Act of={reverse_allocation} path={{ allocation_id: row.id! }} version={versionOf(row)} when={row.state === 'active'} tone="plain" small />, plain: null }] : []),
];

function Paid({ invoice }: { invoice: Invoice }) {
  const query = isInvoice(invoice) ? { invoice_id: invoice.id! } : { credit_note_id: invoice.id! };
  const allocations = useAll(list_allocations, { query });
  return (
    <Panel title={say(isInvoice(invoice) ? 'invoice.payments' : 'invoice.applied')} flush>
      <Shown of={allocations}>
        {(data) => (data.items.length > 0
          ? <Table name={say('invoice.payments')} columns={allocationColumns(invoice)} rows={data.items} />
          : <Empty title={say(isInvoice(invoice) ? 'invoice.nothing_paid' : 'invoice.nothing_applied')} />)}
      </Shown>
    </Panel>
  );
}

function CreditNotes({ invoice }: { invoice: Invoice }) {
  const notes = useAll(list_invoices, { query: { kind: 'credit_note', milestone_id: invoice.milestone_id! } });
  const own = notes.data?.items.filter((note) => note.credited_invoice_id === invoice.id) ?? [];
  if (own.length === 0) return null;
  return (
    <Panel title={say('invoice.credit_notes')} flush>
      <ul class="turns">
        {own.map((note) => (
          <li>
            <span class="badge">{sayOne('value', 'credit_note')}</span>
            <div><a href={`/invoices/${note.id}`}><strong>{note.number}</strong></a><div class="faint">{day(note.issue_day)} · {note.reason}</div></div>
            <span class="number">−{money(note.total)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/* ---- the page ---- */

function Head({ invoice }: { invoice: Invoice }) {
  if (!isInvoice(invoice)) {
    return <Figures rows={[
      { name: say('invoice.total'), value: money(invoice.total) },
      { name: say('invoice.used'), value: money(invoice.paid) },
      { name: say('payment.left'), value: money(minus(invoice.total, invoice.paid, invoice.credited)) },
    ]} />;
  }
  const state = isOpen(invoice) ? `${say('common.due', { day: day(invoice.due_day) })} · ${distance(invoice.due_day)}` : sayState('invoice', invoice.state);
  return <Figures rows={[
    { name: say('invoice.total'), value: money(invoice.total), below: say('invoice.issued_on', { day: day(invoice.issue_day) }) },
    { name: say('invoice.paid'), value: money(invoice.paid) },
    ...(isAbove(invoice.credited) ? [{ name: say('invoice.credited'), value: money(invoice.credited) }] : []),
    { name: say('invoice.open'), value: money(openOf(invoice)), below: state },
  ]} />;
}

function About({ invoice }: { invoice: Invoice }) {
  const engagement = useAsk(show_engagement, invoice.engagement_id ? { path: { engagement_id: invoice.engagement_id } } : null);
  const contract = useAsk(show_contract, invoice.contract_id ? { path: { contract_id: invoice.contract_id } } : null);
  const nameOf = useClientNames();
  return (
    <Panel title={say('invoice.about')}>
      <Facts facts={[
        [say('engagement.title'), <a href={`/engagements/${invoice.engagement_id}`}>{engagement.data?.title}</a>],
        ...(isClient() ? [] : [[say('invoice.client'), <a href={`/clients/${invoice.client_id}`}>{nameOf(invoice.client_id)}</a>] as Fact]),
        [say('engagement.contract'), <a href={`/contracts/${invoice.contract_id}`}>{contract.data?.number ?? say('invoice.signed_contract')}</a>],
        ...(invoice.credited_invoice_id ? [[say('invoice.takes_back'), <a href={`/invoices/${invoice.credited_invoice_id}`}>{say('invoice.one')}</a>] as Fact] : []),
        ...(invoice.reason ? [[sayOne('field', 'reason'), invoice.reason] as Fact] : []),
        ...(isInvoice(invoice) ? [[say('invoice.due'), day(invoice.due_day)] as Fact] : []),
        [say('invoice.for'), invoice.period_start_day ? `${day(invoice.period_start_day)} – ${day(invoice.period_end_day)}` : day(invoice.period_end_day)],
      ]} />
    </Panel>
  );
}

function Acts({ invoice, version }: { invoice: Invoice; version: string | undefined }) {
  const { route } = useLocation();
  const left = minus(invoice.total, invoice.paid, invoice.credited);
  const isCredit = !isInvoice(invoice) && isAbove(left);
  return (
    <>
      {isInvoice(invoice) && isOpen(invoice) && <RecordPayment client_id={invoice.client_id!} preset={{ currency: invoice.currency!, amount: openOf(invoice) as unknown as Value, payer_reference: invoice.reference! }} />}
      <a class="button" href={paperOf(invoice)} download><Icon of={Download} />{say('invoice.pdf')}</a>
      {isCredit && <ApplyCredit note={invoice} version={version} left={left} />}
      <Act of={request_refund} when={isCredit} hide={['payment_id', 'credit_note_id', 'currency']} done={(made) => route(`/refunds/${made.id}`)}
        preset={{ credit_note_id: invoice.id!, currency: invoice.currency!, amount: left as { amount: string; currency: string } }} />
      <IssueCredit invoice={invoice} version={version} done={(id) => route(`/invoices/${id}`)} />
    </>
  );
}

export default function InvoicePage({ id }: { id: string }) {
  const asked = useAsk(show_invoice, { path: { invoice_id: id } });
  const invoice = asked.data;
  const engagement = useAsk(show_engagement, invoice?.engagement_id ? { path: { engagement_id: invoice.engagement_id } } : null).data;
  return (
    <Page title={invoice ? say('common.titled', { kind: sayOne('value', invoice.kind ?? ''), number: invoice.number }) : say('invoice.one')} of={engagement?.title} state={invoice && <InvoiceState row={invoice} />}
      eyebrow={<><a href="/invoices">{say('nav.invoices')}</a>{invoice && <><span>/</span><a href={`/engagements/${invoice.engagement_id}/invoices`}>{engagement?.title ?? say('engagement.title')}</a></>}</>}
      acts={invoice && <Acts invoice={invoice} version={asked.version} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            <Head invoice={data} />
            <div class="beside">
              <div class="stack">
                <HowToPay invoice={data} />
                <Lines invoice={data} />
                <Paid invoice={data} />
                {!isInvoice(data) && <RefundPanel of={{ credit_note_id: data.id! }} />}
                {isInvoice(data) && data.milestone_id && <CreditNotes invoice={data} />}
                <About invoice={data} />
              </div>
              <div class="stack tight sticky">
                <Paper isBare of={show_invoice_paper} id={data.id!} title={say('invoice.paper', { number: data.number })} />
                <a class="faint" href={paperOf(data)} target="_blank" rel="noopener">{say('invoice.paper_open')}</a>
              </div>
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}
