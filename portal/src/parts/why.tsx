/* Why this number? Each one with what goes into it, the rule, how it was rounded, and whether that gives it. */
import { BadgeCheck, TriangleAlert } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import * as operations from '../api/generated/operations';
import type { components } from '../api/generated/types';
import type { Input, Operation } from '../api/operation';
import { useAsk } from '../api/query';
import { Button } from '../design/button';
import { Dialog } from '../design/dialog';
import { Icon } from '../design/icon';
import { Shown } from '../design/page';
import { day, exactly, hasMessage, minutes, money, month, number, percent, say, sayOne, type Key } from '../messages';
import { WhyLink } from './why-link';
import './why.css';

type Explained = components['schemas']['explained_number'];
type Part = components['schemas']['explained_input'];
type Kind = NonNullable<Part['kind']>;

/* What can be asked about: the operation that answers, which number is open at first, and the question's name in the
   address, where one page has two. */
interface Subject { ask: { name: string }; open: RegExp; key?: string }
const subjects = {
  invoice: { ask: operations.explain_invoice, open: /^(outstanding|rest)$/ },
  position: { ask: operations.explain_position, open: /^left$/ },
  budget: { ask: operations.explain_budget, open: /^total$/, key: 'why_budget' },
  forecast: { ask: operations.explain_forecast, open: /paid_80_day$/ },
  estimate: { ask: operations.explain_estimate, open: /^total.margin$/ },
  earned_value: { ask: operations.explain_earned_value, open: /^total.expected_cost$/ },
  change: { ask: operations.explain_change_effect, open: /^sum_after$/ },
  statement: { ask: operations.explain_client_statement, open: /balance$/ },
  trial_balance: { ask: operations.explain_trial_balance, open: /^accounts.*balance$|^totals.*debit$/ },
} satisfies Record<string, Subject>;

export interface WhySubject { of: keyof typeof subjects; path?: Record<string, string>; query?: Record<string, string | undefined> }

/* ---- what things are called ---- */

/* A number's place in the answer: the last part of it is what it is, which may mean something else in another list. The row
   that it is of has a label. */
function nameOf(name: string | null): string {
  const parts = (name ?? '').split('/');
  const member = parts.at(-1)!;
  const key = [`why.name.${parts[0]}_${member}`, `why.name.${member}`].find(hasMessage);
  return key ? say(key as Key) : member.replaceAll('_', ' ');
}

const MONTH = /^\d{4}-\d\d$/;
const labelled = (label: string) => (MONTH.test(label) ? month(`${label}-01`) : label);

function titleOf({ name, label }: Explained): string {
  return label ? say('why.of', { name: nameOf(name), label: labelled(label) }) : nameOf(name);
}

const DECIMALS = 4; // of a percentage, as many as it can have
const rate = (ppm: number | null) => percent(ppm, DECIMALS);

function valueOf(of: Explained): string {
  if (of.amount) return money(of.amount);
  if (of.minutes != null) return minutes(of.minutes);
  if (of.day) return day(of.day);
  if (of.ratio_ppm == null) return '–';
  return of.name?.endsWith('index_ppm') ? number(of.ratio_ppm / 1e6, 6) : rate(of.ratio_ppm);
}

const folders: Partial<Record<Kind, string>> = {
  invoice: 'invoices', invoice_paid: 'invoices', credit_note: 'invoices', payment: 'payments', change_order: 'change-orders', contract: 'contracts',
  line: 'milestones', milestone: 'milestones', reduction: 'milestones', share: 'milestones', time: 'milestones', to_come: 'milestones', milestone_tax: 'milestones',
  still_billed: 'invoices', invoice_tax: 'invoices', paid: 'invoices', credited: 'invoices', delay: 'invoices', due_day: 'invoices',
  refund: 'refunds', proposal: 'proposals', entry: 'ledger/entries',
};

function placeOf(part: Part): string | null {
  const folder = part.kind && folders[part.kind];
  return folder && part.subject_id ? `/${folder}/${part.subject_id}` : null;
}

function labelOf({ kind, name }: Part, numbers: Explained[]): string {
  if (!kind || kind === 'number') {
    const other = numbers.find((one) => one.name === name);
    return other ? titleOf(other) : nameOf(name);
  }
  return say(`why.kind.${kind}`, { name: kind === 'tax' ? sayOne('value', name ?? '') : name });
}

/* ---- how it counts, where that is not simply as it is ---- */

function effortOf(part: Part, currency: string | null): string {
  if (!part.per_hour) return say('why.points', { optimistic: part.optimistic_minutes, likely: part.likely_minutes, pessimistic: part.pessimistic_minutes, minutes: part.minutes });
  const values = { minutes: part.minutes, rate: exactly({ amount: part.per_hour, currency }), exact: exactly({ amount: part.exact, currency }) };
  return say('why.at_rate', values);
}

