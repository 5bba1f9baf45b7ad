/* One's own week: what is recorded on each day, and the quickest way to record more. */
import { ChevronLeft, ChevronRight, Plus } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { list_engagements, list_estimates, list_milestones, list_tasks, list_time_entries, record_time } from '../../api/generated/operations';
import type { Body } from '../../api/operation';
import { useAll } from '../../api/query';
import { viewer } from '../../api/session';
import { addressWith, useChosen } from '../../design/chosen';
import { Icon } from '../../design/icon';
import { Panel } from '../../design/page';
import { Act } from '../../form/act';
import { NumberInput } from '../../form/number_input';
import type { Value } from '../../form/shape';
import { currentLanguage, day, minutes, say, sayOne, today } from '../../messages';
import type { Engagement } from '../engagement/frame';
import type { Entry } from './time-list';
import './delivery.css';

const DAY_MS = 86_400_000;
const COUNTED = ['submitted', 'approved'];

const shift = (from: string, days: number) => new Date(Date.parse(`${from}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const monday = (of: string) => shift(of, -((new Date(`${of}T00:00:00Z`).getUTCDay() + 6) % 7));
const weekday = (of: string) => new Intl.DateTimeFormat(currentLanguage(), { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${of}T00:00:00Z`));

/* ---- recording ---- */

type Zone = string | null | undefined; // of the engagement: its day is the day that counts

interface FormProps { engagement_id: string; zone: Zone; value: Value; set: (value: Value) => void; wrong: { field: string; text: string } | null }

function Choose({ id, label, value, choices, set, error }: { id: string; label: string; value: string; choices: [string, string][]; set: (value: string) => void; error?: string | undefined }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select class="input" id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="" />
        {choices.map(([key, text]) => <option value={key}>{text}</option>)}
      </select>
      {error && <span class="error">{error}</span>}
    </div>
  );
}

/* The role is one of the estimate that the contract froze: its rates are the cost. */
function Form({ engagement_id, zone, value, set, wrong }: FormProps) {
  const id = useId();
  const whole = { path: { engagement_id } };
  const tasks = useAll(list_tasks, whole).data?.items ?? [];
  const milestones = useAll(list_milestones, whole).data?.items ?? [];
  const roles = useAll(list_estimates, whole).data?.items?.find((one) => one.frozen_at)?.rates?.map((rate) => rate.role) ?? [];
  const error = (field: string) => (wrong?.field === field ? wrong.text : undefined);
  const chosen = value.task_id ? `task ${value.task_id}` : value.milestone_id ? `milestone ${value.milestone_id}` : '';
  const choose = (one: string) => {
    const [kind, found] = one.split(' ');
    set({ ...value, task_id: kind === 'task' ? found : undefined, milestone_id: kind === 'milestone' ? found : undefined });
  };
  const open = tasks.filter((task) => task.state !== 'cancelled');
  return (
    <div class="form">
      <Choose id={`${id}-on`} label={say('time.on')} value={chosen} set={choose} error={error('task_id') ?? error('milestone_id')}
        choices={[...open.map((one): [string, string] => [`task ${one.id}`, `${one.code} ${one.title}`]), ...milestones.map((one): [string, string] => [`milestone ${one.id}`, `${one.code} ${one.title}`])]} />
      <div class="field"><label for={`${id}-day`}>{say('common.day')}</label><input class="input" id={`${id}-day`} type="date" max={today(zone)} value={value.day as string} onInput={(event) => set({ ...value, day: event.currentTarget.value })} />{error('day') && <span class="error">{error('day')}</span>}</div>
      <div class="field">
        <label for={`${id}-hours`}>{say('time.hours')}</label>
        <NumberInput id={`${id}-hours`} min={0} max={24} step={0.25} inputMode="decimal" by={60} value={value.minutes as number | undefined} set={(count) => set({ ...value, minutes: count })} />
        {error('minutes') && <span class="error">{error('minutes')}</span>}
      </div>
      {roles.length > 0 && <Choose id={`${id}-role`} label={sayOne('field', 'role')} value={(value.role as string) ?? ''} set={(role) => set({ ...value, role })} choices={roles.map((role) => [role, role])} error={error('role')} />}
      <div class="field wide"><label for={`${id}-note`}>{sayOne('field', 'note')}</label><input class="input" id={`${id}-note`} dir="auto" value={(value.note as string) ?? ''} onInput={(event) => set({ ...value, note: event.currentTarget.value })} />{error('note') && <span class="error">{error('note')}</span>}</div>
    </div>
  );
}

