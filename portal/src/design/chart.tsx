/* Small charts in SVG: what matters is read off round numbers, by pointer or keyboard, and as a table below. */
import './chart.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { currentLanguage, say } from '../messages';
import { Table, type Column } from './table';

export interface Series { name: string; tone: Tone; values: (number | null)[] }
export type Tone = 'accent' | 'good' | 'wait' | 'bad' | 'info' | 'quiet';

interface ChartProps {
  name: string;
  labels: string[]; // one for each place along the chart
  series: Series[];
  show: (value: number) => string; // exact, where it is read
  short?: (value: number) => string; // at the axis
  as?: 'bars' | 'lines';
}

const HEIGHT = 250;
const EDGE = { start: 52, end: 12, top: 10, bottom: 28 };
const INNER_HEIGHT = HEIGHT - EDGE.top - EDGE.bottom;
const LABEL_WIDTH = 68;

/* From below the least to above the greatest, in steps of 1, 2 or 5 times a power of ten. */
export function roundSteps(least: number, greatest: number, wanted = 4): number[] {
  const rough = (greatest - least || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const count = Math.max(1, Math.ceil(greatest / step) - first);
  return Array.from({ length: count + 1 }, (_, index) => (first + index) * step);
}

const compact = (value: number) =>
  new Intl.NumberFormat(currentLanguage(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);

interface Scale { x: (place: number) => number; y: (value: number) => number; slot: number; floor: number; width: number; isTurned: boolean }

/* How wide the chart may be: drawn in its own pixels, so that its words are as large as all others. */
/* How wide a place is, for what is drawn to fill it. */
export function useWidth<E extends HTMLElement>() {
  const place = useRef<E>(null);
  const [width, set] = useState(720);
  useLayoutEffect(() => {
    let frame = 0; // what is drawn within the observer's own turn would be observed in it again
    const watch = new ResizeObserver(([entry]) => {
      cancelAnimationFrame(frame);
      if (entry && entry.contentRect.width > 0) frame = requestAnimationFrame(() => set(Math.round(entry.contentRect.width)));
    });
    if (place.current) watch.observe(place.current);
    return () => { watch.disconnect(); cancelAnimationFrame(frame); };
  }, []);
  return { place, width };
}

function Bars({ series, scale }: { series: Series[]; scale: Scale }) {
  const width = Math.min(26, (scale.slot * 0.72) / series.length);
  const along = (index: number) => (scale.isTurned ? series.length / 2 - index - 1 : index - series.length / 2) * width;
  return (
    <>
      {series.map((one, index) => one.values.map((value, place) => {
        if (value == null) return null;
        const top = Math.min(scale.y(value), scale.floor);
        return <rect class={`fill ${one.tone}`} x={scale.x(place) + along(index) + 1} y={top}
          width={Math.max(1, width - 2)} height={Math.abs(scale.y(value) - scale.floor)} rx="2" />;
      }))}
    </>
  );
}

/* A line is broken where there is no value. */
function pathOf(values: (number | null)[], scale: Scale, turn: (x: number) => number) {
  return values.map((value, place) => {
    if (value == null) return '';
    const command = place > 0 && values[place - 1] != null ? 'L' : 'M';
    return `${command}${turn(scale.x(place))} ${scale.y(value)}`;
  }).join('');
}

function Lines({ series, scale }: { series: Series[]; scale: Scale }) {
  return (
    <>
      {series.map((one) => (
        <>
          <path class={`line ${one.tone}`} d={pathOf(one.values, scale, (x) => x)} />
          {one.values.length <= 31 && one.values.map((value, place) => value != null && <circle class={`fill ${one.tone}`} cx={scale.x(place)} cy={scale.y(value)} r="3" />)}
        </>
      ))}
    </>
  );
}

function Grid({ steps, labels, scale, short }: { steps: number[]; labels: string[]; scale: Scale; short: (value: number) => string }) {
  const { width, isTurned } = scale;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / scale.slot));
  const edge = isTurned ? width - EDGE.start : EDGE.start;
  return (
    <g class="grid" aria-hidden="true">
      {steps.map((step) => (
        <>
          <line x1={isTurned ? EDGE.end : EDGE.start} x2={isTurned ? edge : width - EDGE.end} y1={scale.y(step)} y2={scale.y(step)} class={step === 0 ? 'zero' : ''} />
          <text x={isTurned ? edge + 8 : edge - 8} y={scale.y(step) + 4} text-anchor="end">{short(step)}</text>
        </>
      ))}
      {labels.map((label, place) => place % every === 0 && <text x={scale.x(place)} y={HEIGHT - 8} text-anchor="middle">{label}</text>)}
    </g>
  );
}

