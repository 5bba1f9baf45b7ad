import { Webhook } from 'lucide';
import { useState } from 'preact/hooks';
import {
  change_webhook_endpoint, create_webhook_endpoint, disable_webhook_endpoint, enable_webhook_endpoint, list_deliveries, list_webhook_endpoints,
  replay_delivery, test_webhook_endpoint,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { moment, say, sayOne, sayState } from '../../messages';
import { useRefusals } from '../../messages/refusals';
import { SettingsFrame } from './frame';
import { Secret } from './secret';

type Endpoint = components['schemas']['webhook_endpoint'];
type Delivery = components['schemas']['delivery'];

function Acts({ endpoint }: { endpoint: Endpoint }) {
  const path = { endpoint_id: endpoint.id! };
  const version = versionOf(endpoint);
  const isActive = endpoint.state === 'active';
  return (
    <div class="acts">
      <Act of={test_webhook_endpoint} path={path} version={version} when={isActive} small />
      <Act of={change_webhook_endpoint} path={path} version={version} row={endpoint} small tone="plain" />
      <Act of={disable_webhook_endpoint} path={path} version={version} when={isActive} small tone="bad" />
      <Act of={enable_webhook_endpoint} path={path} version={version} when={!isActive} small />
    </div>
  );
}

const endpointColumns = (): Column<Endpoint>[] => [
  { title: sayOne('field', 'url'), show: (row) => <strong class="code">{row.url}</strong>, plain: (row) => row.url },
  { title: sayOne('field', 'events'), show: (row) => (row.events.length > 0 ? row.events.join(', ') : say('webhooks.all_events')), plain: (row) => row.events.join(' ') },
  { title: say('common.state'), show: (row) => <State of="webhook_endpoint" value={row.state} />, plain: (row) => sayState('webhook_endpoint', row.state) },
  { title: '', show: (row) => <Acts endpoint={row} />, plain: null },
];

const deliveryColumns = (urlOf: (id: string | null) => string, sayTrouble: (english: string) => string | null): Column<Delivery>[] => [
  { title: say('evidence.at'), show: (row) => <span class="number">{moment(row.created_at)}</span>, plain: (row) => row.created_at },
  { title: say('webhooks.event'), plain: (row) => row.event,
    show: (row) => <><strong>{row.event}</strong><div class="faint">{urlOf(row.endpoint_id)}</div>{row.payload && <details><summary class="faint">{say('webhooks.payload')}</summary><div class="code pre" dir="ltr">{row.payload}</div></details>}</> },
  { title: say('common.state'), plain: (row) => row.state,
    show: (row) => <><State of="outbox" value={row.state} /><div class="faint">{say('webhooks.attempts', { count: row.attempts })}{row.state === 'pending' && row.next_at && ` · ${say('webhooks.next', { when: moment(row.next_at) })}`}</div>{row.last_error && <div class="faint" dir="auto">{sayTrouble(row.last_error) ?? row.last_error}</div>}</> },
  { title: '', show: (row) => <Act of={replay_delivery} path={{ delivery_id: row.id! }} when={row.state !== 'pending'} small />, plain: null },
];

const STATES = ['pending', 'delivered', 'dead'];

export default function Webhooks() {
  const endpoints = useAll(list_webhook_endpoints);
  const [made, show] = useState<Endpoint>();
  const sayTrouble = useRefusals();
  const urlOf = (id: string | null) => endpoints.data?.items.find((one) => one.id === id)?.url ?? '';
  return (
    <SettingsFrame ownersOnly acts={<Act of={create_webhook_endpoint} tone="strong" icon={Webhook} done={show} />}>
      <p class="soft">{say('webhooks.intro')}</p>
      <Panel title={say('webhooks.endpoints')} flush>
        <List of={list_webhook_endpoints} part="endpoints" name={say('webhooks.endpoints')} columns={endpointColumns()} empty={<Empty icon={Webhook} title={say('webhooks.none_title')} text={say('webhooks.none_text')} />} />
      </Panel>
      <Panel title={say('webhooks.deliveries')} flush>
        <List of={list_deliveries} name={say('webhooks.deliveries')} columns={deliveryColumns(urlOf, sayTrouble)} sort="-id"
          filters={[
            { name: 'endpoint_id', label: sayOne('field', 'url'), choices: (endpoints.data?.items ?? []).map((one): [string, string] => [one.id!, one.url ?? '']) },
            { name: 'state', label: say('common.state'), choices: STATES.map((one) => [one, sayOne('value', one)]) },
            { name: 'event', label: say('evidence.event_filter') },
          ]}
          empty={<Empty title={say('webhooks.no_deliveries')} />} />
      </Panel>
      {made && <Secret title={made.url ?? ''} secret={made.new_secret} close={() => show(undefined)} />}
    </SettingsFrame>
  );
}
