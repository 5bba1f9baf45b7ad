/* What an offer costs the agency, what it leaves, and how likely its days are to hold. The client never sees it. */
import { Calculator } from 'lucide';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { may } from '../../api/session';
import { Button } from '../../design/button';
import { useWidth } from '../../design/chart';
import { Empty, Figures, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { day, dayOf, minutes, money, number, percent, say, sayOne } from '../../messages';
import { Why } from '../../parts/why';
import { EngagementFrame } from '../engagement/frame';
import './sales.css';

type Proposal = components['schemas']['proposal'];
type Estimate = components['schemas']['estimate'];
type Row = components['schemas']['estimate_figures'];
type Simulated = components['schemas']['simulated'];

/* ---- what it costs ---- */

const columns = (): Column<Row>[] => [
  { title: say('milestone.title'), show: (row) => <strong>{row.code ?? say('estimate.whole')}</strong>, plain: (row) => row.code },
  { title: say('estimate.expected'), number: true, show: (row) => minutes(row.expected_minutes), plain: (row) => row.expected_minutes },
  { title: say('estimate.cost'), number: true, show: (row) => money(row.cost), plain: (row) => row.cost },
  { title: sayOne('field', 'contingency_ppm'), number: true, show: (row) => money(row.contingency), plain: (row) => row.contingency },
  { title: say('estimate.price'), number: true, show: (row) => money(row.price), plain: (row) => row.price },
  { title: say('estimate.margin'), number: true, show: (row) => <>{money(row.margin)}<div class="faint">{percent(row.margin_ppm, 1)}</div></>, plain: (row) => row.margin },
];

function Sheet({ id }: { id: string }) {
  const figures = useAsk(operations.show_estimate_figures, { path: { estimate_id: id } });
  return (
    <Shown of={figures}>
      {({ total, milestones }) => (
        <>
          <Figures rows={[
            { name: say('estimate.expected'), value: minutes(total.expected_minutes) },
            { name: say('estimate.cost'), value: money(total.cost), below: say('estimate.with_contingency', { amount: money(total.contingency) }) },
            { name: say('estimate.price'), value: money(total.price), below: say('estimate.by_rates', { amount: money(total.rate_price) }) },
            { name: say('estimate.margin'), value: money(total.margin), below: say('estimate.after_contingency', { amount: money(total.margin_after_contingency) }) },
            { name: say('estimate.share'), value: percent(total.margin_ppm, 1) },
          ]} />
          <Panel title={say('estimate.figures')} acts={<Why subject={{ of: 'estimate', path: { estimate_id: id } }} />} flush><Table name={say('estimate.figures')} columns={columns()} rows={[...milestones ?? [], total]} /></Panel>
        </>
      )}
    </Shown>
  );
}

/* ---- how likely the days are ---- */

const LINE = 26;
const EDGE = { start: 60, end: 44 };
const DAY_MS = 86_400_000;
const LABEL_WIDTH = 88;
const STEPS = [1, 2, 7, 14, 28, 56, 112, 224]; // days between two that are named
const MONDAY = 4; // after the first of all days, a Thursday
const at = (text: string | null) => (text ? Date.parse(text) : Number.NaN);

/* The days that are named along the axis: as many as have room, and Mondays if not all are. */
function marksOf(first: number, last: number, room: number) {
  const days = (last - first) / DAY_MS;
  const step = STEPS.find((one) => (days / one) * LABEL_WIDTH <= room) ?? days;
  const begin = first / DAY_MS;
  const skip = step < 7 ? 0 : (7 - ((begin - MONDAY) % 7)) % 7;
  return Array.from({ length: Math.floor((days - skip) / step) + 1 }, (_, index) => (begin + skip + index * step) * DAY_MS);
}

function Spread({ rows }: { rows: Simulated[] }) {
  const { place, width } = useWidth<HTMLDivElement>();
  const days = rows.flatMap((row) => [row.finish_50_day, row.finish_95_day, row.due_day].map(at)).filter((one) => !Number.isNaN(one));
  const first = Math.min(...days);
  const last = Math.max(...days, first + DAY_MS);
  const room = width - EDGE.start - EDGE.end;
  const along = (moment: number) => EDGE.start + ((moment - first) / (last - first)) * room;
  const x = (text: string | null) => along(at(text));
  const floor = rows.length * LINE + 4;
  return (
    <div ref={place}>
      <svg class="spread" width={width} height={floor + 24} role="img" aria-label={say('estimate.chart')}>
        {marksOf(first, last, room).map((moment) => (
          <>
            <line class="step" x1={along(moment)} x2={along(moment)} y1="0" y2={floor + 4} />
            <text x={along(moment)} y={floor + 18} text-anchor="middle">{day(new Date(moment).toISOString().slice(0, 10))}</text>
          </>
        ))}
        <line class="axis" x1={EDGE.start} x2={width - EDGE.end} y1={floor} y2={floor} />
        {rows.map((row, index) => {
          const y = index * LINE + 4;
          return (
            <>
              <text x="0" y={y + 13}>{row.code ?? say('estimate.whole')}</text>
              <rect class="span" x={x(row.finish_50_day)} y={y} width={Math.max(3, x(row.finish_95_day) - x(row.finish_50_day))} height="18" rx="4" />
              <rect class="mid" x={x(row.finish_80_day) - 2} y={y} width="4" height="18" rx="2" />
              {row.due_day && <line class="agreed" x1={x(row.due_day)} x2={x(row.due_day)} y1={y - 2} y2={y + 20} />}
            </>
          );
        })}
      </svg>
    </div>
  );
}

const shares: [string, 'finish_50_day' | 'finish_80_day' | 'finish_95_day', 'cost_50' | 'cost_80' | 'cost_95'][] = [
  ['500000', 'finish_50_day', 'cost_50'], ['800000', 'finish_80_day', 'cost_80'], ['950000', 'finish_95_day', 'cost_95']];

const simulatedColumns = (): Column<Simulated>[] => [
  { title: say('milestone.title'), show: (row) => <strong>{row.code ?? say('estimate.whole')}</strong>, plain: (row) => row.code },
  { title: say('estimate.offered'), show: (row) => day(row.due_day), plain: (row) => row.due_day },
  { title: say('estimate.on_time'), number: true, show: (row) => percent(row.on_time_ppm), plain: (row) => row.on_time_ppm },
  ...shares.map(([ppm, finish]): Column<Simulated> => ({ title: say('estimate.finish', { share: percent(Number(ppm)) }), show: (row) => day(row[finish]), plain: (row) => row[finish] })),
  ...shares.map(([ppm, , cost]): Column<Simulated> => ({ title: say('estimate.cost_share', { share: percent(Number(ppm)) }), number: true, show: (row) => money(row[cost]), plain: (row) => row[cost] })),
];

function Simulation({ id, begins }: { id: string; begins: string | undefined }) {
  const { query, path, route } = useLocation();
  const seed = Number(query.seed ?? 1);
  const start = query.start ?? begins;
  const [typed, type] = useState({ seed: String(seed), start: start ?? '' });
  const simulation = useAsk(operations.simulate_estimate, { path: { estimate_id: id }, query: { seed, ...(start ? { start_day: start } : {}) } });
  const run = () => {
    const wanted = new URLSearchParams({ estimate: id, seed: typed.seed, ...(typed.start ? { start: typed.start } : {}) });
    route(`${path}?${wanted}`);
  };
  return (
    <Panel title={say('estimate.simulation')} flush>
      <form class="tools" onSubmit={(event) => { event.preventDefault(); run(); }}>
        <label class="row"><span class="faint">{say('estimate.seed')}</span><input class="input" type="number" min="0" style={{ inlineSize: '7rem', minInlineSize: '0' }} value={typed.seed} onInput={(event) => type({ ...typed, seed: event.currentTarget.value })} /></label>
        <label class="row"><span class="faint">{say('estimate.start')}</span><input class="input" type="date" style={{ inlineSize: 'auto', minInlineSize: '0' }} value={typed.start} onInput={(event) => type({ ...typed, start: event.currentTarget.value })} /></label>
        <Button small type="submit">{say('estimate.run')}</Button>
      </form>
      <Shown of={simulation}>
        {(data) => {
          const rows = [...data.milestones ?? [], data.whole];
          return (
            <>
              <div class="body" style={{ padding: '0.5rem 1.125rem' }}><p class="soft">{say('estimate.simulation_text', { runs: number(data.runs) })}</p><Spread rows={rows} /><p class="faint">{say('estimate.chart')}</p></div>
              <Table name={say('estimate.simulation')} columns={simulatedColumns()} rows={rows} />
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}

/* ---- which one ---- */

const firstDay = (proposal: Proposal | undefined) => proposal?.plan?.milestones?.map((one) => one.start_day).filter((one) => one != null).sort()[0];

function Chosen({ estimates, proposals, zone }: { estimates: Estimate[]; proposals: Proposal[]; zone: string | null }) {
  const { query, path, route } = useLocation();
  const revision = (one: Estimate) => proposals.find((proposal) => proposal.id === one.proposal_id)?.revision ?? 0;
  const sorted = [...estimates].sort((one, other) => revision(other) - revision(one));
  const chosen = sorted.find((one) => one.id === query.estimate) ?? sorted[0]!;
  return (
    <>
      <div class="row apart">
        <select class="input" style={{ inlineSize: 'auto' }} aria-label={say('estimate.choose')} value={chosen.id!} onChange={(event) => route(`${path}?estimate=${event.currentTarget.value}`)}>
          {sorted.map((one) => <option value={one.id!}>{say('estimate.of', { name: say('proposal.name', { revision: revision(one) }) })}</option>)}
        </select>
        {chosen.frozen_at ? <span class="soft">{say('estimate.frozen')}</span> : may(operations.change_estimate) && <a class="button" href={`/estimates/${chosen.id}/edit`}>{sayOne('act', 'change_estimate')}</a>}
      </div>
      <Sheet id={chosen.id!} />
      <Simulation key={chosen.id} id={chosen.id!} begins={chosen.frozen_at ? firstDay(proposals.find((one) => one.id === chosen.proposal_id)) ?? dayOf(chosen.frozen_at, zone) : undefined} />
    </>
  );
}

export default function Estimates({ id }: { id: string }) {
  const path = { engagement_id: id };
  const estimates = useAll(operations.list_estimates, { path });
  const proposals = useAll(operations.list_proposals, { path });
  const all = [...proposals.data?.items ?? []].sort((one, other) => other.revision - one.revision);
  const bare = estimates.data && all.find((one) => !estimates.data!.items?.some((estimate) => estimate.proposal_id === one.id));
  const isOpen = !all.some((one) => one.state === 'accepted'); // the scope stands once one was accepted
  const begin = bare && isOpen && may(operations.create_estimate) && (
    <a class="button strong" href={`/proposals/${bare.id}/estimate`}>{say('estimate.new_title', { revision: bare.revision })}</a>
  );
  return (
    <EngagementFrame id={id} tab="/proposals" title={say('estimate.title')} acts={() => <><a class="button plain" href="/settings/rate-cards">{say('rate_card.title')}</a>{estimates.data?.items?.length ? begin : null}</>}>
      {(engagement) => (
        <Shown of={estimates}>
          {(data) => (data.items?.length
            ? <Chosen estimates={data.items} proposals={all} zone={engagement.time_zone} />
            : <Panel><Empty icon={Calculator} title={say('estimate.none_title')} text={say(all.length === 0 ? 'estimate.no_proposal' : isOpen ? 'estimate.none_text' : 'estimate.too_late')}>{begin}</Empty></Panel>)}
        </Shown>
      )}
    </EngagementFrame>
  );
}
