/* What each account moved up to a day; in every currency debits are credits. */
import { CircleCheckBig, Scale, TriangleAlert } from 'lucide';
import { useLocation } from 'preact-iso';
import { list_ledger_accounts, show_trial_balance } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Icon } from '../../design/icon';
import { Empty, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { day, money, say, sayOne, today } from '../../messages';
import { Why } from '../../parts/why';
import { WhyLink } from '../../parts/why-link';
import { DayField, LedgerTabs, Sided } from './ledger_parts';

type Balance = components['schemas']['ledger_balance'];

const columns = (until: string): Column<Balance>[] => [
  { title: say('ledger.account'), show: (row) => <a href={`/ledger/accounts/${row.account}?currency=${row.currency}&from=${until.slice(0, 4)}-01-01&to=${until}`}><strong>{sayOne('account', row.account ?? '')}</strong></a>, plain: (row) => row.account },
  { title: say('ledger.kind'), show: (row) => sayOne('value', row.kind ?? ''), plain: (row) => sayOne('value', row.kind ?? '') },
  { title: say('ledger.debit'), number: true, show: (row) => money(row.debit), plain: (row) => row.debit },
  { title: say('ledger.credit'), number: true, show: (row) => money(row.credit), plain: (row) => row.credit },
  { title: say('ledger.running'), number: true, show: (row) => <strong><Sided of={row.balance} /></strong>, plain: (row) => row.balance },
  { title: '', show: (row) => <WhyLink to={`/ledger?day=${until}&account=${row.account}&why`} />, plain: null },
];

function OfCurrency({ until, total, accounts }: { until: string; total: components['schemas']['trial_balance_total']; accounts: Balance[] }) {
  const isBalanced = total.debit.amount === total.credit.amount;
  return (
    <Panel title={total.currency ?? ''} flush>
      <Table name={`${say('ledger.balance')} ${total.currency}`} file={`${say('ledger.balance')} ${total.currency} ${until}`} columns={columns(until)} rows={accounts} foot={
        <tr>
          <td colSpan={2}><span class="row"><Icon of={isBalanced ? CircleCheckBig : TriangleAlert} />{say(isBalanced ? 'ledger.balanced' : 'ledger.not_balanced')}</span></td>
          <td class="number" data-title={say('ledger.debit')}>{money(total.debit)}</td><td class="number" data-title={say('ledger.credit')}>{money(total.credit)}</td><td /><td />
        </tr>} />
    </Panel>
  );
}

function Chart() {
  const accounts = useAsk(list_ledger_accounts);
  return (
    <Panel title={say('ledger.chart')} flush>
      <Shown of={accounts}>
        {(data) => <Table name={say('ledger.chart')} rows={data.items} columns={[
          { title: say('ledger.account'), show: (row) => <strong>{sayOne('account', row.code ?? '')}</strong>, plain: (row) => `${row.code} ${sayOne('account', row.code ?? '')}` },
          { title: say('ledger.kind'), show: (row) => sayOne('value', row.kind ?? ''), plain: (row) => sayOne('value', row.kind ?? '') },
        ]} />}
      </Shown>
    </Panel>
  );
}

export default function Ledger() {
  const { query, route } = useLocation();
  const until = query.day ?? today();
  const asked = useAsk(show_trial_balance, { query: { day: until } });
  return (
    <Page title={say('nav.ledger')} eyebrow={say('ledger.intro')} acts={asked.data && asked.data.totals.length > 0 && <Why subject={{ of: 'trial_balance', query: { day: until, account: query.account } }} />}>
      <LedgerTabs />
      <DayField label={say('ledger.as_of')} value={until} set={(next) => route(`/ledger?day=${next}`)} />
      <Shown of={asked}>
        {(data) => (data.totals.length > 0
          ? <>{data.totals.map((total) => <OfCurrency until={until} total={total} accounts={data.accounts.filter((one) => one.currency === total.currency)} />)}</>
          : <Panel><Empty icon={Scale} title={say('ledger.none_title')} text={say('ledger.none_until', { day: day(until) })} /></Panel>)}
      </Shown>
      <Chart />
    </Page>
  );
}
