/* Earned value of a chosen day, of the whole and of each milestone, and how it came about. The agency's own. */
import { useLocation } from 'preact-iso';
import { useId } from 'preact/hooks';
import { choose_earning_rule, list_contracts, show_earned_value } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { Figures, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { useTyped } from '../../design/typed';
import { Act } from '../../form/act';
import { dayOf, money, say, sayOne, today } from '../../messages';
import { Why } from '../../parts/why';
import type { Engagement } from '../engagement/frame';
import { EarnedChart, useSeries } from './earned-chart';
import { ENDED, index, useMilestones, type Milestone } from './shared';

type Earned = components['schemas']['earned_value'];

const figures = (total: Earned) => [
  { name: say('earned.planned'), value: money(total.planned), below: say('earned.planned_about') },
  { name: say('earned.earned'), value: money(total.earned), below: say('earned.earned_about') },
  { name: say('earned.actual'), value: money(total.actual), below: say('earned.actual_about') },
  { name: say('earned.sv'), value: money(total.schedule_variance), below: `${say('earned.spi')} ${index(total.schedule_index_ppm)}` },
  { name: say('earned.cv'), value: money(total.cost_variance), below: `${say('earned.cpi')} ${index(total.cost_index_ppm)}` },
  { name: say('earned.eac'), value: money(total.expected_cost), below: `${say('earned.bac')} ${money(total.budget)}` },
  { name: say('earned.tcpi'), value: index(total.to_complete_index_ppm), below: say('earned.tcpi_about') },
];

const columns = (milestones: Milestone[], isOpen: boolean): Column<Earned>[] => {
  const find = (code: string | null) => milestones.find((one) => one.code === code);
  return [
    { title: say('milestone.title'), show: (row) => <><strong>{row.code}</strong> {find(row.code)?.title}</>, plain: (row) => row.code },
    { title: say('earned.rule'), plain: (row) => sayOne('value', row.rule ?? ''), show: (row) => (
      <div class="row">
        {sayOne('value', row.rule ?? '')}
        <Act of={choose_earning_rule} path={{ milestone_id: find(row.code)?.id ?? '' }} row={row} small tone="plain" text={say('earned.choose')} when={isOpen && find(row.code) !== undefined} />
      </div>) },
    { title: say('earned.bac'), number: true, show: (row) => money(row.budget), plain: (row) => row.budget },
    { title: say('earned.planned'), number: true, show: (row) => money(row.planned), plain: (row) => row.planned },
    { title: say('earned.earned'), number: true, show: (row) => money(row.earned), plain: (row) => row.earned },
    { title: say('earned.actual'), number: true, show: (row) => money(row.actual), plain: (row) => row.actual },
    { title: say('earned.spi'), number: true, show: (row) => index(row.schedule_index_ppm), plain: (row) => index(row.schedule_index_ppm) },
    { title: say('earned.cpi'), number: true, show: (row) => index(row.cost_index_ppm), plain: (row) => index(row.cost_index_ppm) },
  ];
};

export function EarnedPanels({ engagement }: { engagement: Engagement }) {
  const id = engagement.id!;
  const zone = engagement.time_zone;
  const field = useId();
  const { query, path, route } = useLocation();
  const milestones = useMilestones(id);
  const contract = useAll(list_contracts, { path: { engagement_id: id } }).data?.items?.find((one) => one.active_at);
  const first = dayOf(contract?.active_at, zone) ?? null;
  const lastDone = milestones.map((one) => dayOf(one.accepted_at, zone) ?? '').sort().at(-1);
  const last = ENDED.includes(engagement.state ?? '') && lastDone ? lastDone : today(zone);
  const chosen = query.day ?? last;
  const typed = useTyped(chosen, (wanted) => { if (wanted) route(`${path}?day=${wanted}`); });
  const asked = useAsk(show_earned_value, contract ? { path: { engagement_id: id }, query: { day: chosen } } : null);
  const points = useSeries(id, milestones.length > 0 ? first : null, last);
  if (!contract) return null;
  return (
    <>
      <Panel title={say('earned.title')} acts={
        <span class="row"><label class="soft" for={field}>{say('earned.on')}</label>
          <input class="input auto" id={field} type="date" min={first ?? undefined} max={last} {...typed} /></span>}>
        <Shown of={asked}>
          {(data) => (
            <>
              {data.basis === 'price' && <p class="note">{say('earned.basis_price')}</p>}
              {data.total && <Figures rows={figures(data.total)} />}
            </>
          )}
        </Shown>
        {points && <EarnedChart points={points} />}
      </Panel>
      {asked.data?.milestones && <Panel title={say('earned.each')} acts={<Why subject={{ of: 'earned_value', path: { engagement_id: id }, query: { day: chosen } }} />} flush><Table name={say('earned.each')} columns={columns(milestones, !ENDED.includes(engagement.state ?? ''))} rows={asked.data.milestones} /></Panel>}
    </>
  );
}