/* A row for each place along the chart. */
const columnsOf = (labels: string[], series: Series[], show: (value: number) => string): Column<number>[] => [
  { title: '', show: (place) => <strong>{labels[place]}</strong>, plain: (place) => labels[place] },
  ...series.map((one): Column<number> => ({
    title: one.name, number: true, show: (place) => (one.values[place] == null ? '–' : show(one.values[place])), plain: (place) => one.values[place] })),
];

export function Chart({ name, labels, series, show, short = compact, as = 'bars' }: ChartProps) {
  const [at, look] = useState<number | null>(null);
  const values = series.flatMap((one) => one.values).filter((value): value is number => value != null);
  const steps = roundSteps(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [steps[0]!, steps.at(-1)!];
  const { place: frame, width } = useWidth<HTMLElement>();
  const inner = width - EDGE.start - EDGE.end;
  const slot = inner / Math.max(1, labels.length);
  const isTurned = document.documentElement.dir === 'rtl';
  const along = (place: number) => (isTurned ? EDGE.end + inner - (place + 0.5) * slot : EDGE.start + (place + 0.5) * slot);
  const y = (value: number) => EDGE.top + INNER_HEIGHT * (1 - (value - low) / (high - low));
  const scale: Scale = { x: along, y, slot, floor: y(0), width, isTurned };
  const step = (by: number) => look(Math.min(labels.length - 1, Math.max(0, (at ?? (by > 0 ? -1 : labels.length)) + by)));
  const keys: Record<string, () => void> = {
    ArrowRight: () => step(isTurned ? -1 : 1), ArrowLeft: () => step(isTurned ? 1 : -1), Home: () => look(0), End: () => look(labels.length - 1), Escape: () => look(null),
  };
  const text = (place: number) => `${labels[place]}: ${series.filter((one) => one.values[place] != null).map((one) => `${one.name} ${show(one.values[place]!)}`).join(' · ')}`;
  return (
    <figure class="chart" ref={frame}>
      <div class="legend">{series.map((one) => <span class={one.tone}>{one.name}</span>)}</div>
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="slider" tabIndex={0} aria-label={name} aria-valuemin={0} aria-valuemax={Math.max(0, labels.length - 1)}
        aria-valuenow={at ?? 0} aria-valuetext={at == null ? say('chart.keys') : text(at)} onBlur={() => look(null)} onMouseLeave={() => look(null)}
        onKeyDown={(event) => { const act = keys[event.key]; if (act) { event.preventDefault(); act(); } }}>
        <Grid steps={steps} labels={labels} scale={scale} short={short} />
        {at != null && <rect class="here" x={along(at) - slot / 2} y={EDGE.top} width={slot} height={INNER_HEIGHT} />}
        {as === 'bars' ? <Bars series={series} scale={scale} /> : <Lines series={series} scale={scale} />}
        {labels.map((_, place) => <rect class="touch" x={along(place) - slot / 2} y="0" width={slot} height={HEIGHT} onMouseEnter={() => look(place)} onClick={() => look(place)} />)}
      </svg>
      <p class="read">{at == null ? <span class="faint">{say('chart.hint')}</span> : text(at)}</p>
      <details>
        <summary>{say('chart.table')}</summary>
        <Table name={name} columns={columnsOf(labels, series, show)} rows={labels.map((_, place) => place)} />
      </details>
    </figure>
  );
}
