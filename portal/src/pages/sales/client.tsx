/* One client: its people, its engagements, and what is open. */
import { Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { versionOf } from '../../api/ask';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { Empty, Facts, Figures, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { sumOf } from '../../form/amount';
import { day, dayOf, distance, money, say, sayOne, sayState } from '../../messages';
import { countryName } from './clients';

type Client = components['schemas']['client'];
type Contact = components['schemas']['contact'];
type Engagement = components['schemas']['engagement'];
type Invoice = components['schemas']['invoice_summary'];

/* ---- the people ---- */

function ContactActs({ contact }: { contact: Contact }) {
  const path = { contact_id: contact.id! };
  const version = versionOf(contact);
  const isIn = !contact.disabled_at && !contact.erased_at;
  return (
    <div class="acts">
      <Act of={operations.invite_contact} small path={path} version={version} when={isIn} about={[`${contact.name}, ${contact.email}.`, sayOne('about', 'invite_contact')].join(' ')} />
      <Act of={operations.change_contact} small tone="plain" path={path} version={version} row={contact} when={!contact.erased_at} />
      <Act of={operations.disable_contact} small tone="plain" path={path} version={version} when={isIn} />
      <Act of={operations.enable_contact} small tone="plain" path={path} version={version} when={!!contact.disabled_at && !contact.erased_at} />
      <Act of={operations.erase_contact} small tone="plain" path={path} version={version} when={!contact.erased_at} />
    </div>
  );
}

const contactColumns = (): Column<Contact>[] => [
  { title: say('common.name'), plain: (row) => row.name,
    show: (row) => <><strong dir="auto">{row.name}</strong>{row.title && row.title !== row.name && <div class="faint" dir="auto">{row.title}</div>}</> },
  { title: say('client.role'), plain: (row) => row.role,
    show: (row) => <>{sayOne('value', row.role ?? '')}{row.erased_at ? <div class="faint">{say('client.erased')}</div> : row.disabled_at && <div class="faint">{say('client.disabled')}</div>}</> },
  { title: say('client.email'), show: (row) => (row.email ? <a href={`mailto:${row.email}`}>{row.email}</a> : '–'), plain: (row) => row.email },
  { title: say('client.invited'), show: (row) => (row.invited_at ? day(dayOf(row.invited_at)) : say('client.not_invited')), plain: (row) => dayOf(row.invited_at) },
  { title: '', show: (row) => <ContactActs contact={row} />, plain: null },
];

function Contacts({ id }: { id: string }) {
  const path = { client_id: id };
  const contacts = useAll(operations.list_contacts, { path });
  return (
    <Panel title={say('client.contacts')} flush acts={<Act of={operations.create_contact} small icon={Plus} path={path} />}>
      <Shown of={contacts}>
        {(data) => (data.items?.length
          ? <Table name={say('client.contacts')} columns={contactColumns()} rows={data.items} />
          : <Empty title={say('client.no_contacts')} text={say('client.no_contacts_text')} />)}
      </Shown>
    </Panel>
  );
}

/* ---- the work ---- */

const engagementColumns = (): Column<Engagement>[] => [
  { title: say('engagement.title'), show: (row) => <a href={`/engagements/${row.id}`}><strong dir="auto">{row.title}</strong></a>, plain: (row) => row.title },
  { title: say('common.state'), show: (row) => <State of="engagement" value={row.state} />, plain: (row) => sayState('engagement', row.state) },
  { title: say('client.since'), show: (row) => day(dayOf(row.created_at)), plain: (row) => row.created_at },
];

function Engagements({ id }: { id: string }) {
  const { route } = useLocation();
  const engagements = useAll(operations.list_engagements, { query: { client_id: id } });
  const add = <Act of={operations.create_engagement} small icon={Plus} preset={{ client_id: id }} hide={['client_id']} done={(made) => route(`/engagements/${made.id}`)} />;
  return (
    <Panel title={say('client.engagements')} flush acts={add}>
      <Shown of={engagements}>
        {(data) => (data.items?.length
          ? <Table name={say('client.engagements')} columns={engagementColumns()} rows={data.items} />
          : <Empty title={say('client.no_engagements')} text={say('engagement.none_text')} />)}
      </Shown>
    </Panel>
  );
}

/* ---- the money ---- */

const restOf = (row: Invoice) => {
  const currency = row.currency ?? 'EUR';
  const taken = [row.paid?.amount, row.credited?.amount].map((amount) => (amount ? `-${amount}` : '0'));
  return { currency, amount: sumOf([row.total?.amount, ...taken], currency) };
};

const invoiceColumns = (): Column<Invoice>[] => [
  { title: say('client.invoice'), show: (row) => <a href={`/invoices/${row.id}`}>{row.number}</a>, plain: (row) => row.number },
  { title: say('client.due'), show: (row) => <>{day(row.due_day)}<div class="faint">{distance(row.due_day)}</div></>, plain: (row) => row.due_day },
  { title: say('client.rest'), number: true, show: (row) => money(restOf(row)), plain: (row) => restOf(row) },
];

function Statement({ id }: { id: string }) {
  const statement = useAsk(operations.show_client_statement, { path: { client_id: id } });
  if (statement.refusal) return null;
  return (
    <Shown of={statement}>
      {(data) => (
        <>
          {(data.balances ?? []).map((one) => (
            <Figures rows={[
              { name: say('client.outstanding'), value: money(one.outstanding), below: say('client.overdue', { amount: money(one.overdue) }) },
              { name: say('client.credit'), value: money(one.credit) },
              { name: say('client.balance'), value: money(one.balance) },
            ]} />
          ))}
          <Panel title={say('client.open_invoices')} flush acts={<a href={`/clients/${id}/statement`}>{say('client.statement')}</a>}>
            {data.invoices?.length
              ? <Table name={say('client.open_invoices')} columns={invoiceColumns()} rows={data.invoices} />
              : <Empty title={say('client.no_invoices')} />}
          </Panel>
        </>
      )}
    </Shown>
  );
}

export function About({ client }: { client: Client }) {
  return (
    <Panel title={say('client.facts')}>
      <Facts facts={[
        [sayOne('field', 'legal_name'), client.legal_name ?? client.name],
        [sayOne('field', 'address'), <span class="lines" dir="auto">{client.address ?? '–'}</span>],
        [sayOne('field', 'country'), countryName(client.country)],
        [sayOne('field', 'tax_id'), client.tax_id],
        [sayOne('field', 'billing_email'), client.billing_email],
        [sayOne('field', 'reference'), client.reference],
        [sayOne('field', 'currency'), client.currency],
        [sayOne('field', 'time_zone'), client.time_zone?.replaceAll('_', ' ')],
        [sayOne('field', 'locale'), client.locale && sayOne('value', client.locale)],
        [sayOne('field', 'payment_days'), say('client.payment', { count: client.payment_days })],
      ]} />
    </Panel>
  );
}

export default function ClientPage({ id }: { id: string }) {
  const asked = useAsk(operations.show_client, { path: { client_id: id } });
  const client = asked.data;
  return (
    <Page title={client?.name ?? say('client.title')} eyebrow={<a href="/clients">{say('nav.clients')}</a>}
      acts={client && <Act of={operations.change_client} path={{ client_id: id }} version={asked.version} row={client} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            <Contacts id={id} />
            <div class="split">
              <div class="stack"><Engagements id={id} /><Statement id={id} /></div>
              <About client={data} />
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}
