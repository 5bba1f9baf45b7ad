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
import { hasMessage, money, say, type Key } from '../messages';
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

const folders: [RegExp, string][] = [
  [/^(invoice|credit note) /, 'invoices'], [/^payment /, 'payments'], [/^change order /, 'change-orders'], [/^the contract/, 'contracts'],
];

function placeOf(part: Part, of: Explained): string | null {
  if (!part.subject_id) return null;
  const folder = folders.find(([label]) => label.test(part.label ?? ''))?.[1];
  const isMilestone = /^(lines|taxes|net|accepted)/.test(of.name ?? '');
  return folder ? `/${folder}/${part.subject_id}` : isMilestone ? `/milestones/${part.subject_id}` : null;
}

function PartRow({ part, of }: { part: Part; of: Explained }) {
  const place = placeOf(part, of);
  const label = part.subject_id ? part.label : nameOf(part.label);
  return (
    <tr>
      <td>{place ? <a href={place}>{label}</a> : label}{part.detail && <div class="faint">{part.detail}</div>}</td>
      <td class="number">{money(part.amount)}</td>
    </tr>
  );
}

function Answer({ of, isOpen }: { of: Explained; isOpen: boolean }) {
  return (
    <details class="why" open={isOpen}>
      <summary>
        <span>{nameOf(of.name)}</span>
        {!of.is_sound && <span class="badge bad">{say('why.unsound_short')}</span>}
        <strong class="number">{money(of.amount)}</strong>
      </summary>
      <div class="stack tight">
        <p>{say('why.because', { rule: of.rule })}</p>
        {of.inputs.length > 0 && (
          <table>
            <tbody>{of.inputs.map((part) => <PartRow part={part} of={of} />)}</tbody>
            <tfoot><tr><td>{nameOf(of.name)}</td><td class="number">{money(of.amount)}</td></tr></tfoot>
          </table>
        )}
        {of.exact && <p class="soft">{say('why.exact', { exact: of.exact })}{of.rounding && ` ${say('why.rounded', { how: of.rounding })}`}</p>}
        {!of.exact && of.rounding && <p class="soft">{say('why.rounded', { how: of.rounding })}</p>}
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
        return <div class="whys">{data.numbers.map((one) => <Answer of={one} isOpen={one === wanted} />)}</div>;
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
