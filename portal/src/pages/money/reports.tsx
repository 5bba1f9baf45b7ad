/* When the money comes: what falls due each month, and by when it is paid in 50, 80 and 95 of 100 cases. */
import { ChartColumn } from 'lucide';
import { useLocation } from 'preact-iso';
import { show_forecast } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Chart } from '../../design/chart';
import { Empty, Figures, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { sumOf } from '../../form/amount';
import { day, money, month, say } from '../../messages';
import { basisOf } from '../../parts/basis';
import { Why } from '../../parts/why';
import { AddressChoice, ReportTabs } from './report_tabs';

type Event = components['schemas']['forecast_event'];
type Month = components['schemas']['forecast_month'];

const nameOf = (row: Event) => row.number ?? row.codes.join(', ');

function history(row: Event) {
  if (row.history === 'client') return say('report.history_client', { count: row.history_count });
  return row.history === 'all_clients' ? say('report.history_all', { count: row.history_count }) : say('report.history_none');
}

const columns = (): Column<Event>[] => [
  { title: say('invoice.client'), show: (row) => <><a href={`/clients/${row.client_id}`}>{row.client_name}</a><div class="faint"><a href={`/engagements/${row.engagement_id}`}>{row.engagement_title}</a></div></>, plain: (row) => row.client_name },
  { title: say('invoice.line'), show: (row) => <>{row.invoice_id ? <a href={`/invoices/${row.invoice_id}`}>{row.number}</a> : nameOf(row)} <State of="milestone" value={row.stage} /><div class="faint">{basisOf(row)}</div></>, plain: nameOf },
  { title: say('common.amount'), number: true, show: (row) => money(row.outstanding), plain: (row) => row.outstanding },
  { title: say('invoice.due'), show: (row) => day(row.due_day), plain: (row) => row.due_day },
  { title: '50 %', show: (row) => day(row.paid_50_day), plain: (row) => row.paid_50_day },
  { title: '80 %', show: (row) => day(row.paid_80_day), plain: (row) => row.paid_80_day },
  { title: '95 %', show: (row) => day(row.paid_95_day), plain: (row) => row.paid_95_day },
  { title: say('report.history'), show: (row) => <span class="faint">{history(row)}</span>, plain: history },
];

function MonthChart({ months, currency }: { months: Month[]; currency: string }) {
  const values = (of: (one: Month) => { amount: string }) => months.map((one) => Number(of(one).amount)); // for a picture only
  return (
    <Chart name={say('report.by_month')} labels={months.map((one) => month(one.start_day))} show={(value) => money({ amount: String(value), currency })}
      series={[
        { name: say('invoice.due'), tone: 'quiet', values: values((one) => one.due) },
        { name: say('report.of_100', { count: 50 }), tone: 'info', values: values((one) => one.paid_50) },
        { name: say('report.of_100', { count: 80 }), tone: 'accent', values: values((one) => one.paid_80) },
        { name: say('report.of_100', { count: 95 }), tone: 'good', values: values((one) => one.paid_95) },
      ]} />
  );
}

function Forecast({ events, months }: { events: Event[]; months: Month[] }) {
  const { query, path } = useLocation();
  const currencies = [...new Set(events.map((one) => one.currency!))].sort();
  const currency = currencies.includes(query.currency ?? '') ? query.currency! : currencies[0]!;
  const shown = events.filter((one) => one.currency === currency);
  const sum = (stages: string[]) => money({ currency, amount: sumOf(shown.filter((one) => stages.includes(one.stage ?? '')).map((one) => one.outstanding.amount), currency) });
  return (
    <>
      <AddressChoice name="currency" value={currency} choices={currencies} path={path} />
      <Figures rows={[
        { name: say('report.invoiced'), value: sum(['invoiced']), below: say('report.invoiced_below') },
        { name: say('report.accepted'), value: sum(['accepted']), below: say('report.accepted_below') },
        { name: say('report.planned'), value: sum(['planned']), below: say('report.planned_below') },
      ]} />
      <Panel title={say('report.by_month')}><MonthChart months={months.filter((one) => one.currency === currency)} currency={currency} /></Panel>
      <Panel title={say('report.events')} acts={<Why subject={{ of: 'forecast' }} />} flush>
        <Table name={say('report.events')} file={say('report.forecast')} columns={columns()} rows={shown} />
      </Panel>
    </>
  );
}

export default function Reports() {
  const asked = useAsk(show_forecast);
  return (
    <Page title={say('nav.reports')} eyebrow={asked.data ? say('report.as_of', { day: day(asked.data.day) }) : undefined}>
      <ReportTabs />
      <Shown of={asked}>
        {(data) => (data.events.length > 0
          ? <Forecast events={data.events} months={data.months} />
          : <Panel><Empty icon={ChartColumn} title={say('report.none_title')} text={say('report.none_text')} /></Panel>)}
      </Shown>
    </Page>
  );
}
