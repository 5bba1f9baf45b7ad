import { list_invoices } from '../../api/generated/operations';
import { useAll } from '../../api/query';
import { isClient, viewer } from '../../api/session';
import { Figures, Page, Panel } from '../../design/page';
import { day, money, say, today, type Money } from '../../messages';
import { InvoiceList, isOpen, isOverdue } from './invoice_list';
import { byCurrency, openOf } from './rest';

const none = () => <span class="soft">{say('invoice.nothing')}</span>;
export const Sums = ({ sums }: { sums: Money[] }) => (sums.length > 0 ? <>{sums.map((sum) => <div>{money(sum)}</div>)}</> : none());

/* What both sides ask first: how much is open, how much of it is late. */
function OpenFigures() {
  const issued = useAll(list_invoices, { query: { state: 'issued', kind: 'invoice' } });
  const partPaid = useAll(list_invoices, { query: { state: 'part_paid', kind: 'invoice' } });
  if (!issued.data || !partPaid.data) return null;
  const open = [...issued.data.items, ...partPaid.data.items].filter(isOpen);
  if (open.length === 0) return null;
  const late = open.filter(isOverdue);
  const next = open.map((row) => row.due_day ?? '').filter((due) => due >= today()).sort()[0];
  return (
    <Figures rows={[
      { name: say('invoice.open'), value: <Sums sums={byCurrency(open, openOf)} />, below: say('invoice.count', { count: open.length }) },
      { name: say('invoice.overdue'), value: <Sums sums={byCurrency(late, openOf)} />, below: late.length > 0 ? say('invoice.count', { count: late.length }) : undefined },
      { name: say('invoice.next_due'), value: next ? <Sums sums={byCurrency(open.filter((row) => row.due_day === next), openOf)} /> : none(), below: next ? say('common.due', { day: day(next) }) : undefined },
    ]} />
  );
}

export default function Invoices() {
  return (
    <Page title={say('nav.invoices')} eyebrow={isClient() ? say('invoice.client_intro') : undefined}
      acts={isClient() && <a class="button" href={`/clients/${viewer()?.client_id}/statement`}>{say('statement.title')}</a>}>
      <OpenFigures />
      <Panel flush><InvoiceList /></Panel>
    </Page>
  );
}
