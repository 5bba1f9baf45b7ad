/* The engagement as one line, from the first requirement to the last payment: what happened, then what is to come. */
import {
  list_change_orders, list_contracts, list_invoices, list_milestones, list_proposals, list_requirement_confirmations,
} from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Panel } from '../../design/page';
import { day, distance, money, say } from '../../messages';

type Schemas = components['schemas'];

interface Moment { day: string; text: string; href?: string; amount?: string; state: 'done' | 'late' | 'coming' }

const dayOf = (moment: string | null | undefined) => moment?.slice(0, 10) ?? '';
const happened = (at: string | null | undefined, text: string, href?: string): Moment[] =>
  (at ? [{ day: dayOf(at), text, state: 'done', ...(href ? { href } : {}) }] : []);

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

function ofMilestone(row: Schemas['milestone'], today: string): Moment {
  const name = `${row.code} ${row.title}`;
  const href = `/milestones/${row.id}`;
  if (row.accepted_at) return { day: dayOf(row.accepted_at), text: say('timeline.accepted', { name }), href, state: 'done' };
  const due = row.planned_due_day ?? row.due_day ?? '';
  return { day: due, text: name, href, state: due < today ? 'late' : 'coming' };
}

function ofInvoice(row: Schemas['invoice_summary'], today: string): Moment {
  const isPaid = row.state === 'paid' || row.kind === 'credit_note';
  const text = say(row.kind === 'credit_note' ? 'timeline.credited' : isPaid ? 'timeline.paid' : 'timeline.to_pay', { number: row.number });
  const due = (isPaid ? row.issue_day : row.due_day) ?? '';
  return { day: due, text, href: `/invoices/${row.id}`, amount: money(row.total), state: isPaid ? 'done' : due < today ? 'late' : 'coming' };
}

export function Timeline({ id }: { id: string }) {
  const path = { engagement_id: id };
  const today = new Date().toISOString().slice(0, 10);
  const confirmations = useAll(list_requirement_confirmations, { path }).data?.items ?? [];
  const proposals = useAll(list_proposals, { path }).data?.items ?? [];
  const contracts = useAll(list_contracts, { path }).data?.items ?? [];
  const changes = useAll(list_change_orders, { path }).data?.items ?? [];
  const milestones = useAll(list_milestones, { path }).data?.items ?? [];
  const invoices = useAll(list_invoices, { query: { engagement_id: id } }).data?.items ?? [];
  const moments = [
    ...ofConfirmations(confirmations, id), ...ofProposals(proposals), ...ofContracts(contracts), ...ofChanges(changes),
    ...milestones.filter((row) => row.state !== 'cancelled').map((row) => ofMilestone(row, today)),
    ...invoices.filter((row) => row.state !== 'cancelled').map((row) => ofInvoice(row, today)),
  ].sort((one, other) => one.day.localeCompare(other.day));
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
            <div class="faint">{day(moment.day)}{moment.state !== 'done' && ` · ${distance(moment.day, today)}`}</div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
