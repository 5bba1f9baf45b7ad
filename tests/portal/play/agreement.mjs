/* From two companies that know nothing of each other to a contract that both have signed. */
import { act, fieldsOf, fill, follow, open, send, words } from '../acting.mjs';
import { settled } from '../house.mjs';
import { test } from '../tap.mjs';
import { button, goTo, heading, see, visit } from './cast.mjs';
import {
  AGENCY, APPROVER, CLIENT, CONTACTS, dollars, ENGAGEMENT, HOURS, LEAD, PROPOSAL, RATE_CARD, REQUIREMENTS, SPRINTS, sumOf, TERMS, TOTAL,
} from './sample.mjs';

/* ---- people ---- */

async function settleIn({ hand, as }) {
  const page = await as('agency');
  await see(page, words('today.first_title'));
  await goTo(hand, page, 'nav.settings');
  await act(hand, page, 'change_company', AGENCY);
  await follow(hand, page, words('settings.people'));
  await act(hand, page, 'create_user', LEAD);
  await see(page, LEAD.email);
}

async function meetClient({ hand, as, comeByInvitation }) {
  const page = await as('agency');
  await goTo(hand, page, 'nav.clients');
  await act(hand, page, 'create_client', CLIENT);
  await heading(page, CLIENT.name);
  for (const contact of CONTACTS) {
    await act(hand, page, 'create_contact', contact);
    await see(page, contact.email);
  }
  await comeByInvitation(() => act(hand, page, 'invite_contact', {}, { scope: page.getByRole('row', { name: APPROVER.email }) }));
}

/* ---- what is wanted ---- */

async function writeRequirements({ hand, as }) {
  const page = await as('agency');
  await goTo(hand, page, 'nav.engagements');
  await act(hand, page, 'create_engagement', ENGAGEMENT);
  await heading(page, ENGAGEMENT.title);
  await visit(hand, page, 'engagement.requirements');
  for (const requirement of REQUIREMENTS) {
    await act(hand, page, 'add_requirement', requirement);
    await see(page, requirement.text);
  }
  await act(hand, page, 'send_requirements');
}

async function confirmRequirements({ hand, as, show }) {
  const page = await as('client');
  await visit(hand, page, 'engagement.requirements');
  await see(page, REQUIREMENTS.at(-1).criteria.at(-1).measure);
  await act(hand, page, 'confirm_requirements');
  await show('requirements');
}

/* ---- what is offered ---- */

/* A milestone as the editor of plans has it: what is always seen, then the details. */
export async function writePiece(hand, part, { code, title, due_day, price, start_day, deliverables, criteria, after }) {
  const fields = fieldsOf('create_proposal', 'plan', 'milestones');
  await fill(hand, part, fields, { code, title, due_day, price });
  await hand.press(part.locator('summary'));
  await fill(hand, part, fields, { ...(start_day ? { start_day } : {}), deliverables });
  for (const one of criteria) await hand.tick(part.getByLabel(new RegExp(`^${one.replace('.', '\\.')} `)));
  if (after.length > 0) await see(part, words('plan.after', { codes: after.join(', ') }));
}

async function writePlan(hand, page) {
  await hand.choose(page.getByLabel(words('field.tax_category')).first(), 'outside_scope');
  for (const [at, sprint] of SPRINTS.entries()) {
    await hand.press(button(page, words('plan.add')));
    await writePiece(hand, page.locator('section.piece').nth(at), sprint);
  }
  await hand.press(page.locator('summary', { hasText: words('field.terms') }));
  await fill(hand, page.locator('section.panel', { has: page.locator('summary.summary') }), fieldsOf('create_proposal', 'plan', 'terms'), TERMS);
}

/* The total has to come out exactly: a cent more is told. */
async function writeTotal(hand, page) {
  const total = page.locator('.sumbar').getByLabel('Total');
  await hand.write(total, sumOf([TOTAL, '0.01']));
  await see(page, dollars('0.01'));
  await hand.write(total, TOTAL);
  await see(page, words('plan.exact'));
}

