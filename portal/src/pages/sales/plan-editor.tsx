/* A plan as its author writes it: a row for each milestone, and the sum that has to come out exactly. */
import { Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Empty, Panel } from '../../design/page';
import { fromMinor } from '../../form/amount';
import { Fields, Input, type Place } from '../../form/inputs';
import type { Field, Value } from '../../form/shape';
import { money, say, sayOne } from '../../messages';
import { After, PieceActs, Ticks } from './piece-parts';
import { nextCode, renamed } from './pieces';
import type { Texts } from './plan';
import { derived, hasUnread, isDerived, pricesOf, restOf, settled, type Agreed, type Piece, type Plan } from './sums';
import './sales.css';

export interface Wrong { field: string; text: string }

export interface EditorProps {
  plan: Plan;
  set: (plan: Plan) => void;
  shape: Field[]; // of the plan
  wrong: Wrong | null;
  criteria: Texts;
  agreed?: Agreed | undefined;
  note?: (piece: Piece) => ComponentChildren; // beside a milestone, how it was agreed: then no change is for all
}

const named = (fields: Field[], name: string) => fields.find((field) => field.name === name)!;

/* ---- one milestone ---- */

interface PieceProps extends EditorProps { at: number; fields: Field[] }

/* What is not in the first line and not chosen from what is there. */
const inner = ['description', 'start_day', 'tax_category', 'tax_rate_ppm', 'deliverables'];
const byPricing: Record<string, string[]> = { percentage: ['percent_ppm'], recurring: ['period_price', 'recurrence'] };

/* A field that its pricing does not know is not kept. */
function priced(piece: Piece, pricing: string): Piece {
  const { percent_ppm: _share, recurrence: _recurrence, period_price: _price, ...kept } = piece;
  return { ...kept, pricing: (pricing || null) as Piece['pricing'] } as Piece;
}

/* It follows from the share, so there is nothing to type. */
const DerivedPrice = ({ piece }: { piece: Piece }) => (
  <div class="field"><span class="label">{sayOne('field', 'price')}</span><strong class="given">{money(piece.price)}</strong></div>
);

function PieceEditor({ plan, set, at, fields, wrong, criteria, note }: PieceProps) {
  const piece = plan.milestones[at]!;
  const path = `plan/milestones/${at}`;
  const place: Place = { path, around: {}, hide: [], wrong };
  const setPieces = (milestones: Piece[]) => set({ ...plan, milestones });
  const change = (next: Piece) => setPieces(plan.milestones.with(at, next));
  const changeField = (name: string, value: unknown) => {
    if (name === 'code') setPieces(renamed(plan.milestones, at, value as string));
    else change(name === 'pricing' ? priced(piece, value as string) : { ...piece, [name]: value } as Piece);
  };
  const input = (name: string) => (
    <Input field={named(fields, name)} place={{ ...place, path: `${path}/${name}` }} value={(piece as unknown as Value)[name]}
      set={(value) => changeField(name, value)} />
  );
  const wrongAt = (name: string) => (wrong?.field.startsWith(`${path}/${name}`) ? wrong.text : undefined);
  const pricingFields = byPricing[piece.pricing ?? ''] ?? [];
  const isWrongInside = [...inner, 'after', 'criteria', 'pricing', ...pricingFields].some(wrongAt);
  const choices = [...new Set([...criteria.keys(), ...piece.criteria ?? []])].map((code): [string, string] => [code, criteria.get(code) ?? '']);
  return (
    <section class="piece" aria-label={say('plan.piece', { code: piece.code })}>
      <div class="basics">
        {['code', 'title', 'due_day'].map(input)}
        {isDerived(piece) ? <DerivedPrice piece={piece} /> : input('price')}
        <PieceActs pieces={plan.milestones} at={at} set={setPieces} />
      </div>
      {note?.(piece)}
      <details open={isWrongInside || undefined}>
        <summary>{say('plan.more', { deliverables: piece.deliverables?.length ?? 0, criteria: piece.criteria?.length ?? 0 })}{piece.after?.length ? ` · ${say('plan.after', { codes: piece.after.join(', ') })}` : ''}</summary>
        <div class="stack">
          <div class="form">{['start_day', 'tax_category', 'tax_rate_ppm', 'pricing', ...pricingFields].map(input)}</div>
          <div class="form">{input('description')}</div>
          {input('deliverables')}
          <Ticks label={sayOne('field', 'criteria')} hint={say(choices.length > 0 ? 'plan.criteria_hint' : 'plan.no_criteria')} choices={choices}
            chosen={piece.criteria ?? []} set={(chosen) => change({ ...piece, criteria: chosen })} wrong={wrongAt('criteria')} />
          <After pieces={plan.milestones} at={at} set={(after) => change({ ...piece, after })} wrong={wrongAt('after')} />
        </div>
      </details>
    </section>
  );
}

/* ---- the sum ---- */

