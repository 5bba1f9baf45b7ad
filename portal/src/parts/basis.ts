/* What the day of a payment stands on, in words. */
import type { components } from '../api/generated/types';
import { day, say } from '../messages';

type Due = Pick<components['schemas']['forecast_event'], 'basis' | 'stage' | 'done_day' | 'issue_day' | 'payment_days'>;

export function basisOf({ basis, stage, done_day, issue_day, payment_days }: Due): string {
  if (!basis) return '';
  const stands_on = done_day ?? issue_day;
  return [
    say(`basis.${basis}`, { day: day(stands_on) }),
    issue_day === stands_on ? '' : say('basis.billed', { day: day(issue_day) }),
    stage === 'disputed' ? say('basis.rests') : say('basis.within', { count: payment_days }),
  ].filter(Boolean).join(' · ');
}
