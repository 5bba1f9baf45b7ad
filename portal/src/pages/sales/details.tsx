/* The client's own company as the agency has it: what contracts and invoices say, and who may do what. */
import { list_contacts, show_client, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { say, sayOne, type Key } from '../../messages';
import { About } from './client';

type Contact = components['schemas']['contact'];

const columns = (): Column<Contact>[] => [
  { title: say('common.name'), plain: (row) => row.name,
    show: (row) => <><strong dir="auto">{row.name ?? say('client.erased')}</strong>{row.id === viewer()?.id && <span class="faint"> {say('people.you')}</span>}{row.title && row.title !== row.name && <div class="faint" dir="auto">{row.title}</div>}</> },
  { title: say('client.role'), plain: (row) => row.role,
    show: (row) => <>{sayOne('value', row.role ?? '')}<div class="faint">{say(row.disabled_at ? 'client.disabled' : `details.role_${row.role}` as Key)}</div></> },
  { title: say('client.email'), plain: (row) => row.email,
    show: (row) => <span class="breaks">{row.email ?? '–'}{row.phone && <div class="faint" dir="ltr">{row.phone}</div>}</span> },
];

function People() {
  const contacts = useAll(list_contacts, { path: { client_id: viewer()!.client_id! } });
  return (
    <Panel title={say('client.contacts')} flush>
      <Shown of={contacts}>{(data) => <Table name={say('client.contacts')} columns={columns()} rows={data.items} />}</Shown>
    </Panel>
  );
}

function Agency() {
  const asked = useAsk(show_company);
  return (
    <Panel title={say('details.agency')}>
      <Shown of={asked}>
        {(data) => (
          <Facts facts={[
            [sayOne('field', 'name'), <strong dir="auto">{data.legal_name ?? data.name}</strong>],
            [sayOne('field', 'address'), <span class="lines" dir="auto">{data.address ?? '–'}</span>],
            [sayOne('field', 'tax_id'), data.tax_id],
            [sayOne('field', 'email'), data.email ? <a href={`mailto:${data.email}`}>{data.email}</a> : '–'],
            [sayOne('field', 'phone'), data.phone && <bdi dir="ltr">{data.phone}</bdi>],
          ]} />
        )}
      </Shown>
    </Panel>
  );
}

export default function Details() {
  const asked = useAsk(show_client, { path: { client_id: viewer()!.client_id! } });
  return (
    <Page title={say('nav.details')} eyebrow={asked.data?.name}>
      <p class="soft">{say('details.intro')}</p>
      <div class="split">
        <Shown of={asked}>{(data) => <About client={data} />}</Shown>
        <Agency />
      </div>
      <People />
    </Page>
  );
}
