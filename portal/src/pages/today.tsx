/* The agency's day: whose turn is it, what blocks money, what falls due. */
import { CircleCheckBig, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { list_clients, list_turns, show_forecast, create_client } from '../api/generated/operations';
import { useAsk } from '../api/query';
import { viewer } from '../api/session';
import { Empty, Figures, Page, Panel, Shown } from '../design/page';
import { Table, type Column } from '../design/table';
import { Act } from '../form/act';
import { sumOf } from '../form/amount';
import { day, distance, money, number, say, sayOne } from '../messages';
import type { components } from '../api/generated/types';
import { isMine, TurnList, type Turn } from '../parts/turns';

type Due = components['schemas']['forecast_event'];
const SOON = 8;

/* Sums by currency: amounts of different ones are never added. */
function waiting(turns: Turn[]) {
  const byCurrency = new Map<string, string[]>();
  for (const { amount } of turns)
    if (amount?.amount && amount.currency) byCurrency.set(amount.currency, [...byCurrency.get(amount.currency) ?? [], amount.amount]);
  return [...byCurrency].map(([currency, amounts]) => money({ currency, amount: sumOf(amounts, currency) })).join(' · ') || number(0);
}

const columns = (): Column<Due>[] => [
  { title: say('common.day'), show: (due) => <>{day(due.due_day)}<div class="faint">{distance(due.due_day)}</div></>, plain: (due) => due.due_day },
  { title: sayOne('field', 'client_id'), show: (due) => <><a href={`/engagements/${due.engagement_id}`}>{due.client_name}</a><div class="faint">{due.number ?? due.codes?.join(', ')}</div></>, plain: (due) => due.client_name },
  { title: say('common.amount'), number: true, show: (due) => money(due.outstanding), plain: (due) => due.outstanding },
];

function Turns({ turns }: { turns: Turn[] }) {
  const ours = turns.filter((turn) => turn.side === 'agency' && isMine(turn));
  const colleagues = turns.filter((turn) => turn.side === 'agency' && !isMine(turn));
  const theirs = turns.filter((turn) => turn.side === 'client');
  return (
    <>
      <Figures rows={[
        { name: say('today.ours'), value: ours.length },
        { name: say('today.theirs'), value: theirs.length },
        { name: say('today.blocked'), value: waiting(turns), below: say('today.blocked_about') },
      ]} />
      <div class="split">
        <div class="stack">
          <Panel title={say('today.ours')} flush>
            {ours.length > 0 ? <TurnList turns={ours} showClient /> : <Empty icon={CircleCheckBig} title={say('today.none_title')} text={say('today.none_text')} />}
          </Panel>
          {colleagues.length > 0 && <Panel title={say('today.colleagues')} flush><TurnList turns={colleagues} showClient /></Panel>}
          <Panel title={say('today.theirs')} flush>
            {theirs.length > 0 ? <TurnList turns={theirs} showClient /> : <Empty title={say('today.none_theirs')} />}
          </Panel>
        </div>
        <DueSoon />
      </div>
    </>
  );
}

function DueSoon() {
  const forecast = useAsk(show_forecast);
  if (forecast.refusal?.slug === 'forbidden') return null;
  return (
    <Panel title={say('today.due_soon')} flush acts={<a href="/reports">{say('today.all_forecast')}</a>}>
      <Shown of={forecast}>
        {(data) => <Table name={say('today.due_soon')} columns={columns()} rows={(data.events ?? []).filter((event) => event.stage !== 'paid').slice(0, SOON)} />}
      </Shown>
    </Panel>
  );
}

export default function Today() {
  const turns = useAsk(list_turns);
  const clients = useAsk(list_clients, { query: { limit: 1 } });
  const { route } = useLocation();
  const isNew = clients.data?.items?.length === 0;
  return (
    <Page title={say('today.title')} eyebrow={say('today.hello', { name: viewer()?.name })}>
      {isNew
        ? <Panel><Empty title={say('today.first_title')} text={say('today.first_text')}><Act of={create_client} tone="strong" icon={Plus} done={(made) => route(`/clients/${made.id}`)} /></Empty></Panel>
        : <Shown of={turns}>{(data) => <Turns turns={data.items ?? []} />}</Shown>}
    </Page>
  );
}
