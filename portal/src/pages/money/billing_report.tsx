import { ChartColumn } from 'lucide';
import { useLocation } from 'preact-iso';
import { Chart } from '../../design/chart';
import { Empty, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { sumOf } from '../../form/amount';
import { money, month, say } from '../../messages';
import { useBilling, type BilledRow } from './billing';
import { AddressChoice, ReportTabs } from './report_tabs';

type What = 'billed' | 'paid' | 'due' | 'resting';
type Row = Pick<BilledRow, What> & { key: string };

/* Rows put together by what `of` gives, exact. */
function grouped(rows: BilledRow[], currency: string, of: (row: BilledRow) => string): Row[] {
  const keys = [...new Set(rows.map(of))];
  const sum = (key: string, what: What) => sumOf(rows.filter((row) => of(row) === key).map((row) => row[what]), currency);
  return keys.map((key) => ({ key, billed: sum(key, 'billed'), paid: sum(key, 'paid'), due: sum(key, 'due'), resting: sum(key, 'resting') }));
}

function amounts(currency: string): Column<Row>[] {
  return (['billed', 'paid', 'due', 'resting'] as What[]).map((what) => ({
    title: say(`report.${what}`), number: true, show: (row: Row) => money({ amount: row[what], currency }), plain: (row: Row) => ({ amount: row[what], currency }),
  }));
}

interface SumsProps { title: string; first: Column<Row>; rows: Row[]; currency: string }

function Sums({ title, first, rows, currency }: SumsProps) {
  const columns = [first, ...amounts(currency)];
  const total = (what: What) => <td class="number" data-title={say(`report.${what}`)}>{money({ amount: sumOf(rows.map((row) => row[what]), currency), currency })}</td>;
  return (
    <Panel title={title} flush>
      <Table name={title} columns={columns} rows={rows} foot={<tr><td>{say('report.sum')}</td>{total('billed')}{total('paid')}{total('due')}{total('resting')}</tr>} />
    </Panel>
  );
}

const monthsOf = (year: string) => Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}-01`);

function Report({ all }: { all: BilledRow[] }) {
  const { query, path } = useLocation();
  const nameOf = (id: string) => all.find((row) => row.client_id === id)?.client ?? '';
  const years = [...new Set(all.map((row) => row.month.slice(0, 4)))].sort().reverse();
  const now = String(new Date().getFullYear());
  const year = years.includes(query.year ?? '') ? query.year! : years.includes(now) ? now : years[0]!;
  const ofYear = all.filter((row) => row.month.startsWith(year));
  const currencies = [...new Set(ofYear.map((row) => row.currency))].sort();
  const currency = currencies.includes(query.currency ?? '') ? query.currency! : currencies[0]!;
  const rows = ofYear.filter((row) => row.currency === currency);
  const byMonth = grouped(rows, currency, (row) => row.month);
  const value = (place: string, what: What) => Number(byMonth.find((row) => row.key === place)?.[what] ?? 0); // for a picture only
  const months = monthsOf(year);
  return (
    <>
      <div class="row apart">
        <AddressChoice name="year" value={year} choices={years} path={path} kept={{ currency }} />
        <AddressChoice name="currency" value={currency} choices={currencies} path={path} kept={{ year }} />
      </div>
      <Panel title={say('report.billed_by_month', { year })}>
        <Chart name={say('report.billed_by_month', { year })} labels={months.map((one) => month(one))} show={(one) => money({ amount: String(one), currency })}
          series={[
            { name: say('report.billed'), tone: 'info', values: months.map((one) => value(one, 'billed')) },
            { name: say('report.paid'), tone: 'good', values: months.map((one) => value(one, 'paid')) },
            { name: say('report.due'), tone: 'wait', values: months.map((one) => value(one, 'due')) },
          ]} />
        <p class="faint">{say('report.billed_how')}</p>
      </Panel>
      <Sums title={say('report.by_client')} currency={currency} rows={grouped(rows, currency, (row) => row.client_id)}
        first={{ title: say('invoice.client'), show: (row) => <><a href={`/clients/${row.key}`}>{nameOf(row.key)}</a><div class="faint"><a href={`/clients/${row.key}/statement`}>{say('statement.title')}</a></div></>, plain: (row) => nameOf(row.key) }} />
      <Sums title={say('report.per_month')} currency={currency} rows={byMonth} first={{ title: say('report.month'), show: (row) => month(row.key), plain: (row) => row.key.slice(0, 7) }} />
    </>
  );
}

export default function BillingReport() {
  const billing = useBilling();
  return (
    <Page title={say('nav.reports')}>
      <ReportTabs />
      <Shown of={billing}>
        {(data) => (data.length > 0 ? <Report all={data} /> : <Panel><Empty icon={ChartColumn} title={say('invoice.none_title')} text={say('invoice.none_text')} /></Panel>)}
      </Shown>
    </Page>
  );
}
