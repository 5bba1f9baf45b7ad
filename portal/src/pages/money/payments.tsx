/* Money that came in, and the one form to record it: whose, how much, and what it pays. */
import { Landmark, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { list_clients, list_payments, record_payment } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty, Page, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { Fields } from '../../form/inputs';
import { shapeOf, type Field, type Value } from '../../form/shape';
import { day, type Money, money, say, sayState, today } from '../../messages';
import { useClientNames } from '../../parts/clients';
import { Apply } from './apply';
import { isAbove, leftOf } from './rest';
import { PaymentTabs } from './tabs';

type Payment = components['schemas']['payment_summary'];

const columns = (nameOf: (id: string | null) => string): Column<Payment>[] => [
  { title: say('invoice.number'), sort: 'number', show: (row) => <a href={`/payments/${row.id}`}><strong>{row.number}</strong></a>, plain: (row) => row.number },
  { title: say('invoice.client'), show: (row) => nameOf(row.client_id), plain: (row) => nameOf(row.client_id) },
  { title: say('common.state'), show: (row) => <State of="payment" value={row.state} />, plain: (row) => sayState('payment', row.state) },
  { title: say('payment.day'), sort: 'received_day', show: (row) => day(row.received_day), plain: (row) => row.received_day },
  { title: say('payment.reference'), show: (row) => row.payer_reference, plain: (row) => row.payer_reference },
  { title: say('common.amount'), sort: 'amount_minor', number: true, show: (row) => money(row.amount), plain: (row) => row.amount },
  { title: say('payment.left'), number: true, plain: (row) => (row.state === 'reversed' ? null : leftOf(row)),
    show: (row) => (row.state !== 'reversed' && isAbove(leftOf(row)) ? <strong>{money(leftOf(row))}</strong> : '–') },
];

const asked = ['client_id', 'amount', 'received_day', 'payer_reference', 'method', 'note'];

interface FormProps { value: Value; set: (value: Value) => void; wrong: { field: string; text: string } | null }

function RecordForm({ value, set, wrong }: FormProps) {
  const [fields, setFields] = useState<Field[]>([]);
  const clients = useAll(list_clients);
  useEffect(() => { void shapeOf(record_payment.name).then(setFields); }, []);
  const isKnown = clients.data || clients.refusal; // until then nobody knows the currency
  const shown = (isKnown ? asked : []).flatMap((name) => fields.filter((field) => field.name === name)).map((field) => (field.name === 'client_id' ? { ...field, required: true } : field));
  const client = clients.data?.items.find((one) => one.id === value.client_id);
  const amount = { currency: client?.currency ?? 'EUR', amount: null, ...(value.amount as Partial<Money> | undefined) };
  const change = (next: Value) => {
    const chosen = clients.data?.items.find((one) => one.id === next.client_id);
    const isOther = next.client_id !== value.client_id && chosen?.currency;
    set(isOther ? { ...next, amount: { ...(next.amount as object | undefined), currency: chosen.currency }, allocations: next.allocations ? [] : undefined } : next);
  };
  return (
    <>
      <Fields fields={shown} place={{ path: '', around: { currency: client?.currency ?? undefined }, hide: [], wrong }} value={value} set={change} />
      <Apply client_id={(value.client_id as string) ?? ''} amount={amount} quoted={(value.payer_reference as string) ?? ''} value={value} set={set} rules={['automatic', 'oldest_due', 'none']} />
    </>
  );
}

export function RecordPayment({ client_id, preset }: { client_id?: string; preset?: Value }) {
  const { route } = useLocation();
  return (
    <Act of={record_payment} tone="strong" icon={Plus} preset={{ received_day: today(), method: 'bank_transfer', ...(client_id ? { client_id } : {}), ...preset }} done={(made) => route(`/payments/${made.id}`)}>
      {(value, set, wrong) => <RecordForm value={value} set={set} wrong={wrong} />}
    </Act>
  );
}

const states = ['confirmed', 'refunded', 'reversed'];

export default function Payments() {
  const nameOf = useClientNames();
  return (
    <Page title={say('nav.payments')} acts={<RecordPayment />}>
      <PaymentTabs />
      <Panel flush>
        <List of={list_payments} name={say('nav.payments')} columns={columns(nameOf)} sort="-received_day"
          filters={[{ name: 'state', label: say('common.state'), choices: states.map((one) => [one, sayState('payment', one)]) }, { name: 'number', label: say('invoice.number') },
            { name: 'from_day', label: say('ledger.from'), isDay: true }, { name: 'to_day', label: say('ledger.to'), isDay: true }]}
          empty={<Empty icon={Landmark} title={say('payment.none_title')} text={say('payment.none_text')} />} />
      </Panel>
    </Page>
  );
}
