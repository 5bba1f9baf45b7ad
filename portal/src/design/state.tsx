/* A state as a badge: its colour says whether anybody has to do anything. */
import { sayState } from '../messages';

type Tone = 'good' | 'wait' | 'bad' | 'info' | '';

const tones: Record<string, Tone> = {
  accepted: 'good', deemed_accepted: 'good', active: 'good', applied: 'good', approved: 'good', completed: 'good', confirmed: 'good', correction_confirmed: 'good',
  done: 'good', fulfilled: 'good', paid: 'good', settled: 'good', signed: 'good', delivered: 'good', agreed: 'good', resolved: 'good',
  submitted: 'wait', sent: 'wait', viewed: 'wait', out_for_signature: 'wait', partly_signed: 'wait', pending: 'wait', proposed: 'wait',
  change_requested: 'wait', claimed: 'wait', part_paid: 'wait', requested: 'wait', corrected: 'wait', suspended: 'wait', billable: 'wait', issued: 'wait', disputed: 'wait',
  rejected: 'bad', rework: 'bad', declined: 'bad', terminated: 'bad', expired: 'bad', overdue: 'bad', open: 'bad', reversed: 'bad',
  dead: 'bad', revoked: 'bad', cancelled: 'bad', returned: 'bad', critical: 'bad', major: 'wait',
  in_progress: 'info', ready: 'info', proposal: 'info', contracting: 'info', invoiced: 'info', consultation: 'info',
};

/* `of` is the kind of thing whose state it is. */
export function State({ of = '', value }: { of?: string; value: string | null | undefined }) {
  return value ? <span class={`badge ${tones[value] ?? ''}`}>{sayState(of, value)}</span> : null;
}
