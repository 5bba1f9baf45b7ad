import { Undo2 } from 'lucide';
import { list_refunds } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { isClient } from '../../api/session';
import { Empty, Page, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { day, money, say, sayOne, sayState } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { PaymentTabs } from './tabs';

type Refund = components['schemas']['refund'];

const columns = (nameOf: ((id: string | null) => string) | null): Column<Refund>[] => [
  { title: say('invoice.number'), sort: 'number', show: (row) => <a href={`/refunds/${row.id}`}><strong>{row.number}</strong></a>, plain: (row) => row.number },
  ...(nameOf ? [{ title: say('invoice.client'), show: (row: Refund) => nameOf(row.client_id), plain: (row: Refund) => nameOf(row.client_id) }] : []),
  { title: say('common.state'), show: (row) => <State of="refund" value={row.state} />, plain: (row) => sayState('refund', row.state) },
  { title: sayOne('field', 'reason'), show: (row) => row.reason, plain: (row) => row.reason },
  { title: sayOne('field', 'paid_day'), show: (row) => day(row.paid_day), plain: (row) => row.paid_day },
  { title: say('common.amount'), sort: 'amount_minor', number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
];

const states = ['requested', 'paid', 'cancelled'];

export default function Refunds() {
  const nameOf = useClientNames();
  return (
    <Page title={say('refund.all')}>
      <PaymentTabs />
      <Panel flush>
        <List of={list_refunds} name={say('refund.all')} columns={columns(isClient() ? null : nameOf)}
          filters={[{ name: 'state', label: say('common.state'), choices: states.map((one) => [one, sayState('refund', one)]) }]}
          empty={<Empty icon={Undo2} title={say('refund.none_title')} text={say('refund.none_text')} />} />
      </Panel>
    </Page>
  );
}
