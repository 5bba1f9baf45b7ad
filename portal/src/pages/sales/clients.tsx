/* The companies that the agency works for. */
import { Building2, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { create_client, list_clients, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Empty, Page, Panel } from '../../design/page';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { currentLanguage, day, dayOf, say } from '../../messages';

type Client = components['schemas']['client'];

export const countryName = (code: string | null) => (code ? new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code) ?? code : '–');

const columns = (): Column<Client>[] => [
  { title: say('common.name'), show: (row) => <><a href={`/clients/${row.id}`}><strong dir="auto">{row.name}</strong></a>{row.legal_name && row.legal_name !== row.name && <div class="faint" dir="auto">{row.legal_name}</div>}</>, plain: (row) => row.name, sort: 'name' },
  { title: say('client.country'), show: (row) => countryName(row.country), plain: (row) => row.country },
  { title: say('engagement.currency'), show: (row) => row.currency, plain: (row) => row.currency },
  { title: say('client.since'), show: (row) => day(dayOf(row.created_at)), plain: (row) => dayOf(row.created_at) },
];

export default function Clients() {
  const { route } = useLocation();
  const company = useAsk(show_company).data; // most clients are where the agency is
  const add = <Act of={create_client} preset={company ? { country: company.country!, currency: company.currency! } : {}} tone="strong" icon={Plus} done={(made) => route(`/clients/${made.id}`)} />;
  return (
    <Page title={say('nav.clients')} acts={add}>
      <Panel flush>
        <List of={list_clients} name={say('nav.clients')} columns={columns()} filters={[{ name: 'name_contains', label: say('client.search') }]}
          empty={<Empty icon={Building2} title={say('client.none_title')} text={say('client.none_text')} />} />
      </Panel>
    </Page>
  );
}
