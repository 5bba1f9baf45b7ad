/* Terms of a contract in the words of somebody who has to keep them. */
import type { components } from '../../api/generated/types';
import { day, money, number, say, sayOne, type Key } from '../../messages';

export type Terms = components['schemas']['contract_terms'];
type Said = [Key, string | null];

const sentences = (terms: Terms): Said[] => [
  ['terms.paying', terms.payment_days == null ? null : say('terms.payment', { count: terms.payment_days })],
  ['terms.invoices', terms.billing_mode === 'monthly'
    ? say('terms.monthly', { day: number(terms.billing_day ?? 1) }) : say('terms.per_acceptance')],
  ['terms.accepting', [
    terms.acceptance_days == null ? '' : say(terms.acceptance_day_kind === 'business' ? 'terms.business_days' : 'terms.calendar_days', { count: terms.acceptance_days }),
    say(terms.silence === 'deemed' ? 'terms.silence_deemed' : 'terms.silence_none'),
    terms.notice_text ?? '',
  ].filter(Boolean).join(' ')],
  ['terms.objecting', terms.objection_days ? say('terms.objection', { count: terms.objection_days }) : null],
  ['dispute.title', terms.dispute_answer_days ? say('terms.answer', { count: terms.dispute_answer_days }) : null],
  ['terms.refusing', terms.refusal_from ? say('terms.refusal', { severity: sayOne('value', terms.refusal_from).toLocaleLowerCase() }) : null],
  ['terms.parts', say(terms.partial_acceptance === 'by_criterion' ? 'terms.partial' : 'terms.whole')],
  ['terms.approvals', terms.approvers_needed && terms.approvers_needed > 1
    ? [say('terms.approvers', { count: terms.approvers_needed }), terms.one_approver_limit?.amount ? say('terms.one_enough', { amount: money(terms.one_approver_limit.amount) }) : ''].filter(Boolean).join(' ')
    : null],
  ['terms.reminding', terms.reminders?.length ? say('terms.reminders', { days: terms.reminders.map((one) => number(one.days_before)).join(', ') }) : null],
  ['terms.counting', [say('terms.time_zone', { zone: terms.time_zone.replaceAll('_', ' ') }),
    terms.holidays?.length ? say('terms.holidays', { days: terms.holidays.map((one) => day(one)).join(', ') }) : ''].filter(Boolean).join(' ')],
  ['terms.tax', terms.tax_note ?? null],
  ['terms.law', terms.jurisdiction ?? null],
  ['terms.consumer', terms.consumer_client ? say('terms.is_consumer') : null],
  ['terms.further', terms.prose ?? null],
];

export function TermsInWords({ terms }: { terms: Terms }) {
  return (
    <dl class="said">
      {sentences(terms).filter(([, text]) => text).map(([key, text]) => <div><dt>{say(key)}</dt><dd class="lines" dir="auto">{text}</dd></div>)}
    </dl>
  );
}
