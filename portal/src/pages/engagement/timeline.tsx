/* The engagement as one line, from the first requirement to the last payment: what happened, then what is to come. */
import {
  list_allocations, list_change_orders, list_contracts, list_invoices, list_milestones, list_payments, list_proposals, list_requirement_confirmations,
} from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Panel } from '../../design/page';
import { day, dayOf, distance, money, say, today } from '../../messages';
import type { Engagement } from './frame';

type Schemas = components['schemas'];

type Zone = string | null; // the engagement's, whose day counts

interface Moment { at: string; day?: string; text: string; href?: string; amount?: string; state: 'done' | 'late' | 'coming' }

/* What is known by its day alone comes after what happened on it. */
const within = ({ at }: Moment) => (at.length > 10 ? at : `${at}~`);

const happened = (at: string | null | undefined, text: string, href?: string): Moment[] =>
  (at ? [{ at, text, state: 'done', ...(href ? { href } : {}) }] : []);

const ofConfirmations = (rows: Schemas['requirement_confirmation'][], id: string) => rows.flatMap((row) =>
  happened(row.confirmed_at, say('timeline.confirmed', { count: row.requirement_count }), `/engagements/${id}/requirements`));

const ofProposals = (rows: Schemas['proposal'][]) => rows.flatMap((row) => [
  ...happened(row.sent_at, say('timeline.proposed', { revision: row.revision }), `/proposals/${row.id}`),
  ...(row.state === 'accepted' ? happened(row.decided_at, say('timeline.agreed', { revision: row.revision }), `/proposals/${row.id}`) : []),
]);

const ofContracts = (rows: Schemas['contract'][]) => rows.flatMap((row) =>
  happened(row.active_at, say('timeline.signed', { number: row.number }), `/contracts/${row.id}`));

const ofChanges = (rows: Schemas['change_order'][]) => rows.flatMap((row) =>
  happened(row.applied_at, say('timeline.changed', { title: row.title }), `/change-orders/${row.id}`));

function ofMilestone(row: Schemas['milestone'], zone: Zone): Moment {
  const name = `${row.code} ${row.title}`;
  const href = `/milestones/${row.id}`;
  if (row.accepted_at) return { at: row.accepted_at, text: say('timeline.accepted', { name }), href, state: 'done' };
  const due = row.planned_due_day ?? row.due_day ?? '';
  return { at: due, day: due, text: name, href, state: due < today(zone) ? 'late' : 'coming' };
}

function ofInvoice(row: Schemas['invoice_summary'], paidOn: Map<string | null, string>, zone: Zone): Moment[] {
  const moment = (day: string | null | undefined, text: string, state: Moment['state'], at = day) => ({ at: at ?? '', day: day ?? '', text, href: `/invoices/${row.id}`, amount: money(row.total), state });
  const { number, due_day } = row;
  const issued = moment(row.issue_day, say(row.kind === 'credit_note' ? 'timeline.credited' : 'timeline.issued', { number }), 'done', row.issued_at);
  if (row.kind === 'credit_note') return [issued];
  if (row.state === 'paid') return [issued, moment(paidOn.get(row.id) ?? due_day, say('timeline.paid', { number }), 'done')];
  return [issued, moment(due_day, say('timeline.to_pay', { number }), (due_day ?? '') < today(zone) ? 'late' : 'coming')];
}

/* The day on which the last of the money came that an invoice is paid with. */
function usePaidOn(client_id: string, zone: Zone): Map<string | null, string> {
  const parts = useAll(list_allocations, { query: { client_id, state: 'active' } }).data?.items ?? [];
  const payments = useAll(list_payments, { query: { client_id } }).data?.items ?? [];
  const received = new Map(payments.map((one) => [one.id, one.received_day]));
  const days = new Map<string | null, string>();
  for (const { invoice_id, payment_id, allocated_at } of parts) {
    const day = received.get(payment_id) ?? dayOf(allocated_at, zone) ?? '';
    if (day > (days.get(invoice_id) ?? '')) days.set(invoice_id, day);
  }
  return days;
}

export function Timeline({ engagement }: { engagement: Engagement }) {
  const id = engagement.id!;
  const zone = engagement.time_zone;
  const path = { engagement_id: id };
  const confirmations = useAll(list_requirement_confirmations, { path }).data?.items ?? [];
  const proposals = useAll(list_proposals, { path }).data?.items ?? [];
  const contracts = useAll(list_contracts, { path }).data?.items ?? [];
  const changes = useAll(list_change_orders, { path }).data?.items ?? [];
  const milestones = useAll(list_milestones, { path }).data?.items ?? [];
  const invoices = useAll(list_invoices, { query: { engagement_id: id } }).data?.items ?? [];
  const paidOn = usePaidOn(engagement.client_id!, zone);
  const moments = [
    ...ofConfirmations(confirmations, id), ...ofProposals(proposals), ...ofContracts(contracts), ...ofChanges(changes),
    ...milestones.filter((row) => row.state !== 'cancelled').map((row) => ofMilestone(row, zone)),
    ...invoices.filter((row) => row.state !== 'cancelled').flatMap((row) => ofInvoice(row, paidOn, zone)),
  ].map((one) => ({ ...one, day: one.day ?? dayOf(one.at, zone) ?? '' })).sort((one, other) => one.day.localeCompare(other.day) || within(one).localeCompare(within(other)));
  if (moments.length === 0) return null;
  return (
    <Panel title={say('timeline.title')}>
      <ol class="timeline">
        {moments.map((moment) => (
          <li class={moment.state}>
            <div class="row apart">
              <span dir="auto">{moment.href ? <a href={moment.href}>{moment.text}</a> : moment.text}</span>
              {moment.amount && <span class="number">{moment.amount}</span>}
            </div>
            <div class="faint">{day(moment.day)}{moment.state !== 'done' && ` · ${distance(moment.day, zone)}`}</div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
