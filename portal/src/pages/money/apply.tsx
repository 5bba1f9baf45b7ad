/* To which invoices money goes: by rule, shown before it happens, or by hand with an exact rest. */
import { useState } from 'preact/hooks';
import { allocate_credit_note, allocate_payment, list_invoices, show_client_statement } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Act } from '../../form/act';
import { fromMinor, toMinor } from '../../form/amount';
import { AmountInput } from '../../form/amount_input';
import { Button } from '../../design/button';
import type { Value } from '../../form/shape';
import { day, money, say, type Money } from '../../messages';
import { isAbove, openOf } from './rest';
import './money.css';

type Open = components['schemas']['invoice_summary'];
export interface Allocation { invoice_id: string; amount: { amount: string; currency: string } }

const alone = (text: string) => text.replaceAll(' ', '').toUpperCase();

/* The open invoice whose reference a payer wrote, as the server reads it: alone, or among other words; none if several are there. */
function quotedOf(open: Open[], text: string) {
  const squeezed = text.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  const within = open.filter((one) => one.reference && squeezed.includes(one.reference));
  return open.find((one) => one.reference === alone(text)) ?? (within.length === 1 ? within[0] : undefined);
}

/* One of which nothing is open any more, where its reference is all that a payer wrote: then the server applies the money to none. */
function useClosed(client_id: string, currency: string, text: string) {
  const reference = alone(text);
  const isReference = !!client_id && /^RF\d\d\w{1,21}$/.test(reference);
  const [found] = useAsk(list_invoices, isReference ? { query: { client_id, kind: 'invoice', reference } } : null).data?.items ?? [];
  return found && found.currency === currency && !isAbove(openOf(found)) ? found : undefined;
}

/* What a rule would do, in minor units by invoice: the one whose reference was quoted, or the oldest due first. */
function byRule(rule: string, open: Open[], amount: bigint, quoted: Open | undefined, isClosed: boolean): Map<string, bigint> {
  const taken = new Map<string, bigint>();
  if (rule === 'none' || (rule === 'automatic' && isClosed)) return taken;
  const named = rule === 'automatic' ? open.filter((one) => one === quoted) : [];
  let rest = amount;
  for (const one of named.length > 0 ? named : open) {
    const wanted = toMinor(openOf(one).amount, one.currency ?? 'EUR') ?? 0n;
    const part = rest < wanted ? rest : wanted;
    if (part > 0n) taken.set(one.id!, part);
    rest -= part;
  }
  return taken;
}

interface ApplyProps {
  client_id: string;
  amount: Money; // that can be applied
  quoted?: string;
  value: Value;
  set: (value: Value) => void;
  rules: string[];
}

