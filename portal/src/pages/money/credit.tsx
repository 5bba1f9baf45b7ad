/* What a credit note takes back: all that is left of the invoice, or amounts of its lines with their sum as one types. */
import { useState } from 'preact/hooks';
import { issue_credit_note } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { Act } from '../../form/act';
import { sumOf, toMinor } from '../../form/amount';
import { AmountInput } from '../../form/amount_input';
import type { Value } from '../../form/shape';
import { money, say, sayOne } from '../../messages';

type Invoice = components['schemas']['invoice'];
interface CreditLine { number: number; net: { amount: string; currency: string } }

interface FormProps { invoice: Invoice; value: Value; set: (value: Value) => void; wrong: { field: string; text: string } | null }

interface LinesProps { invoice: Invoice; lines: CreditLine[]; isMissing: boolean; set: (lines: CreditLine[]) => void }

function Lines({ invoice, lines, isMissing, set }: LinesProps) {
  const currency = invoice.currency!;
  const amountOf = (number: number) => lines.find((line) => line.number === number)?.net.amount ?? '';
  const change = (number: number, amount: string) => {
    const others = lines.filter((line) => line.number !== number);
    set(amount === '' ? others : [...others, { number, net: { amount, currency } }].sort((one, other) => one.number - other.number));
  };
  const isTooMuch = (number: number, most: string) => {
    const amount = amountOf(number);
    const minor = toMinor(amount, currency);
    return amount !== '' && (minor == null || minor <= 0n || minor > (toMinor(most, currency) ?? 0n));
  };
  return (
    <div class="table" tabIndex={0} role="region" aria-label={say('credit.lines')}>
      <table>
        <thead><tr><th scope="col">{say('invoice.line')}</th><th scope="col" class="number">{say('invoice.net')}</th><th scope="col" class="number">{say('credit.take_back')}</th></tr></thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr>
              <td>{line.description}</td>
              <td class="number">{money(line.net)}</td>
              <td class="number"><AmountInput required={lines.length === 0} label={say('credit.of_line', { line: line.description })} value={amountOf(line.number)}
                isWrong={(isMissing && lines.length === 0) || isTooMuch(line.number, line.net.amount)} set={(amount) => change(line.number, amount)} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td colSpan={2}>{say('credit.sum')}</td><td class="number">{money({ amount: sumOf(lines.map((line) => line.net.amount), currency), currency })}</td></tr></tfoot>
      </table>
    </div>
  );
}

function CreditForm({ invoice, value, set, wrong }: FormProps) {
  const lines = value.lines as CreditLine[] | undefined; // none of them would be the whole invoice to the server
  const [isMissing, miss] = useState(false);
  return (
    <>
      <div class="field">
        <label for="credit-reason">{sayOne('field', 'reason')}</label>
        <input id="credit-reason" class="input" required dir="auto" value={(value.reason as string) ?? ''} aria-invalid={wrong?.field === 'reason' ? 'true' : undefined}
          onInput={(event) => set({ ...value, reason: event.currentTarget.value })} />
        <span class="faint">{say('credit.reason_hint')}</span>
      </div>
      <fieldset onInvalidCapture={() => miss(true)} onInput={() => miss(false)}>
        <legend>{say('credit.how_much')}</legend>
        <label class="tick"><input type="radio" name="credit" checked={!lines} onChange={() => set({ ...value, lines: undefined })} /><span>{say('credit.whole')}</span></label>
        <label class="tick"><input type="radio" name="credit" checked={!!lines} onChange={() => set({ ...value, lines: [] })} /><span>{say('credit.parts')}</span></label>
        {lines && <Lines invoice={invoice} lines={lines} isMissing={isMissing} set={(next) => set({ ...value, lines: next })} />}
        {isMissing && lines?.length === 0 && <span class="error" role="alert">{say('credit.give_one')}</span>}
        {lines && <span class="faint">{say('credit.tax_hint')}</span>}
      </fieldset>
    </>
  );
}

export function IssueCredit({ invoice, version, done }: { invoice: Invoice; version: string | undefined; done: (id: string) => void }) {
  return (
    <Act of={issue_credit_note} path={{ invoice_id: invoice.id! }} version={version} tone="bad" preset={{ currency: invoice.currency! }}
      when={invoice.kind === 'invoice' && invoice.state !== 'cancelled'} done={(made) => done(made.id!)}>
      {(value, set, wrong) => <CreditForm invoice={invoice} value={value} set={set} wrong={wrong} />}
    </Act>
  );
}
