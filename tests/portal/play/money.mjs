/* What is billed for each month, and paid, until nothing is left. */
import { act, words } from '../acting.mjs';
import { check, same, test } from '../tap.mjs';
import { goTo, see, visit } from './cast.mjs';
import { BILLS, CLIENT, dollars, inWords, NEW_TOTAL } from './sample.mjs';

const rowOf = (page, { amount, issued }) => page.getByRole('row').filter({ hasText: dollars(amount) }).filter({ hasText: inWords(issued) }).first();

/* One invoice collects what was accepted in the month; both sides find it by its amount. */
async function lookAt({ hand, as, show }, who, one) {
  const page = await as(who);
  await visit(hand, page, 'engagement.invoices');
  await hand.press(rowOf(page, one).getByRole('link').first());
  for (const code of one.codes) await see(page.getByRole('table'), new RegExp(`\\b${code}\\b`));
  await show(`invoice-${one.codes[0]}`);
}

/* The reference is on the invoice: with it the money finds what it pays. */
async function pay({ hand, as }, one) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.invoices');
  await hand.press(rowOf(page, one).getByRole('link').first());
  const reference = await page.locator('dt', { hasText: words('invoice.reference') }).locator('xpath=following-sibling::dd[1]').locator('.code').innerText();
  await goTo(hand, page, 'nav.payments');
  await act(hand, page, 'record_payment', { client_id: CLIENT.name, amount: one.amount, received_day: one.paid, payer_reference: reference });
  await see(page, reference);
}

async function finish({ hand, as, show, complaints }) {
  const [page, theirs] = [await as('agency'), await as('client')];
  await visit(hand, page);
  for (const [name, amount] of [['to_date', NEW_TOTAL], ['paid', NEW_TOTAL], ['left', '0.00']]) {
    await page.locator('.position dl > div', { hasText: words(`position.${name}`) }).first().getByText(dollars(amount)).waitFor();
  }
  await page.locator('.head .badge', { hasText: words('value.completed') }).waitFor();
  same(await page.locator('.steps li.done').count(), 5, 'stages that are done');
  await goTo(hand, theirs, 'nav.home');
  await see(theirs, words('today.none_title'));
  await show('paid');
  check(complaints().length === 0, complaints().join('\n'));
}

export function billed(at, month) {
  const { issued, amount, codes } = BILLS[month];
  test(`${dollars(amount)} for ${codes.join(' and ')} are billed on the day agreed, on one invoice`, at.on(issued, lookAt, 'agency', BILLS[month]));
}

export function seen(at, month, on) {
  test(`the client sees the invoice for ${BILLS[month].codes.join(' and ')}`, at.on(on, lookAt, 'client', BILLS[month]));
}

export function paid(at, month, on) {
  test(`${dollars(BILLS[month].amount)} are paid`, at.on(on, pay, BILLS[month]));
}

export function theEnd(at) {
  test('nothing is left, the engagement is completed, and no page complained', at.on(BILLS.at(-1).paid, finish));
}
