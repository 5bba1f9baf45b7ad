/* Time entries as a list, with what is decided on each. */
import { Clock } from 'lucide';
import {
  approve_time_entry, list_engagements, list_time_entries, list_users, return_time_entry, reverse_time_entry, withdraw_time_entry,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, minutes, money, say, sayOne, sayState } from '../../messages';
import { ApproveAll } from './approve-all';

export type Entry = components['schemas']['time_entry'];

export function EntryActs({ entry }: { entry: Entry }) {
  const common = { path: { time_entry_id: entry.id! }, version: versionOf(entry), small: true };
  const isOpen = entry.state === 'submitted';
  return (
    <div class="acts end">
      <Act of={withdraw_time_entry} {...common} tone="plain" when={isOpen && entry.user_id === viewer()?.id} />
      <Act of={return_time_entry} {...common} tone="plain" when={isOpen} />
      <Act of={approve_time_entry} {...common} when={isOpen} />
      <Act of={reverse_time_entry} {...common} tone="plain" when={entry.state === 'approved' && !entry.reverses_entry_id && (entry.minutes ?? 0) > 0} />
    </div>
  );
}

const states = ['submitted', 'approved', 'returned', 'withdrawn'];

export function TimeList({ engagement_id }: { engagement_id?: string }) {
  const users = useAll(list_users).data?.items ?? [];
  const engagements = useAll(list_engagements).data?.items ?? [];
  const name = new Map(users.map((one) => [one.id!, one.name ?? '']));
  const title = new Map(engagements.map((one) => [one.id!, one.title ?? '']));
  const columns: Column<Entry>[] = [
    { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day, sort: 'day' },
    { title: say('time.who'), show: (row) => <>{name.get(row.user_id ?? '') ?? '–'}{row.role && <div class="faint">{row.role}</div>}</>, plain: (row) => name.get(row.user_id ?? '') },
    { title: say('time.what'), show: (row) => <><span dir="auto">{row.note}</span>{!engagement_id && <div class="faint"><a href={`/engagements/${row.engagement_id}/time`}>{title.get(row.engagement_id ?? '')}</a></div>}{row.reason && <div class="error" dir="auto">{row.reason}</div>}</>, plain: (row) => row.note },
    { title: say('time.hours'), number: true, show: (row) => minutes(row.minutes), plain: (row) => (row.minutes ?? 0) / 60 },
    { title: sayOne('value', 'cost'), number: true, show: (row) => money(row.cost), plain: (row) => row.cost },
    { title: say('common.state'), show: (row) => <State of="time_entry" value={row.state} />, plain: (row) => sayState('time_entry', row.state) },
    { title: say('time.acts'), show: (row) => <EntryActs entry={row} />, plain: null },
  ];
  return (
    <Panel title={say('time.all')} flush acts={<ApproveAll engagement_id={engagement_id} />}>
      <List of={list_time_entries} input={{ query: engagement_id ? { engagement_id } : {} }} name={say('time.all')} columns={columns} sort="-day"
        filters={[
          { name: 'state', label: say('common.state'), choices: states.map((one) => [one, sayState('time_entry', one)]) },
          { name: 'user_id', label: say('time.who'), choices: users.map((one) => [one.id!, one.name ?? '']) },
          ...(engagement_id ? [] : [{ name: 'engagement_id', label: say('engagement.title'), choices: engagements.map((one): [string, string] => [one.id!, one.title ?? '']) }]),
        ]}
        empty={<Empty icon={Clock} title={say('time.none_title')} text={say('time.none_text')} />} />
    </Panel>
  );
}

