/* Why this number? Each one with what goes into it, the rule, how it was rounded, and whether that gives it. */
import { BadgeCheck, CircleHelp, TriangleAlert } from 'lucide';
import { useLocation } from 'preact-iso';
import { explain_invoice, explain_position } from '../api/generated/operations';
import type { components } from '../api/generated/types';
import type { Operation } from '../api/operation';
import { useAsk } from '../api/query';
import { Button } from '../design/button';
import { Dialog } from '../design/dialog';
import { Icon } from '../design/icon';
import { Shown } from '../design/page';
import { exactly, hasMessage, money, percent, say, sayOne, type Key } from '../messages';
import './why.css';

type Explained = components['schemas']['explained_number'];
type Part = components['schemas']['explained_input'];

export interface WhySubject { invoice_id?: string; engagement_id?: string }

/* "lines/2" is Line 2; what has no name of its own is shown as it is. */
function nameOf(name: string | null): string {
  const [kind = '', place] = (name ?? '').split('/');
  const key = `why.name.${kind}`;
  if (!hasMessage(key)) return (name ?? '').replaceAll('_', ' ');
  return say(key as Key, { place: place == null ? '' : String(kind === 'taxes' ? Number(place) + 1 : place) });
}

type Kind = NonNullable<Part['kind']>;

const DECIMALS = 4; // of a percentage, as many as it can have
const rate = (ppm: number | null) => percent(ppm, DECIMALS);

const folders: Partial<Record<Kind, string>> = {
  invoice: 'invoices', invoice_paid: 'invoices', credit_note: 'invoices', payment: 'payments', change_order: 'change-orders', contract: 'contracts',
  line: 'milestones', milestone: 'milestones', reduction: 'milestones',
};

function placeOf(part: Part): string | null {
  const folder = part.kind && folders[part.kind];
  return folder && part.subject_id ? `/${folder}/${part.subject_id}` : null;
}

function labelOf({ kind, name }: Part): string {
  if (!kind || kind === 'number') return nameOf(name);
  return say(`why.kind.${kind}`, { name: kind === 'tax' ? sayOne('value', name ?? '') : name });
}

/* How it counts, where that is not simply as it is. */
function detailOf(part: Part, currency: string | null): string | null {
  if (part.rate_ppm != null) return rate(part.rate_ppm);
  if (part.paid) return say('why.paid_of', { paid: money(part.paid), of: money(part.of) });
  return part.exact && exactly({ amount: part.exact, currency });
}

function ruleOf(of: Explained): string {
  if (!of.rule_kind) return of.rule ?? '';
  const rule = say(`why.rule.${of.rule_kind}`, { rate: rate(of.rate_ppm), of: money(of.of), rest: money(of.rest) });
  return of.is_reduced ? say('why.reduced', { rule }) : rule;
}

function PartRow({ part, currency }: { part: Part; currency: string | null }) {
  const place = placeOf(part);
  const label = labelOf(part);
  const detail = detailOf(part, currency);
  return (
    <tr>
      <td><bdi>{place ? <a href={place}>{label}</a> : label}</bdi>{detail && <div class="faint">{detail}</div>}</td>
      <td class="number">{money(part.amount)}</td>
    </tr>
  );
}

function Exactly({ of, currency }: { of: Explained; currency: string | null }) {
  const exact = of.exact && say('why.exact', { exact: exactly({ amount: of.exact, currency }) });
  const rounded = of.rounding_kind && say('why.rounded', { how: say(`why.rounding.${of.rounding_kind}`) });
  return exact || rounded ? <p class="soft">{[exact, rounded].filter(Boolean).join(' ')}</p> : null;
}

function Answer({ of, currency, isOpen }: { of: Explained; currency: string | null; isOpen: boolean }) {
  return (
    <details class="why" open={isOpen}>
      <summary>
        <span>{nameOf(of.name)}</span>
        {!of.is_sound && <span class="badge bad">{say('why.unsound_short')}</span>}
        <strong class="number">{money(of.amount)}</strong>
      </summary>
      <div class="stack tight">
        <p>{say('why.because', { rule: ruleOf(of) })}</p>
        {of.inputs.length > 0 && (
          <table>
            <tbody>{of.inputs.map((part) => <PartRow part={part} currency={currency} />)}</tbody>
            <tfoot><tr><td>{nameOf(of.name)}</td><td class="number">{money(of.amount)}</td></tr></tfoot>
          </table>
        )}
        <Exactly of={of} currency={currency} />
        <p class={`sound ${of.is_sound ? 'good' : 'bad'}`}><Icon of={of.is_sound ? BadgeCheck : TriangleAlert} />{say(of.is_sound ? 'why.sound' : 'why.unsound')}</p>
      </div>
    </details>
  );
}

function useExplanation({ invoice_id, engagement_id }: WhySubject) {
  const operation = (invoice_id ? explain_invoice : explain_position) as Operation<'explain_invoice'>;
  return useAsk(operation, { path: (invoice_id ? { invoice_id } : { engagement_id }) as { invoice_id: string } });
}

export function WhyAnswers({ subject, about }: { subject: WhySubject; about?: string | undefined }) {
  return (
    <Shown of={useExplanation(subject)}>
      {(data) => {
        const wanted = data.numbers.find((one) => one.name === about) ?? data.numbers.find((one) => one.name === 'outstanding' || one.name === 'left');
        return <div class="whys">{data.numbers.map((one) => <Answer of={one} currency={data.currency} isOpen={one === wanted} />)}</div>;
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

/* The question as a link: ?why opens the answer, ?why=total that of one number, and back closes it. */
export function Why({ subject }: { subject: WhySubject }) {
  const { path, query, route } = useLocation();
  const place = subject.invoice_id ? `/invoices/${subject.invoice_id}` : `/engagements/${subject.engagement_id}`;
  const isOpen = path === place && 'why' in query;
  return (
    <>
      <a class="button plain small" href={`${place}?why`}><Icon of={CircleHelp} />{say('common.why')}</a>
      {isOpen && <WhyDialog subject={subject} about={query.why || undefined} close={() => route(place)} />}
    </>
  );
}
