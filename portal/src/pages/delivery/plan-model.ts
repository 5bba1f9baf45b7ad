/* The plan as rows to be drawn: for the agency with tasks and the critical path, for the client the milestones alone. */
import { useEffect, useState } from 'preact/hooks';
import { list_milestones, list_task_dependencies, list_tasks, list_users, show_milestone_dependencies, show_schedule } from '../../api/generated/operations';
import { ask } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { dayOf, today } from '../../messages';
import { useEngagement, type Milestone } from './shared';

export type Task = components['schemas']['task'];
export type TaskDependency = components['schemas']['task_dependency'];
type ScheduleRow = components['schemas']['plan_row'];

export interface Row {
  kind: 'milestone' | 'task';
  id: string;
  code: string;
  title: string;
  state: string;
  start: string; // the days that it takes, as things are
  end: string;
  signed: string | null; // the day that both sides have signed
  planned: string | null;
  slack: number | null;
  isCritical: boolean;
  daysLate: number;
  isDone: boolean;
  milestone: string; // its own id, or that of the milestone that the task is of
}

export interface Edge { from: string; to: string; lag: number }
export interface Plan { rows: Row[]; edges: Edge[]; milestones: Milestone[]; tasks: Task[]; dependencies: TaskDependency[]; today: string; zone: string | null | undefined; finish: string | null; critical: string[]; names: Map<string, string> }

const DONE = ['done', 'accepted', 'deemed_accepted', 'cancelled'];

/* Which milestone comes after which, told by each of them. */
function useMilestoneEdges(milestones: Milestone[]): Edge[] {
  const [edges, setEdges] = useState<Edge[]>([]);
  const key = milestones.map((one) => `${one.id}${one.version}`).join();
  useEffect(() => {
    let isCurrent = true;
    Promise.all(milestones.map(async (one) => {
      const { data } = await ask(show_milestone_dependencies, { path: { milestone_id: one.id! } });
      return (data.comes_after ?? []).map((before) => ({ from: before.id!, to: one.id!, lag: 0 }));
    })).then((found) => { if (isCurrent) setEdges(found.flat()); }, () => {});
    return () => { isCurrent = false; };
  }, [key]);
  return edges;
}

const earlier = (one: string, other: string) => (one < other ? one : other);

function milestoneRow(one: Milestone, scheduled: ScheduleRow | undefined, tasks: Row[], zone: Plan['zone']): Row {
  const accepted = dayOf(one.accepted_at, zone);
  const end = accepted ?? scheduled?.early_finish_day ?? one.planned_due_day ?? one.due_day!;
  const start = tasks.reduce((first, task) => earlier(first, task.start), one.start_day ?? scheduled?.early_start_day ?? end);
  return {
    kind: 'milestone', id: one.id!, code: one.code ?? '', title: one.title ?? '', state: one.state ?? '', start: earlier(start, end), end, signed: one.due_day, planned: one.planned_due_day,
    slack: scheduled?.slack_days ?? null, isCritical: scheduled?.is_critical ?? false, daysLate: scheduled?.days_late ?? 0, isDone: DONE.includes(one.state ?? ''), milestone: one.id!,
  };
}

function taskRow(one: Task, scheduled: ScheduleRow | undefined, zone: Plan['zone']): Row {
  const start = one.started_day ?? scheduled?.early_start_day ?? one.planned_start_day ?? today(zone);
  const end = one.done_day ?? scheduled?.early_finish_day ?? one.planned_due_day ?? start;
  return {
    kind: 'task', id: one.id!, code: one.code ?? '', title: one.title ?? '', state: one.state ?? '', start: earlier(start, end), end, signed: null, planned: one.planned_due_day,
    slack: scheduled?.slack_days ?? null, isCritical: scheduled?.is_critical ?? false, daysLate: scheduled?.days_late ?? 0, isDone: DONE.includes(one.state ?? ''), milestone: one.milestone_id!,
  };
}

function rowsOf(milestones: Milestone[], tasks: Task[], scheduled: Map<string, ScheduleRow>, zone: Plan['zone']): Row[] {
  return milestones.filter((one) => one.state !== 'cancelled').flatMap((one) => {
    const inner = tasks.filter((task) => task.milestone_id === one.id && task.state !== 'cancelled').map((task) => taskRow(task, scheduled.get(task.id!), zone));
    return [milestoneRow(one, scheduled.get(one.id!), inner, zone), ...inner];
  });
}

export function usePlan(id: string): { data: Plan | undefined; refusal: ReturnType<typeof useAsk>['refusal'] } {
  const path = { engagement_id: id };
  const inside = isClient() ? null : { path };
  const zone = useEngagement(id)?.time_zone;
  const milestones = useAll(list_milestones, { path });
  const tasks = useAll(list_tasks, inside);
  const dependencies = useAll(list_task_dependencies, inside);
  const schedule = useAsk(show_schedule, isClient() ? null : { path });
  const users = useAll(list_users, isClient() ? null : {});
  const among = useMilestoneEdges(milestones.data?.items ?? []);
  if (!milestones.data || (inside && (!tasks.data || !dependencies.data))) return { data: undefined, refusal: milestones.refusal ?? tasks.refusal ?? dependencies.refusal };
  const all = tasks.data?.items ?? [];
  const standing = (dependencies.data?.items ?? []).filter((one) => !one.is_removed);
  const scheduled = new Map((schedule.data?.rows ?? []).map((row) => [row.id!, row]));
  return {
    refusal: undefined,
    data: {
      rows: rowsOf(milestones.data.items ?? [], all, scheduled, zone),
      edges: [...among, ...standing.map((one) => ({ from: (one.after_task_id ?? one.after_milestone_id)!, to: one.task_id!, lag: one.lag_days ?? 0 }))],
      milestones: milestones.data.items ?? [], tasks: all, dependencies: standing, today: schedule.data?.today ?? today(zone), zone,
      finish: schedule.data?.finish_day ?? null, critical: schedule.data?.critical_path ?? [],
      names: new Map((users.data?.items ?? []).map((one) => [one.id!, one.name ?? ''])),
    },
  };
}
