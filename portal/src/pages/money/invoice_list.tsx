/* A table of invoices and credit notes, as a whole or of one engagement. */
import { FileText } from 'lucide';
import { list_invoices } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import type { Query } from '../../api/operation';
import { isClient } from '../../api/session';
import { Empty } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { day, distance, money, say, sayOne, sayState, today } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { isAbove, negative, openOf } from './rest';

export type InvoiceRow = components['schemas']['invoice_summary'];

export const isInvoice = (row: { kind: string | null }) => row.kind === 'invoice';
export const isOpen = (row: InvoiceRow) => isInvoice(row) && row.state !== 'cancelled' && isAbove(openOf(row));
export const isOverdue = (row: InvoiceRow) => isOpen(row) && !row.disputed_at && (row.due_day ?? '') < today();

/* Its state, or what says more than that. */
function standingOf(row: InvoiceRow) {
  if (isOverdue(row)) return 'overdue';
  if (isOpen(row) && row.disputed_at) return 'disputed';
  return isInvoice(row) ? row.state : 'credit_note';
}

export function InvoiceState({ row }: { row: InvoiceRow }) {
  if (!isInvoice(row)) return <span class="badge">{sayOne('value', 'credit_note')}</span>;
  return <State of="invoice" value={standingOf(row)} />;
}

export const invoiceColumns = (nameOf?: (id: string | null) => string): Column<InvoiceRow>[] => [
  { title: say('invoice.number'), sort: 'number', show: (row) => <a href={`/invoices/${row.id}`}><strong>{row.number}</strong></a>, plain: (row) => row.number },
  ...(nameOf ? [{ title: say('invoice.client'), show: (row: InvoiceRow) => nameOf(row.client_id), plain: (row: InvoiceRow) => nameOf(row.client_id) }] : []),
  { title: say('common.state'), show: (row) => <InvoiceState row={row} />, plain: (row) => sayState('invoice', standingOf(row)) },
  { title: say('invoice.issued'), sort: 'issue_day', show: (row) => day(row.issue_day), plain: (row) => row.issue_day },
  { title: say('invoice.due'), sort: 'due_day', plain: (row) => row.due_day,
    show: (row) => (isInvoice(row) ? <>{day(row.due_day)}{isOpen(row) && <div class="faint">{distance(row.due_day)}</div>}</> : '–') },
  { title: say('invoice.total'), sort: 'total_minor', number: true, show: (row) => (isInvoice(row) ? money(row.total) : <>−{money(row.total)}</>), plain: (row) => (isInvoice(row) ? row.total : negative(row.total)) },
  { title: say('invoice.open'), number: true, show: (row) => (isInvoice(row) ? money(openOf(row)) : '–'), plain: (row) => (isInvoice(row) ? openOf(row) : null) },
  { title: say('invoice.currency'), show: (row) => row.currency, plain: (row) => row.currency },
];

const choices = (...values: string[]): [string, string][] => values.map((value) => [value, sayOne('value', value)]);

export function InvoiceList({ query }: { query?: Query<'list_invoices'> }) {
  const nameOf = useClientNames();
  const columns = invoiceColumns(isClient() || query?.engagement_id ? undefined : nameOf).filter((column) => column.title !== say('invoice.currency'));
  return (
    <List of={list_invoices} name={say('nav.invoices')} columns={columns} {...(query ? { input: { query } } : {})} sort="-issue_day"
      filters={[
        { name: 'kind', label: say('invoice.kind'), choices: choices('invoice', 'credit_note') },
        { name: 'state', label: say('common.state'), choices: choices('issued', 'part_paid', 'paid', 'cancelled') },
        { name: 'overdue_on', label: say('invoice.due'), choices: [[today(), say('invoice.overdue')]] },
        { name: 'number', label: say('invoice.number') },
      ]}
      empty={<Empty icon={FileText} title={say('invoice.none_title')} text={say('invoice.none_text')} />} />
  );
}
