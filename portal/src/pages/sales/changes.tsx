/* All change orders of an engagement: what was asked, what it would cost, and how it ended. */
import { GitCompareArrows, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { create_change_order, list_change_orders, show_contract_position } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, money, say, sayState } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { signed } from './effect';

type Order = components['schemas']['change_order'];
const states = ['draft', 'proposed', 'partly_signed', 'approved', 'applied', 'declined', 'withdrawn', 'expired', 'superseded', 'lapsed'];

export const nameOf = (order: Order) => (order.number ? say('change.name', { number: order.number }) : say('change.draft_name'));

const columns = (): Column<Order>[] => [
  { title: say('change.title'), plain: (row) => `${row.number} ${row.title}`,
    show: (row) => <><a href={`/change-orders/${row.id}`}><strong dir="auto">{nameOf(row)} · {row.title}</strong></a>{row.revision > 1 && <div class="faint">{say('requirement.revision', { revision: row.revision })}</div>}</> },
  { title: say('common.state'), show: (row) => <><State of="change_order" value={row.state} />{row.is_stale && <div class="faint">{say('change.stale')}</div>}</>, plain: (row) => sayState('change_order', row.state) },
  { title: say('change.change'), number: true, show: (row) => signed(row.change), plain: (row) => row.change },
  { title: say('change.sum_after'), number: true, show: (row) => money(row.sum_after), plain: (row) => row.sum_after },
  { title: say('proposal.valid_until'), show: (row) => day(row.valid_until_day), plain: (row) => row.valid_until_day },
];

export default function ChangeOrders({ id }: { id: string }) {
  const { route } = useLocation();
  const path = { engagement_id: id };
  const position = useAsk(show_contract_position, { path });
  const add = (tone?: 'strong') => (
    <Act of={create_change_order} path={path} tone={tone} icon={Plus} hide={['plan', 'currency', 'credits']} when={!!position.data} done={(made) => route(`/change-orders/${made.id}/edit`)} />
  );
  return (
    <EngagementFrame id={id} title={say('engagement.changes')} acts={(engagement) => (engagement.state === 'active' ? add() : null)}>
      {(engagement) => (
        <Panel flush>
          <List of={list_change_orders} input={{ path }} name={say('engagement.changes')} columns={columns()}
            filters={[{ name: 'state', label: say('common.state'), choices: states.map((one) => [one, sayState('change_order', one)]) }]}
            empty={<Empty icon={GitCompareArrows} title={say('change.none_title')} text={say(isClient() ? 'change.none_client' : engagement.state === 'active' ? 'change.none_text' : 'change.none_contract')}>{engagement.state === 'active' && add('strong')}</Empty>} />
        </Panel>
      )}
    </EngagementFrame>
  );
}