export function Apply({ client_id, amount, quoted = '', value, set, rules }: ApplyProps) {
  const [isMissing, miss] = useState(false);
  const statement = useAsk(show_client_statement, client_id ? { path: { client_id } } : null);
  const currency = amount.currency ?? 'EUR';
  const all = statement.data?.invoices ?? [];
  const open = all.filter((one) => one.currency === currency);
  const named = quotedOf(all, quoted);
  const closed = useClosed(client_id, currency, quoted);
  const byHand = value.allocations as Allocation[] | undefined;
  const rule = byHand ? 'by_hand' : (value.rule as string | undefined) ?? rules[0]!;
  const whole = toMinor(amount.amount, currency) ?? 0n;
  const taken = byHand
    ? new Map(byHand.map((one) => [one.invoice_id, toMinor(one.amount.amount, currency) ?? 0n]))
    : byRule(rule, open, whole, named, !!closed);
  const rest = whole - [...taken.values()].reduce((sum, one) => sum + one, 0n);
  const ruleByHand = rules.find((one) => one === 'none'); // what holds while no amount is given; where nothing can be left as it is, one has to be
  const isNeeded = !!byHand && byHand.length === 0 && !ruleByHand;
  const choose = (next: string) => set({ ...value, ...(next === 'by_hand' ? { rule: ruleByHand, allocations: [] } : { rule: next, allocations: undefined }) });
  const put = (id: string, typed: string) => {
    const others = (byHand ?? []).filter((one) => one.invoice_id !== id);
    set({ ...value, rule: ruleByHand, allocations: typed === '' ? others : [...others, { invoice_id: id, amount: { amount: typed, currency } }] });
  };
  return (
    <fieldset onInvalidCapture={() => miss(true)} onInput={() => miss(false)}>
      <legend>{say('apply.title')}</legend>
      {[...rules, ...(byHand || ruleByHand || open.length > 0 ? ['by_hand'] : [])].map((one) => (
        <label class="tick"><input type="radio" name="apply" checked={rule === one} onChange={() => choose(one)} /><span>{say(`apply.${one}` as 'apply.none')}</span></label>
      ))}
      {closed && rule === 'automatic' && <p class="note wait" role="status">{say('apply.is_closed', { number: closed.number })}</p>}
      {open.length === 0 && <p class="soft">{say(client_id ? 'apply.nothing_open' : 'apply.choose_client', { currency })}</p>}
      {open.length > 0 && (
        <div class="table apply" tabIndex={0} role="region" aria-label={say('apply.title')}>
          <table>
            <thead><tr><th scope="col">{say('invoice.one')}</th><th scope="col">{say('invoice.due')}</th><th scope="col" class="number">{say('invoice.open')}</th><th scope="col" class="number">{say('apply.pays')}</th></tr></thead>
            <tbody>
              {open.map((one) => {
                const wanted = openOf(one);
                const part = taken.get(one.id!) ?? 0n;
                const typed = byHand?.find((other) => other.invoice_id === one.id)?.amount.amount ?? '';
                const most = toMinor(wanted.amount, currency) ?? 0n;
                return (
                  <tr>
                    <td>{one.number}{one === named && <div class="faint">{say('apply.quoted')}</div>}</td>
                    <td>{day(one.due_day)}</td>
                    <td class="number">{money(wanted)}</td>
                    <td class="number">
                      {byHand
                        ? <span class="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
                            <Button small tone="plain" onClick={() => put(one.id!, fromMinor(rest + part < most ? rest + part : most, currency))}>{say('apply.fill')}</Button>
                            <AmountInput label={say('apply.to', { number: one.number })} value={typed} set={(next) => put(one.id!, next)} required={isNeeded}
                              isWrong={(isMissing && isNeeded) || (typed !== '' && (part <= 0n || part > most))} />
                          </span>
                        : part > 0n ? money({ amount: fromMinor(part, currency), currency }) : '–'}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {isMissing && isNeeded && <span class="error" role="alert">{say('apply.give_one')}</span>}
      {whole > 0n && <Said rest={rest} currency={currency} open={open} taken={taken} />}
    </fieldset>
  );
}

/* What follows from it, in words. */
function Said({ rest, currency, open, taken }: { rest: bigint; currency: string; open: Open[]; taken: Map<string, bigint> }) {
  const text = (minor: bigint) => money({ amount: fromMinor(minor, currency), currency });
  const short = open.flatMap((one) => {
    const part = taken.get(one.id!) ?? 0n;
    const wanted = toMinor(openOf(one).amount, currency) ?? 0n;
    return part > 0n && part < wanted ? [say('apply.part_paid', { number: one.number, rest: text(wanted - part) })] : [];
  });
  return (
    <div class={`note ${rest < 0n ? 'bad' : rest > 0n ? 'wait' : 'good'}`} role="status">
      <span>{rest < 0n ? say('apply.too_much', { amount: text(-rest) }) : rest > 0n ? say('apply.credit', { amount: text(rest) }) : say('apply.exact')}</span>
      {short.map((one) => <span>{one}</span>)}
    </div>
  );
}

type Note = components['schemas']['invoice'];
type Payment = components['schemas']['payment'];

export function ApplyCredit({ note, version, left }: { note: Note; version: string | undefined; left: Money }) {
  return (
    <Act of={allocate_credit_note} path={{ credit_note_id: note.id! }} version={version} tone="strong" preset={{ currency: note.currency! }}>
      {(value, set) => <Apply client_id={note.client_id!} amount={left} value={value} set={set} rules={['oldest_due']} />}
    </Act>
  );
}

export function ApplyPayment({ payment, version, left }: { payment: Payment; version: string | undefined; left: Money }) {
  return (
    <Act of={allocate_payment} path={{ payment_id: payment.id! }} version={version} tone="strong" preset={{ currency: payment.currency! }}>
      {(value, set) => <Apply client_id={payment.client_id!} amount={left} quoted={payment.payer_reference ?? ''} value={value} set={set} rules={['oldest_due']} />}
    </Act>
  );
}
