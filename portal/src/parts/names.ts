/* Where a thing is shown: one address for each kind, as mails and turns link to them. */
import { isClient } from '../api/session';

const ofTurns: Record<string, string> = {
  write_requirements: 'engagements/{engagement}/requirements', confirm_requirements: 'engagements/{engagement}/requirements',
  answer_comment: 'engagements/{engagement}/requirements?about={subject}',
  write_proposal: 'engagements/{engagement}/proposals', bill_milestone: 'milestones', bill_month: 'milestones', credit_milestone: 'milestones',
  send_proposal: 'proposals', decide_proposal: 'proposals', revise_proposal: 'proposals', draw_up_contract: 'proposals',
  send_contract: 'contracts', sign_contract: 'contracts', propose_change_order: 'change-orders', sign_change_order: 'change-orders',
  start_milestone: 'milestones', submit_milestone: 'milestones', rework_milestone: 'milestones',
  decide_submission: 'submissions', settle_dispute: 'disputes', decide_reduction: 'price-reductions', decide_progress: 'progress-claims',
  correct_defect: 'defects', confirm_correction: 'defects', supply: 'engagements/{engagement}/obligations', pay_invoice: 'invoices',
};

export function whereTurn(turn: { kind: string | null; engagement_id: string | null; subject_id: string | null }): string {
  const folder = ofTurns[turn.kind ?? ''] ?? 'engagements/{engagement}';
  const path = folder.replace('{engagement}', turn.engagement_id ?? '').replace('{subject}', turn.subject_id ?? '');
  return path === folder ? `/${path}/${turn.subject_id}` : `/${path}`;
}

const ofThings: Record<string, string> = {
  client: 'clients/{id}', contact: 'contacts/{id}', engagement: 'engagements/{id}', requirement: 'engagements/{engagement}/requirements',
  requirement_confirmation: 'engagements/{engagement}/requirements', proposal: 'proposals/{id}', contract: 'contracts/{id}', change_order: 'change-orders/{id}',
  milestone: 'milestones/{id}', submission: 'submissions/{id}', certificate: 'certificates/{id}', defect: 'defects/{id}', dispute: 'disputes/{id}',
  price_reduction: 'price-reductions/{id}', progress_claim: 'progress-claims/{id}', status_report: 'status-reports/{id}', meeting: 'meetings/{id}',
  obligation: 'obligations/{id}', invoice: 'invoices/{id}', credit_note: 'invoices/{id}', payment: 'payments/{id}', refund: 'refunds/{id}',
  ledger_entry: 'ledger/entries/{id}',
};

/* A client's own people have their client and themselves on one page. */
const ofOwn: Record<string, string> = { ...ofThings, client: 'details', contact: 'details' };

/* undefined for what has no page of its own. */
export function whereThing(kind: string | null, id: string | null, engagement: string | null): string | undefined {
  const folder = (isClient() ? ofOwn : ofThings)[kind ?? ''];
  return folder && `/${folder.replace('{id}', id ?? '').replace('{engagement}', engagement ?? '')}`;
}
