/* How the plan came to be what it is: baselines to compare with, and what slipped and why. */
import { useLocation } from 'preact-iso';
import { compare_baseline, list_baselines, list_obligation_slips, list_obligations, list_task_slips, take_baseline } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, moment, say, sayOne } from '../../messages';
import { Moves, type Move } from './moves';
import { lateOf } from './shared';

type Variance = components['schemas']['variance'];

const signedDays = (days: number | null) => (days == null ? '–' : days === 0 ? say('plan.unmoved') : say(days > 0 ? 'plan.days_later' : 'plan.days_earlier', { count: Math.abs(days) }));

const varianceColumns = (): Column<Variance>[] => [
  { title: sayOne('field', 'title'), show: (row) => <><strong>{row.code}</strong> {row.title}{row.change !== 'kept' && <> <span class="badge info">{sayOne('value', row.change ?? '')}</span></>}</>, plain: (row) => `${row.code} ${row.title}` },
  { title: say('plan.then'), show: (row) => day(row.baseline_due_day), plain: (row) => row.baseline_due_day },
  { title: say('plan.now'), show: (row) => day(row.due_day), plain: (row) => row.due_day },
  { title: say('plan.difference'), number: true, show: (row) => <span class={(row.variance_days ?? 0) > 0 ? 'error' : ''}>{signedDays(row.variance_days)}</span>, plain: (row) => row.variance_days },
];

function Compared({ id }: { id: string }) {
  const asked = useAsk(compare_baseline, { path: { baseline_id: id } });
  return <Shown of={asked}>{(data) => <Table name={say('plan.variance')} columns={varianceColumns()} rows={data.rows ?? []} />}</Shown>;
}

function Baselines({ id }: { id: string }) {
  const { query, route, path } = useLocation();
  const asked = useAll(list_baselines, { path: { engagement_id: id } });
  const items = asked.data?.items ?? [];
  const chosen = query.baseline ?? items.at(-1)?.id ?? '';
  const choose = (baseline: string) => route(`${path}?${new URLSearchParams({ ...query, baseline })}`);
  return (
    <Panel title={say('plan.baselines')} flush acts={<Act of={take_baseline} path={{ engagement_id: id }} small />}>
      {items.length > 0
        ? (
          <>
            <div class="tools">
              <label class="soft" for="baseline">{say('plan.compare_with')}</label>
              <select class="input auto" id="baseline" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
                {items.map((one) => <option value={one.id!}>{`${one.name} · ${day(one.taken_day)}`}</option>)}
              </select>
            </div>
            <Compared id={chosen} />
          </>
        )
        : <Empty title={say('plan.no_baseline_title')} text={say('plan.no_baseline_text')} />}
    </Panel>
  );
}

interface Slipped { at: string; reason: string | null; moves: Move[] }

function Slips({ id }: { id: string }) {
  const whole = { path: { engagement_id: id } };
  const own = useAll(list_task_slips, isClient() ? null : whole).data?.items ?? [];
  const late = useAll(list_obligation_slips, whole).data?.items ?? [];
  const obligations = useAll(list_obligations, late.length > 0 ? whole : null).data?.items ?? [];
  const all: Slipped[] = [
    ...own.map((one) => ({ at: one.created_at!, reason: one.reason, moves: one.moves ?? [] })),
    ...late.map((one) => ({ at: one.created_at!, reason: lateOf(one, obligations), moves: [...one.milestones ?? [], ...one.tasks ?? []] })),
  ].sort((one, other) => (one.at < other.at ? 1 : -1));
  if (all.length === 0) return null;
  return (
    <Panel title={say('plan.slips')}>
      <ol class="timeline">
        {all.map((one) => (
          <li class="late">
            <strong dir="auto">{one.reason}</strong> <span class="faint">{moment(one.at)}</span>
            <Moves moves={one.moves} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function PlanHistory({ id }: { id: string }) {
  return <>{!isClient() && <Baselines id={id} />}<Slips id={id} /></>;
}
