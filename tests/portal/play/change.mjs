/* The change order: one sprint more, and another day for the one before it. */
import { act, fieldsOf, fill, words } from '../acting.mjs';
import { settled } from '../house.mjs';
import { test } from '../tap.mjs';
import { sendToSigners, sign, writePiece } from './agreement.mjs';
import { button, see, visit } from './cast.mjs';
import { ADDED, CHANGE, dollars, NEW_TOTAL, SPRINTS } from './sample.mjs';
import { begin } from './sprints.mjs';

const { title, valid_until_day, purpose, moved } = CHANGE;

async function compose({ hand, as, show }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.changes');
  await act(hand, page, 'create_change_order', { title, valid_until_day, purpose });
  await page.waitForURL('**/change-orders/*/edit');
  const pieces = page.locator('section.piece');
  await fill(hand, pieces.nth(SPRINTS.findIndex((one) => one.code === moved.code)), fieldsOf('create_proposal', 'plan', 'milestones'), { due_day: moved.due_day });
  await hand.press(button(page, words('plan.add')));
  await writePiece(hand, pieces.nth(SPRINTS.length), ADDED);
  await see(page.locator('aside.effect'), dollars(ADDED.price));
  await settled(page);
  await show('change-effect');
  await hand.press(button(page, words('proposal.save')));
  await see(page, words('common.saved'));
}

async function signChange({ hand, as, show }) {
  const page = await as('agency');
  await hand.press(page.locator('.sumbar').getByRole('link', { name: words('proposal.review'), exact: true }));
  await sendToSigners(hand, page, 'propose_change_order');
  await sign(hand, page, 'sign_change_order');
  const theirs = await as('client');
  await visit(hand, theirs, 'engagement.changes');
  await hand.press(theirs.getByRole('link', { name: new RegExp(title) }).first());
  await see(theirs, dollars(NEW_TOTAL));
  await sign(hand, theirs, 'sign_change_order');
  for (const one of [page, theirs]) await see(one, words('value.applied'));
  await show('change-order');
}

export function change(at, sprint) {
  test(`${sprint.title}: begun`, at.on(CHANGE.day, begin, sprint));
  test('a change order shows its effect while it is written', at.on(CHANGE.day, compose));
  test('both sides sign it', at.on(CHANGE.day, signChange));
}

