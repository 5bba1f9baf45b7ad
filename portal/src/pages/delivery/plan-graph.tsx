/* What comes after what: boxes in layers, the critical path in strong lines. */
import { State } from '../../design/state';
import { day, say } from '../../messages';
import { layOut, type Placed } from './layers';
import type { Plan, Row } from './plan-model';

const WIDTH = 208;
const HEIGHT = 74;
const ACROSS = 64;
const BETWEEN = 18;

const left = (placed: Placed) => placed.layer * (WIDTH + ACROSS);
const top = (placed: Placed) => placed.slot * (HEIGHT + BETWEEN);

/* From the end of one box through the places in between to the start of the other. */
function path(from: Placed, via: Placed[], to: Placed) {
  const points: [number, number][] = [[left(from) + WIDTH, top(from) + HEIGHT / 2],
    ...via.flatMap((one): [number, number][] => [[left(one), top(one) + HEIGHT / 2], [left(one) + WIDTH, top(one) + HEIGHT / 2]]), [left(to) - 5, top(to) + HEIGHT / 2]];
  return points.map(([x, y], index) => {
    if (index === 0) return `M${x},${y}`;
    const [px, py] = points[index - 1]!;
    const bend = (x - px) / 2;
    return `C${px + bend},${py} ${x - bend},${y} ${x},${y}`;
  }).join(' ');
}

function Box({ row, at }: { row: Row; at: Placed }) {
  return (
    <li class={`box ${row.kind} ${row.isCritical ? 'critical' : ''} ${row.isDone ? 'done' : ''}`}
      style={{ insetInlineStart: `${left(at)}px`, insetBlockStart: `${top(at)}px`, inlineSize: `${WIDTH}px`, blockSize: `${HEIGHT}px` }}>
      <a dir="auto" href={row.kind === 'milestone' ? `/milestones/${row.id}` : `?view=list#${row.id}`}><strong>{row.code}</strong> <span dir="auto">{row.title}</span></a>
      <div class="row apart"><State of={row.kind} value={row.state} /><span class="faint">{day(row.end, 'near')}</span></div>
      {row.isCritical && <span class="hidden">{say('plan.critical')}</span>}
    </li>
  );
}

/* A milestone comes after its last tasks, and its first tasks after what it comes after itself. */
function edgesOf({ rows, edges }: Plan) {
  const tasks = rows.filter((row) => row.kind === 'task');
  const firstOf = (id: string) => tasks.filter((task) => task.milestone === id && !edges.some((edge) => edge.to === task.id));
  return [
    ...tasks.filter((task) => !edges.some((edge) => edge.from === task.id && tasks.some((other) => other.id === edge.to && other.milestone === task.milestone)))
      .map((task) => ({ from: task.id, to: task.milestone })),
    ...edges.flatMap((edge) => {
      const first = firstOf(edge.to);
      return first.length > 0 ? first.map((task) => ({ from: edge.from, to: task.id })) : [edge];
    }),
  ];
}

export function PlanGraph({ plan }: { plan: Plan }) {
  const { nodes, routes, layers, slots } = layOut(plan.rows.map((row) => row.id), edgesOf(plan));
  const rows = new Map(plan.rows.map((row) => [row.id, row]));
  const size = { inlineSize: `${layers * (WIDTH + ACROSS) - ACROSS + 2}px`, blockSize: `${slots * (HEIGHT + BETWEEN)}px` };
  return (
    <div class="canvas" tabIndex={0} role="region" aria-label={say('plan.graph')}>
      <div class="inner" style={size}>
        <svg class="arrows" aria-hidden="true" style={size}>
          <defs><marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="context-stroke" /></marker></defs>
          {routes.map((route) => (
            <path class={rows.get(route.from)?.isCritical && rows.get(route.to)?.isCritical ? 'critical' : ''} d={path(nodes.get(route.from)!, route.via, nodes.get(route.to)!)} marker-end="url(#arrow)" />
          ))}
        </svg>
        <ul>{plan.rows.map((row) => <Box row={row} at={nodes.get(row.id)!} />)}</ul>
      </div>
    </div>
  );
}
