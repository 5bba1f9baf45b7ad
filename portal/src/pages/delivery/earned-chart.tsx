/* Earned value over time: three lines and the same as a table. Amounts are numbers for the picture alone. */
import { useEffect, useState } from 'preact/hooks';
import { show_earned_value } from '../../api/generated/operations';
import { ask } from '../../api/ask';
import type { Answer } from '../../api/operation';
import { Table, type Column } from '../../design/table';
import { day, money, say, type Money } from '../../messages';
import { index } from './shared';

const MOST = 24; // days that are asked for
const DAY_MS = 86_400_000;
const WIDTH = 720;
const HEIGHT = 240;

export interface Point { day: string; total: NonNullable<Answer<'show_earned_value'>['total']> }

const number = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const text = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);

/* Some days from the first to the last, both included. */
function spread(first: string, last: string) {
  const length = number(last) - number(first);
  const count = Math.min(MOST, length + 1);
  return Array.from({ length: count }, (_, index) => text(number(first) + Math.round((index * length) / Math.max(1, count - 1))));
}

/* Days of which nothing was kept stay out. */
export function useSeries(engagement_id: string, first: string | null, last: string): Point[] | undefined {
  const [points, setPoints] = useState<Point[]>();
  useEffect(() => {
    let isCurrent = true;
    if (!first || first > last) { setPoints([]); return undefined; }
    const one = (of: string) => ask(show_earned_value, { path: { engagement_id }, query: { day: of } })
      .then(({ data }) => (data.total ? { day: of, total: data.total } : null), () => null);
    Promise.all(spread(first, last).map(one)).then((found) => { if (isCurrent) setPoints(found.filter((point) => point !== null)); });
    return () => { isCurrent = false; };
  }, [engagement_id, first, last]);
  return points;
}

const lines = ['planned', 'earned', 'actual'] as const;
type Line = typeof lines[number];

const value = (point: Point, line: Line) => { const amount: Money | null = point.total[line]; return amount?.amount == null ? null : Number(amount.amount); };

/* The next number above that parts well into four. */
function round(most: number) {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((one) => one * step).find((one) => one >= most) ?? most;
}

function Drawing({ points }: { points: Point[] }) {
  const first = number(points[0]!.day);
  const length = Math.max(1, number(points.at(-1)!.day) - first);
  const top = round(Math.max(...points.flatMap((point) => lines.map((line) => value(point, line) ?? 0))));
  const x = (point: Point) => ((number(point.day) - first) / length) * WIDTH;
  const path = (line: Line) => points.filter((point) => value(point, line) !== null)
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point).toFixed(1)},${(HEIGHT - (value(point, line)! / top) * HEIGHT).toFixed(1)}`).join(' ');
  const currency = points[0]!.total.currency;
  return (
    <div class="curve" role="img" aria-label={say('earned.chart')}>
      <div class="scale">{[1, 0.75, 0.5, 0.25, 0].map((share) => <span>{money({ amount: String(top * share), currency })}</span>)}</div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((share) => <line x1="0" x2={WIDTH} y1={HEIGHT * share} y2={HEIGHT * share} />)}
        {lines.map((line) => <path class={line} d={path(line)} />)}
      </svg>
      <div class="days"><span>{day(points[0]!.day, 'near')}</span><span>{day(text(Math.round(first + length / 2)), 'near')}</span><span>{day(points.at(-1)!.day, 'near')}</span></div>
    </div>
  );
}

const columns = (): Column<Point>[] => [
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('earned.planned'), number: true, show: (row) => money(row.total.planned), plain: (row) => row.total.planned },
  { title: say('earned.earned'), number: true, show: (row) => money(row.total.earned), plain: (row) => row.total.earned },
  { title: say('earned.actual'), number: true, show: (row) => money(row.total.actual), plain: (row) => row.total.actual },
  { title: say('earned.spi'), number: true, show: (row) => index(row.total.schedule_index_ppm), plain: (row) => index(row.total.schedule_index_ppm) },
  { title: say('earned.cpi'), number: true, show: (row) => index(row.total.cost_index_ppm), plain: (row) => index(row.total.cost_index_ppm) },
];

export function EarnedChart({ points }: { points: Point[] }) {
  return (
    <>
      {points.length > 1 ? <Drawing points={points} /> : <p class="soft">{say('earned.too_few')}</p>}
      <div class="legend">{lines.map((line) => <span class={line}>{say(`earned.${line}`)}</span>)}</div>
      {points.length > 0 && <details><summary>{say('plan.as_table')}</summary><Table name={say('earned.chart')} columns={columns()} rows={points} /></details>}
    </>
  );
}