function detailOf(part: Part, currency: string | null): string | null {
  if (part.rate_ppm != null) return rate(part.rate_ppm);
  if (part.paid) return say('why.paid_of', { paid: money(part.paid), of: money(part.of) });
  if (part.likely_minutes != null) return effortOf(part, currency);
  if (part.minutes != null) return minutes(part.minutes);
  if (part.part != null) return say('why.part_of', { part: part.part, whole: part.whole });
  if (part.day && part.amount) return day(part.day);
  return part.exact && exactly({ amount: part.exact, currency });
}

function worthOf(part: Part): string {
  if (part.amount) return money(part.amount);
  if (part.days != null) return say('why.days', { count: part.days });
  return part.day ? day(part.day) : '';
}

function ruleOf(of: Explained): string {
  if (!of.rule_kind) return of.rule ?? '';
  const rule = say(`why.rule.${of.rule_kind}`, { rate: rate(of.rate_ppm), of: money(of.of), rest: money(of.rest) });
  return of.is_reduced ? say('why.reduced', { rule }) : rule;
}

/* ---- the answer ---- */

function PartRow({ part, of, numbers }: { part: Part; of: Explained; numbers: Explained[] }) {
  const place = placeOf(part);
  const label = labelOf(part, numbers);
  const detail = detailOf(part, of.currency);
  return (
    <tr>
      <td><bdi>{place ? <a href={place}>{label}</a> : label}</bdi>{detail && <div class="faint">{detail}</div>}</td>
      <td class="number">{worthOf(part)}</td>
    </tr>
  );
}

function Exactly({ of }: { of: Explained }) {
  const exact = of.exact && say('why.exact', { exact: exactly({ amount: of.exact, currency: of.currency }) });
  const rounded = of.rounding_kind && say('why.rounded', { how: say(`why.rounding.${of.rounding_kind}`) });
  return exact || rounded ? <p class="soft">{[exact, rounded].filter(Boolean).join(' ')}</p> : null;
}

function Answer({ of, numbers, isOpen }: { of: Explained; numbers: Explained[]; isOpen: boolean }) {
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => { if (isOpen) place.current?.scrollIntoView({ block: 'nearest' }); }, [isOpen]); // it may be far down
  return (
    <details class="why" open={isOpen} ref={place}>
      <summary>
        <span>{titleOf(of)}</span>
        {!of.is_sound && <span class="badge bad">{say('why.unsound_short')}</span>}
        <strong class="number">{valueOf(of)}</strong>
      </summary>
      <div class="stack tight">
        <p>{say('why.because', { rule: ruleOf(of) })}</p>
        {of.inputs.length > 0 && (
          <table>
            <tbody>{of.inputs.map((part) => <PartRow part={part} of={of} numbers={numbers} />)}</tbody>
            <tfoot><tr><td>{nameOf(of.name)}</td><td class="number">{valueOf(of)}</td></tr></tfoot>
          </table>
        )}
        <Exactly of={of} />
        <p class={`sound ${of.is_sound ? 'good' : 'bad'}`}><Icon of={of.is_sound ? BadgeCheck : TriangleAlert} />{say(of.is_sound ? 'why.sound' : 'why.unsound')}</p>
      </div>
    </details>
  );
}

/* All of them take other things and give the same. */
type AnyExplaining = Operation<'explain_forecast'>;

export function WhyAnswers({ subject, about }: { subject: WhySubject; about?: string | undefined }) {
  const { ask, open } = subjects[subject.of];
  const query = Object.fromEntries(Object.entries(subject.query ?? {}).filter(([, value]) => value));
  const asked = useAsk(ask as AnyExplaining, { path: subject.path ?? {}, query } as unknown as Input<'explain_forecast'>);
  return (
    <Shown of={asked}>
      {({ numbers }) => {
        const wanted = numbers.find((one) => one.name === about) ?? numbers.find((one) => open.test(one.name ?? ''));
        return <div class="whys">{numbers.map((one) => <Answer of={one} numbers={numbers} isOpen={one === wanted} />)}</div>;
      }}
    </Shown>
  );
}

function WhyDialog({ subject, about, close }: { subject: WhySubject; about?: string | undefined; close: () => void }) {
  return (
    <Dialog title={say('common.why')} close={close} footer={<Button onClick={close}>{say('common.close')}</Button>}>
      <p class="soft">{say('why.intro')}</p>
      <WhyAnswers subject={subject} about={about} />
    </Dialog>
  );
}

const addressOf = (path: string, query: Record<string, string>) => {
  const text = new URLSearchParams(query).toString();
  return text ? `${path}?${text}` : path;
};

/* The question as a link: ?why opens the answer, ?why=total that of one number, and back closes it. */
export function Why({ subject }: { subject: WhySubject }) {
  const { path, query, route } = useLocation();
  const { key = 'why' }: Subject = subjects[subject.of];
  const { [key]: about, ...others } = query;
  return (
    <>
      <WhyLink to={addressOf(path, { ...others, [key]: '' })} />
      {about !== undefined && <WhyDialog subject={subject} about={about || undefined} close={() => route(addressOf(path, others), true)} />}
    </>
  );
}
