/* Milestones with their tasks, and everything that can be done with a task. */
import { Plus, X } from 'lucide';
import { useState } from 'preact/hooks';
import {
  add_task_dependency, cancel_task, change_task, create_task, finish_task, make_task_ready, remove_task_dependency, reopen_task, slip_task, start_task,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { Answer } from '../../api/operation';

import { State } from '../../design/state';
import { Act } from '../../form/act';
import { ActMenu, menuItem } from '../../form/act-menu';
import { day, days, distance, minutes, money, say } from '../../messages';
import { Moved } from './moves';
import type { Plan, Task, TaskDependency } from './plan-model';
import type { Milestone } from './shared';

type Slip = Answer<'slip_task'>;

/* ---- what it waits for ---- */

function After({ one, plan }: { one: TaskDependency; plan: Plan }) {
  const before = plan.rows.find((row) => row.id === (one.after_task_id ?? one.after_milestone_id));
  return (
    <span class="chip">
      {before?.code ?? '–'}{one.lag_days ? ` ${say('plan.lag', { count: one.lag_days })}` : ''}
      <Act of={remove_task_dependency} path={{ task_dependency_id: one.id! }} version={versionOf(one)} small tone="plain" icon={X} text={say('plan.remove_after', { code: before?.code })} />
    </span>
  );
}

/* ---- what can be done with a task ---- */

function TaskActs({ task, slipped }: { task: Task; slipped: (slip: Slip) => void }) {
  const is = (...states: string[]) => states.includes(task.state ?? '');
  const common = { path: { task_id: task.id! }, version: versionOf(task), small: true };
  const isOpen = is('planned', 'ready', 'in_progress');
  return (
    <div class="acts end">
      <Act of={make_task_ready} {...common} when={is('planned')} />
      <Act of={start_task} {...common} when={is('ready')} />
      <Act of={finish_task} {...common} when={is('in_progress')} />
      <ActMenu label={say('plan.more_of', { code: task.code })} items={[
        menuItem({ of: slip_task, ...common, when: isOpen && task.planned_due_day !== null, done: slipped }),
        menuItem({ of: change_task, ...common, when: isOpen, row: task }),
        menuItem({ of: add_task_dependency, path: common.path, when: isOpen, around: { engagement_id: task.engagement_id ?? undefined } }),
        menuItem({ of: reopen_task, ...common, when: is('done') }),
        menuItem({ of: cancel_task, ...common, tone: 'bad', when: isOpen }),
      ]} />
    </div>
  );
}

function TaskRow({ task, plan, slipped }: { task: Task; plan: Plan; slipped: (slip: Slip) => void }) {
  const row = plan.rows.find((one) => one.id === task.id);
  const after = plan.dependencies.filter((one) => one.task_id === task.id);
  return (
    <li id={task.id ?? undefined}>
      <div>
        <strong>{task.code}</strong> <span dir="auto">{task.title}</span>
        <div class="faint">{[plan.names.get(task.owner_id ?? ''), task.estimate_minutes ? minutes(task.estimate_minutes) : '', row?.isCritical ? say('plan.critical') : row?.slack != null && !row.isDone ? say('plan.slack_of', { count: row.slack }) : ''].filter(Boolean).join(' · ')}</div>
        {after.length > 0 && <div class="row faint">{say('schedule.after')}{after.map((one) => <After key={one.id} one={one} plan={plan} />)}</div>}
      </div>
      <State of="task" value={task.state} />
      <div class="days">
        {task.planned_start_day || task.planned_due_day ? days(task.planned_start_day, task.planned_due_day, 'near') : <span class="soft">{say('plan.no_days')}</span>}
        {row && !row.isDone && row.daysLate > 0 && <div><span class="badge bad">{say('plan.late_by', { count: row.daysLate })}</span></div>}
      </div>
      <TaskActs task={task} slipped={slipped} />
    </li>
  );
}

/* ---- a milestone ---- */

function MilestonePanel({ milestone, plan, slipped }: { milestone: Milestone; plan: Plan; slipped: (slip: Slip) => void }) {
  const tasks = plan.tasks.filter((task) => task.milestone_id === milestone.id);
  const row = plan.rows.find((one) => one.id === milestone.id);
  return (
    <section class="panel">
      <header>
        <div>
          <h2><a href={`/milestones/${milestone.id}`}>{milestone.code} {milestone.title}</a></h2>
          <div class="faint">{say('plan.signed_for', { day: day(milestone.due_day) })}{row && !row.isDone && ` · ${distance(milestone.due_day, plan.zone)}`}{row && row.end !== milestone.due_day && ` · ${say(row.isDone ? 'plan.done_on' : 'plan.expected', { day: day(row.end) })}`}</div>
        </div>
        <div class="acts">
          {row && !row.isDone && row.daysLate > 0 && <span class="badge bad">{say('plan.late_by', { count: row.daysLate })}</span>}
          <State of="milestone" value={milestone.state} /><span class="number soft">{money(milestone.price)}</span>
          <Act of={create_task} path={{ milestone_id: milestone.id! }} small icon={Plus} when={!['accepted', 'deemed_accepted', 'cancelled'].includes(milestone.state ?? '')} />
        </div>
      </header>
      {tasks.length > 0 ? <ul class="tasks">{tasks.map((task) => <TaskRow key={task.id} task={task} plan={plan} slipped={slipped} />)}</ul> : <p class="soft bare">{say('plan.no_tasks')}</p>}
    </section>
  );
}

export function PlanList({ plan }: { plan: Plan }) {
  const [slip, setSlip] = useState<Slip>();
  return (
    <>
      {slip && <Moved slip={slip} close={() => setSlip(undefined)} />}
      {plan.milestones.filter((one) => one.state !== 'cancelled').map((milestone) => <MilestonePanel key={milestone.id} milestone={milestone} plan={plan} slipped={setSlip} />)}
    </>
  );
}

