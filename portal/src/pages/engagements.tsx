import { Briefcase, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { create_engagement, list_engagements } from '../api/generated/operations';
import type { components } from '../api/generated/types';
import { isClient } from '../api/session';
import { Empty, Page, Panel } from '../design/page';
import { State } from '../design/state';
import { List, type Column } from '../design/table';
import { Act } from '../form/act';
import { day, dayOf, say, sayOne, sayState } from '../messages';
import { useClientNames } from '../parts/clients';

type Engagement = components['schemas']['engagement'];

const columns = (clientOf: (id: string | null) => string): Column<Engagement>[] => [
  { title: say('engagement.title'), show: (row) => <><a href={`/engagements/${row.id}`}><strong>{row.title}</strong></a><div class="faint">{row.reference}</div></>, plain: (row) => row.title },
  ...(isClient() ? [] : [{ title: sayOne('field', 'client_id'), show: (row: Engagement) => <a href={`/clients/${row.client_id}`}>{clientOf(row.client_id)}</a>, plain: (row: Engagement) => clientOf(row.client_id) }]),
  { title: say('common.state'), show: (row) => <State of="engagement" value={row.state} />, plain: (row) => sayState('engagement', row.state) },
  { title: say('engagement.currency'), show: (row) => row.currency, plain: (row) => row.currency },
  { title: say('engagement.since'), show: (row) => day(dayOf(row.created_at)), plain: (row) => dayOf(row.created_at) },
];

const states = ['consultation', 'proposal', 'contracting', 'active', 'suspended', 'completed', 'terminated'];

export default function Engagements() {
  const { route } = useLocation();
  const clientOf = useClientNames();
  return (
    <Page title={say('nav.engagements')} acts={<Act of={create_engagement} tone="strong" icon={Plus} done={(made) => route(`/engagements/${made.id}`)} />}>
      <Panel flush>
        <List of={list_engagements} name={say('nav.engagements')} columns={columns(clientOf)}
          filters={[{ name: 'state', label: say('common.state'), choices: states.map((one) => [one, sayState('engagement', one)]) }]}
          empty={<Empty icon={Briefcase} title={say('engagement.none_title')} text={say('engagement.none_text')} />} />
      </Panel>
    </Page>
  );
}