/* What was recorded last is most often what comes next. */
function Record({ engagement_id, zone, on, last }: { engagement_id: string; zone: Zone; on: string; last: Entry | undefined }) {
  const known = last && last.engagement_id === engagement_id ? { task_id: last.task_id, milestone_id: last.task_id ? null : last.milestone_id, role: last.role } : {};
  const preset = Object.fromEntries(Object.entries({ ...known, day: on }).filter(([, value]) => value != null)) as Partial<Body<'record_time'>>;
  return (
    <Act of={record_time} path={{ engagement_id }} preset={preset} small tone="plain" icon={Plus} text={say('time.record')}>
      {(value, set, wrong) => <Form engagement_id={engagement_id} zone={zone} value={value} set={set} wrong={wrong} />}
    </Act>
  );
}

/* ---- the week ---- */

export function Week({ engagement }: { engagement?: Engagement }) {
  const { chosen: ofAddress } = useChosen();
  const id = useId();
  const engagements = useAll(list_engagements, engagement ? null : {}).data?.items?.filter((one) => ['active', 'suspended'].includes(one.state ?? '')) ?? [];
  const [chosen, choose] = useState('');
  const target = engagement ?? engagements.find((one) => one.id === chosen) ?? engagements[0];
  const now = today(target?.time_zone);
  const wanted = ofAddress('week');
  const start = monday(wanted && !Number.isNaN(Date.parse(`${wanted}T00:00:00Z`)) ? wanted : now);
  const days = Array.from({ length: 7 }, (_, index) => shift(start, index));
  const entries = useAll(list_time_entries, { query: { user_id: viewer()!.id!, from_day: start, to_day: days[6]!, ...(engagement ? { engagement_id: engagement.id! } : {}) } }).data?.items ?? [];
  const counted = entries.filter((one) => COUNTED.includes(one.state ?? ''));
  const sum = (rows: Entry[]) => rows.reduce((total, one) => total + (one.minutes ?? 0), 0);
  const week = (from: string | undefined) => addressWith({ week: from });
  return (
    <Panel title={say('time.week', { from: day(start), until: day(days[6]) })} acts={
      <>
        <strong class="number">{minutes(sum(counted))}</strong>
        <a class="button plain small" href={week(shift(start, -7))} aria-label={say('time.week_before')} title={say('time.week_before')}><Icon of={ChevronLeft} turns /></a>
        <a class="button plain small" href={week(undefined)}>{say('time.this_week')}</a>
        <a class="button plain small" href={week(shift(start, 7))} aria-label={say('time.week_after')} title={say('time.week_after')}><Icon of={ChevronRight} turns /></a>
      </>}>
      {!engagement && engagements.length > 1 && (
        <div class="row"><label class="soft" for={id}>{say('time.record_for')}</label>
          <select class="input auto" id={id} value={target?.id ?? ''} onChange={(event) => choose(event.currentTarget.value)}>{engagements.map((one) => <option value={one.id!}>{one.title}</option>)}</select></div>
      )}
      <ol class="week">
        {days.map((one) => {
          const mine = entries.filter((entry) => entry.day === one);
          return (
            <li class={one === now ? 'today' : ''}>
              <div class="row apart"><span><strong>{weekday(one)}</strong> <span class="faint">{day(one, 'short')}</span></span><span class="number">{mine.length > 0 ? minutes(sum(mine.filter((entry) => COUNTED.includes(entry.state ?? '')))) : ''}</span></div>
              <ul>{mine.map((entry) => <li class={entry.state ?? ''}><span dir="auto">{entry.note}</span> <span class="faint">{minutes(entry.minutes)}{entry.state !== 'approved' && ` · ${sayOne('value', entry.state ?? '')}`}</span></li>)}</ul>
              {target && one <= now && <Record key={`${target.id}${one}`} engagement_id={target.id!} zone={target.time_zone} on={one} last={entries.at(-1)} />}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
