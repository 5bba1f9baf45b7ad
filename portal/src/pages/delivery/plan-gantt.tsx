/* The plan on a calendar: what takes how long, what waits for what, where today is, and how the signed days compare.
   Whoever plans moves the bar of a task to later days, by hand or with the arrow keys, and says why. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { versionOf } from '../../api/ask';
import { slip_task } from '../../api/generated/operations';
import type { Answer } from '../../api/operation';
import { may } from '../../api/session';
import { ActDialog } from '../../form/act';
import { day, days, month, say, sayState } from '../../messages';
import type { Plan, Row, Task } from './plan-model';
import { useSlide, type Slide } from './slide';

export type Zoom = 'week' | 'month';

const DAY_MS = 86_400_000;
const ROW = 36;
const scales: Record<Zoom, { day: number; margin: number }> = { week: { day: 28, margin: 4 }, month: { day: 7, margin: 10 } };

const HINT = 'gantt-hint';

const number = (text: string) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
const text = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);
const weekday = (days: number) => new Date(days * DAY_MS).getUTCDay();

interface Calendar { first: number; last: number; width: number } // days, and points for each

/* The points that are there for the days, beside the names. */
function useRoom(place: RefObject<HTMLElement | null>) {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const element = place.current!;
    const watch = new ResizeObserver(() => setRoom(element.clientWidth - (element.firstElementChild as HTMLElement).offsetWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return room;
}

/* A short plan is followed by empty days, so that it fills the room. */
function calendarOf(plan: Plan, zoom: Zoom, room: number): Calendar {
  const days = plan.rows.flatMap((row) => [row.start, row.end, row.signed, row.planned]).filter((one) => one !== null).map(number);
  const { day: width, margin } = scales[zoom];
  const now = number(plan.today);
  const isNear = days.some((one) => Math.abs(one - now) < 120);
  const all = isNear ? [...days, now] : days; // long over: today would only stretch it
  const first = Math.min(...all) - margin;
  const count = Math.max(Math.max(...all) + margin - first + 1, Math.floor(room / width));
  return { first, last: first + count - 1, width: Math.max(width, room / count) };
}

const at = (calendar: Calendar, days: string) => (number(days) - calendar.first) * calendar.width;

/* ---- the scale ---- */

function spans(calendar: Calendar, isStart: (days: number) => boolean) {
  const starts = [calendar.first];
  for (let one = calendar.first + 1; one <= calendar.last; one += 1) if (isStart(one)) starts.push(one);
  return starts.map((start, index) => ({ start, days: (starts[index + 1] ?? calendar.last + 1) - start }));
}

function Scale({ calendar, zoom }: { calendar: Calendar; zoom: Zoom }) {
  const place = (start: number, days: number) => ({ insetInlineStart: `${(start - calendar.first) * calendar.width}px`, inlineSize: `${days * calendar.width}px` });
  const isWide = (days: number) => days * calendar.width > 44;
  return (
    <div class="scale" aria-hidden="true">
      <div>{spans(calendar, (one) => text(one).endsWith('-01')).map(({ start, days }) => <span style={place(start, days)}>{isWide(days) && <b>{month(text(start))}</b>}</span>)}</div>
      <div>
        {zoom === 'week'
          ? Array.from({ length: calendar.last - calendar.first + 1 }, (_, index) => calendar.first + index)
            .map((one) => <span class={weekday(one) % 6 === 0 ? 'off' : ''} style={place(one, 1)}>{Number(text(one).slice(8))}</span>)
          : spans(calendar, (one) => weekday(one) === 1).map(({ start, days }) => <span style={place(start, days)}>{days > 2 && Number(text(start).slice(8))}</span>)}
      </div>
    </div>
  );
}

/* ---- the bars ---- */

const look = (row: Row) => ['bar', row.kind, row.isDone ? 'done' : '', row.isCritical ? 'critical' : '', !row.isDone && row.daysLate > 0 ? 'late' : ''].join(' ');

export function describe(row: Row) {
  return [`${row.code} ${row.title}`, sayState(row.kind, row.state), days(row.start, row.end), row.signed ? say('plan.signed_for', { day: day(row.signed) }) : '',
    row.isCritical ? say('plan.critical') : row.slack !== null && !row.isDone ? say('plan.slack_of', { count: row.slack }) : '',
    !row.isDone && row.daysLate > 0 ? say('plan.late_by', { count: row.daysLate }) : ''].filter(Boolean).join(' · ');
}

interface BarProps { row: Row; calendar: Calendar; slide: Slide }

/* What has begun keeps its start: its bar grows. */
function placeOf({ row, calendar, slide }: BarProps) {
  const days = slide.of === row.id ? slide.days : 0;
  const hasBegun = row.state === 'in_progress';
  const length = (number(row.end) - number(row.start) + 1 + (hasBegun ? days : 0)) * calendar.width;
  return { insetInlineStart: `${at(calendar, row.start) + (hasBegun ? 0 : days * calendar.width)}px`, inlineSize: `${Math.max(length, 6)}px` };
}

function Bar(props: BarProps) {
  const { row, calendar, slide } = props;
  const hands = slide.handsOf(row.id);
  const mark = (days: string, kind: string) => <span class={`mark ${kind}`} title={say(kind === 'signed' ? 'plan.signed_for' : 'plan.planned_for', { day: day(days) })} style={{ insetInlineStart: `${at(calendar, days) + calendar.width / 2}px` }} />;
  return (
    <div class="lane">
      <a class={`${look(row)} ${hands ? 'movable' : ''} ${slide.of === row.id ? 'moving' : ''}`} href={row.kind === 'milestone' ? `/milestones/${row.id}` : `?view=list#${row.id}`}
        aria-label={describe(row)} title={describe(row)} aria-describedby={hands && HINT} draggable={false} style={placeOf(props)} {...hands} />
      {row.slack !== null && row.slack > 0 && !row.isDone && row.kind === 'task' && (
        <span class="slack" style={{ insetInlineStart: `${at(calendar, row.end) + calendar.width}px`, inlineSize: `${row.slack * calendar.width}px` }} />
      )}
      {row.planned && row.planned !== row.signed && row.kind === 'milestone' && mark(row.planned, 'planned')}
      {row.signed && mark(row.signed, 'signed')}
    </div>
  );
}

function Arrows({ plan, calendar, size }: { plan: Plan; calendar: Calendar; size: { inlineSize: string; blockSize: string } }) {
  const index = new Map(plan.rows.map((row, place) => [row.id, { row, place }]));
  return (
    <svg class="arrows" aria-hidden="true" style={size}>
      {plan.edges.map((edge) => {
        const from = index.get(edge.from);
        const to = index.get(edge.to);
        if (!from || !to) return null;
        const x = at(calendar, from.row.end) + calendar.width;
        const end = at(calendar, to.row.start);
        const y = from.place * ROW + ROW / 2;
        const toY = to.place * ROW + ROW / 2;
        const turn = Math.max(x + 5, end - 7);
        return <path class={from.row.isCritical && to.row.isCritical ? 'critical' : ''} d={end > x + 6 ? `M${x},${y} H${turn} V${toY} H${end}` : `M${x},${y} h5 V${(y + toY) / 2} H${end - 7} V${toY} H${end}`} />;
      })}
    </svg>
  );
}

/* ---- moving ---- */

export type Slip = Answer<'slip_task'>;

const OPEN = ['planned', 'ready', 'in_progress'];
const movable = (task: Task | undefined) => !!task?.planned_due_day && OPEN.includes(task.state ?? '') && may(slip_task);
const later = (days: string | null | undefined, by: number) => (days ? text(number(days) + by) : null);

/* The planned days that it is moved to; what has begun keeps its start. */
function wished(task: Task, by: number) {
  const start = task.state === 'in_progress' ? null : later(task.planned_start_day, by);
  return { planned_due_day: later(task.planned_due_day, by)!, ...(start ? { planned_start_day: start } : {}) };
}

function Hint({ task, days }: { task: Task | undefined; days: number }) {
  const moving = task && days > 0;
  return (
    <div class="hint faint">
      <span id={HINT}>{say('plan.move_hint')}</span>
      <strong role="status">{moving && say('plan.moving', { code: task.code, from: day(task.planned_due_day), to: day(later(task.planned_due_day, days)) })}</strong>
    </div>
  );
}

export function PlanGantt({ plan, zoom, slipped }: { plan: Plan; zoom: Zoom; slipped: (slip: Slip) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const calendar = calendarOf(plan, zoom, useRoom(place));
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  const slide = useSlide(calendar.width, (id) => movable(tasks.get(id)));
  const moved = tasks.get(slide.of ?? null);
  const inlineSize = `${(calendar.last - calendar.first + 1) * calendar.width}px`;
  const now = at(calendar, plan.today);
  const isShown = number(plan.today) >= calendar.first && number(plan.today) <= calendar.last;
  useEffect(() => {
    const element = place.current;
    if (element && isShown) element.scrollLeft = (document.documentElement.dir === 'rtl' ? -1 : 1) * Math.max(0, now - 160);
  }, [zoom, plan.rows.length > 0]);
  return (
    <>
      {plan.tasks.some(movable) && <Hint task={moved} days={slide.days} />}
      <div class="gantt" ref={place} tabIndex={0} role="region" aria-label={say('plan.gantt')}>
        <div class="names">
          <div class="scale" />
          {plan.rows.map((row) => (
            <div class={`name ${row.kind}`}><a dir="auto" href={row.kind === 'milestone' ? `/milestones/${row.id}` : `?view=list#${row.id}`}><strong>{row.code}</strong> <span dir="auto">{row.title}</span></a></div>
          ))}
        </div>
        <div class="lanes" style={{ inlineSize }}>
          <Scale calendar={calendar} zoom={zoom} />
          <div class="rows">
            {zoom === 'week' && spans(calendar, (one) => weekday(one) === 6).filter(({ start }) => weekday(start) === 6)
              .map(({ start }) => <span class="weekend" style={{ insetInlineStart: `${(start - calendar.first) * calendar.width}px`, inlineSize: `${2 * calendar.width}px` }} />)}
            <Arrows plan={plan} calendar={calendar} size={{ inlineSize, blockSize: `${plan.rows.length * ROW}px` }} />
            {plan.rows.map((row) => <Bar key={row.id} row={row} calendar={calendar} slide={slide} />)}
            {isShown && <span class="now" style={{ insetInlineStart: `${now + calendar.width / 2}px` }}><span>{say('common.today')}</span></span>}
          </div>
        </div>
      </div>
      {slide.isAsked && moved && (
        <ActDialog of={slip_task} path={{ task_id: moved.id! }} version={versionOf(moved)} preset={wished(moved, slide.days)} text={say('plan.move_of', { code: moved.code })}
          hide={moved.state === 'in_progress' || !moved.planned_start_day ? ['planned_start_day'] : []} close={slide.end} done={slipped} />
      )}
    </>
  );
}