function SumBar({ plan, set, shape, wrong, children }: EditorProps & { children: ComponentChildren }) {
  const rest = restOf(plan);
  const currency = plan.currency;
  const size = rest !== null && rest < 0n ? -rest : rest ?? 0n;
  return (
    <div class="sumbar">
      <Input field={{ ...named(shape, 'total'), name: 'plan_total' }} place={{ path: 'plan/total', around: {}, hide: [], wrong }} value={plan.total} set={(total) => set({ ...plan, total: total as Plan['total'] })} />
      <div class="figure-small" aria-live="polite">
        <span class="faint">{say('plan.sum')}</span>
        <strong class={rest === 0n ? 'ok' : rest === null ? '' : 'off'}>{money({ currency, amount: pricesOf(plan) })}</strong>
        {rest === null && <span class="faint">{say(hasUnread(plan) ? 'plan.unread' : 'plan.no_total')}</span>}
        {rest === 0n
          ? <span class="faint">{say('plan.exact')}</span>
          : rest !== null && <span class="off">{say(rest < 0n ? 'plan.over' : 'plan.rest')}: {money({ currency, amount: fromMinor(size, currency) })}</span>}
      </div>
      {rest !== 0n && !hasUnread(plan) && plan.milestones.length > 0 && (
        <div class="row">
          {rest !== null && <Button small onClick={() => set(settled(plan))}>{say('plan.take_rest')}</Button>}
          <Button small tone="plain" onClick={() => set({ ...plan, total: { currency, amount: pricesOf(plan) } })}>{say('plan.take_sum')}</Button>
        </div>
      )}
      <div class="acts">{children}</div>
    </div>
  );
}

/* ---- tax, said once for all ---- */

type Tax = Partial<Pick<Piece, 'tax_category' | 'tax_rate_ppm'>>;
const taxed: Piece['tax_category'][] = ['standard', 'canary_islands', 'ceuta_melilla'];

function taxOf(plan: Plan): Tax {
  const last = plan.milestones.at(-1);
  return last ? { tax_category: last.tax_category, tax_rate_ppm: last.tax_rate_ppm ?? null } : { tax_category: 'standard' };
}

/* All milestones get it; one that differs is changed in its details after. */
function TaxForAll({ plan, set, fields, tax, setTax }: EditorProps & { fields: Field[]; tax: Tax; setTax: (tax: Tax) => void }) {
  const change = (next: Tax) => {
    const whole = next.tax_category && !taxed.includes(next.tax_category) ? { ...next, tax_rate_ppm: 0 } : next;
    setTax(whole);
    set({ ...plan, milestones: plan.milestones.map((piece) => ({ ...piece, ...whole })) });
  };
  const place = (path: string): Place => ({ path, around: {}, hide: [], wrong: null });
  return (
    <Panel title={say('plan.tax_for_all')}>
      <div class="form">
        <Input field={{ ...named(fields, 'tax_category'), required: true }} place={place('')} value={tax.tax_category} set={(value) => change({ ...tax, tax_category: value as NonNullable<Tax['tax_category']> })} />
        {tax.tax_category && taxed.includes(tax.tax_category) && (
          <Input field={{ ...named(fields, 'tax_rate_ppm'), required: true }} place={place('')} value={tax.tax_rate_ppm} set={(value) => change({ ...tax, tax_rate_ppm: value as number })} />
        )}
      </div>
    </Panel>
  );
}

/* ---- the whole ---- */

/* A new one comes after the last, and is taxed as the others. */
function fresh(plan: Plan, tax: Tax): Piece {
  const last = plan.milestones.at(-1);
  return {
    code: nextCode(plan.milestones), title: '', price: { amount: '', currency: plan.currency }, due_day: '', ...tax, pricing: 'fixed', deliverables: [], after: last?.code ? [last.code] : [], criteria: [],
  } as unknown as Piece;
}

export function PlanEditor(given: EditorProps & { children: ComponentChildren }) {
  const { plan, shape, wrong } = given;
  const follows = useRef(!!given.note && restOf(plan) === 0n); // what a change order adds changes the sum, unless somebody says another
  const set = (next: Plan) => {
    const isTyped = next.total?.amount !== plan.total?.amount;
    if (isTyped) follows.current = !!given.note && restOf(next) === 0n;
    const isFree = follows.current && !isTyped && !hasUnread(next) && !next.milestones.some((piece) => piece.pricing === 'percentage');
    given.set(derived(isFree ? { ...next, total: { currency: next.currency, amount: pricesOf(next) } as Plan['total'] } : next, given.agreed));
  };
  const props = { ...given, set };
  const [tax, setTax] = useState<Tax>(() => taxOf(plan));
  const fields = named(shape, 'milestones').fields!;
  return (
    <>
      {!props.note && <TaxForAll {...props} fields={fields} tax={tax} setTax={setTax} />}
      <div class="stack">
        {plan.milestones.length === 0 && <Empty title={say('plan.none_title')} text={say('plan.none_text')} />}
        {plan.milestones.map((_, at) => <PieceEditor {...props} at={at} fields={fields} />)}
        <div><Button onClick={() => set({ ...plan, milestones: [...plan.milestones, fresh(plan, tax)] })}><Icon of={Plus} />{say('plan.add')}</Button></div>
      </div>
      <section class="panel">
        <details>
          <summary class="summary"><h2>{sayOne('field', 'terms')}</h2></summary>
          <div class="body">
            <Fields fields={named(shape, 'terms').fields!} place={{ path: 'plan/terms', around: { currency: plan.currency ?? undefined }, hide: [], wrong }} value={plan.terms as unknown as Value}
              set={(terms) => set({ ...plan, terms: terms as unknown as Plan['terms'] })} />
          </div>
        </details>
      </section>
      <SumBar {...props}>{props.children}</SumBar>
    </>
  );
}