async function draftProposal({ hand, as }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.proposals');
  await follow(hand, page, words('act.create_proposal'));
  await heading(page, words('proposal.new_title'));
  await fill(hand, page, fieldsOf('create_proposal'), { valid_until_day: PROPOSAL.valid_until_day });
  await fill(hand, page, fieldsOf('create_proposal', 'plan'), { summary: PROPOSAL.summary });
  await writePlan(hand, page);
  await writeTotal(hand, page);
  await hand.press(button(page, words('proposal.save')));
  await page.waitForURL('**/proposals/*/edit');
}

async function estimateSprint(hand, part, hours) {
  for (const [at, likely] of hours.entries()) {
    await hand.press(button(part, words('estimate.add_effort')));
    await fill(hand, part.locator('.effort').nth(at), fieldsOf('create_estimate', 'milestones', 'efforts'), {
      optimistic_minutes: likely * 3 / 4, likely_minutes: likely, pessimistic_minutes: likely * 3 / 2 });
  }
}

async function estimate({ hand, as, show }) {
  const page = await as('agency');
  await goTo(hand, page, 'nav.settings');
  await follow(hand, page, words('rate_card.title'));
  await act(hand, page, 'create_rate_card', RATE_CARD);
  await see(page, RATE_CARD.name);
  await visit(hand, page, 'engagement.proposals');
  await follow(hand, page, words('estimate.title'));
  await follow(hand, page, words('estimate.new_title', { revision: 1 }));
  await hand.choose(page.getByLabel(words('field.rate_card_id')), `${RATE_CARD.name} (${RATE_CARD.currency})`);
  for (const [at, { code }] of SPRINTS.entries()) await estimateSprint(hand, page.locator('section.piece').nth(at), HOURS[code]);
  await hand.press(button(page, words('estimate.save')));
  await see(page, words('estimate.share'));
  await show('estimate');
}

async function agree({ hand, as, show }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.proposals');
  await follow(hand, page, words('proposal.name', { revision: 1 }));
  await act(hand, page, 'send_proposal');
  const theirs = await as('client');
  await follow(hand, theirs, new RegExp(words('turn.decide_proposal')));
  await see(theirs, SPRINTS.at(-1).title);
  await see(theirs, dollars(TOTAL));
  await settled(theirs);
  await show('proposal');
  await act(hand, theirs, 'accept_proposal');
}

/* ---- the contract ---- */

/* The two who sign are known: whoever sends it, and the only one of the client who may. */
export async function sendToSigners(hand, page, operation) {
  const dialog = await open(hand, page, operation);
  await dialog.getByRole('checkbox', { name: APPROVER.name, checked: true }).waitFor();
  await send(hand, dialog);
}

export async function sign(hand, page, operation) {
  const dialog = await open(hand, page, operation);
  await hand.tick(dialog.getByRole('checkbox'));
  await send(hand, dialog);
}

async function signContract({ hand, as, show }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.contract');
  await act(hand, page, 'create_contract');
  await sendToSigners(hand, page, 'send_contract');
  await sign(hand, page, 'sign_contract');
  const theirs = await as('client');
  await visit(hand, theirs, 'engagement.contract');
  await sign(hand, theirs, 'sign_contract');
  for (const one of [page, theirs]) await see(one, words('contract.active'));
  await show('contract');
}

export function agreement(at) {
  test(`with ${at.hand.name}: the agency settles in with a technical lead`, at.on('2016-05-16', settleIn));
  test('it adds a client with four contacts, and one of them enters by the link of an invitation', at.on('2016-05-16', meetClient));
  test('requirements and criteria are written by one side', at.on('2016-05-16', writeRequirements));
  test('and confirmed by the other', at.on('2016-05-16', confirmRequirements));
  test('a proposal is written with five milestones in their order, its terms, and a sum that is checked', at.on('2016-05-23', draftProposal));
  test('it is estimated by rates and hours that the client never sees', at.on('2016-05-23', estimate));
  test('it is sent, read and accepted', at.on('2016-05-23', agree));
  test('both sides sign one frozen contract', at.on('2016-05-23', signContract));
}
