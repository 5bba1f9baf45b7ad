/* Sentences of the server in the languages of people: why a number is what it is, what a day of payment stands on, and
   what is refused. The API says each in English, too; none of that may be left on the page. */
import { words } from './acting.mjs';
import { leave, person, settled, signIn, URL } from './house.mjs';
import { check, run, same, test } from './tap.mjs';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'];
const BASES = ['invoice', 'accepted', 'signed_day', 'planned_day', 'today', 'period'];
const OF_PEOPLE = ['line', 'milestone', 'reduction']; // inputs whose label is what somebody wrote

const first = await person();
await signIn(first.page);
const state = await first.context.storageState();
await first.context.close();

async function speaker(language, options = {}) {
  const one = await person(options);
  await one.page.addInitScript((wanted) => { if (globalThis.localStorage) localStorage.setItem('language', wanted); }, language);
  await one.page.goto(URL);
  await settled(one.page);
  return one;
}

const german = await speaker('de', { storageState: state });
const { page } = german;

const read = (path) => page.evaluate(async (url) => (await fetch(`/api/v1/${url}`)).json(), path);

const englishOf = ({ numbers }) => numbers.flatMap((number) => [
  number.rule, number.rounding,
  ...number.inputs.filter((input) => !OF_PEOPLE.includes(input.kind) && input.label !== input.name).map((input) => input.label),
]).filter(Boolean);

/* None of the sentences is read, however its first letter is written. */
function checkNone(sentences, text) {
  const found = sentences.filter((sentence) => text.toLowerCase().includes(sentence.toLowerCase()));
  check(sentences.length > 0, 'the API says nothing in English');
  check(found.length === 0, `in English: ${[...new Set(found)].join('; ')}`);
}

async function whyOf(address, question = 'why') {
  await page.goto(`${URL}${address}${address.includes('?') ? '&' : '?'}${question}`);
  await settled(page);
  const dialog = page.getByRole('dialog');
  await dialog.locator('details').first().waitFor();
  await dialog.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  return dialog.innerText();
}

const inGerman = (key) => words(key, {}, 'de');

test('each number of an invoice is explained in German', async () => {
  const { items } = await read('invoices?limit=200');
  const invoice = items.find((one) => one.kind === 'invoice');
  const text = await whyOf(`/invoices/${invoice.id}`);
  checkNone(englishOf(await read(`invoices/${invoice.id}/explanation`)), text);
  for (const key of ['why.rule.net_and_tax', 'why.rule.total_less_paid', 'why.rounding.half_up_once'])
    check(text.includes(inGerman(key)), `"${inGerman(key)}" is missing`);
});

test('each number of the contract is explained in German', async () => {
  const engagement = (await read('engagements')).items[0].id;
  const text = await whyOf(`/engagements/${engagement}`);
  checkNone(englishOf(await read(`engagements/${engagement}/position/explanation`)), text);
  for (const key of ['why.rule.sum_to_date', 'why.kind.contract', 'why.rounding.half_up_each_invoice'])
    check(text.includes(inGerman(key)), `"${inGerman(key)}" is missing`);
});

test('what falls due, cost, earned value, a change and the books are explained in German', async () => {
  const { id } = (await read('engagements')).items[0];
  const own = `engagements/${id}`;
  const estimate = (await read(`${own}/estimates`)).items[0].id;
  const order = (await read(`${own}/change-orders`)).items[0].id;
  const cases = [
    [`/${own}`, `${own}/budget`, ['why.rule.due_in_month', 'why.name.cumulative'], 'why_budget'],
    [`/${own}/estimates?estimate=${estimate}`, `estimates/${estimate}/figures`, ['why.rule.cost_of_minutes', 'why.rounding.half_up_each_role', 'why.name.margin_ppm']],
    [`/${own}/tracking`, `${own}/earned-value`, ['why.rule.quotient', 'why.name.to_complete_index_ppm']],
    [`/change-orders/${order}`, `change-orders/${order}/effect`, ['why.rule.tax_of_milestones', 'why.rounding.half_up_each_milestone']],
    ['/ledger?account=receivable', 'ledger/trial-balance', ['why.kind.balance', 'why.name.debit', 'why.name.credit']],
  ];
  for (const [address, explained, keys, question] of cases) {
    const text = await whyOf(address, question);
    checkNone(englishOf(await read(`${explained}/explanation`)), text);
    for (const key of keys) check(text.includes(inGerman(key)), `${address}: "${inGerman(key)}" is missing`);
  }
});

test('what a day of payment stands on is told in German', async () => {
  const engagement = (await read('engagements')).items[0];
  const budget = await read(`engagements/${engagement.id}/budget`);
  const [event] = budget.events; // all of the sample is paid: nothing of it is still to come
  const events = BASES.map((basis) => ({ ...event, basis, engagement_id: engagement.id, engagement_title: '', client_id: engagement.client_id, client_name: '',
    codes: [], currency: budget.currency, history: 'none', history_count: 0, paid_50_day: event.due_day, paid_80_day: event.due_day, paid_95_day: event.due_day }));
  await page.route('**/api/v1/forecast*', (route) => route.fulfill({ json: { day: budget.day, events, months: [] } }));
  await page.goto(`${URL}/reports`);
  await settled(page);
  const text = (await page.locator('main').innerText()).replace(/\u00a0/g, ' ');
  await page.unroute('**/api/v1/forecast*');
  checkNone([event.why, 'to be paid within'], text);
  for (const basis of BASES) check(text.includes(inGerman(`basis.${basis}`).split('{day}')[0].trim()), `nothing of ${basis}`);
  check(text.includes(`zahlbar innerhalb von ${event.payment_days} Tagen`), 'the term of payment is missing');
});

test('a day that has not come yet is refused in German, at its field and above the form', async () => {
  await page.goto(`${URL}/payments`);
  await settled(page);
  await page.getByRole('button', { name: inGerman('act.record_payment') }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().selectOption({ index: 1 });
  await dialog.getByLabel(inGerman('field.amount'), { exact: true }).first().fill('10.00');
  await dialog.getByLabel(inGerman('field.received_day')).fill('2099-12-31');
  await dialog.locator('footer button[type=submit]').click();
  const alert = dialog.getByRole('alert');
  await alert.waitFor();
  same(await alert.locator('strong').innerText(), inGerman('problem.invalid'), 'the kind of refusal');
  check((await alert.innerText()).includes(`${inGerman('field.received_day')}: ${inGerman('refusal.must_be_today_or_earlier')}`), await alert.innerText());
  checkNone(['must be today or earlier'], await dialog.innerText());
});

/* What the server says comes from the sources of the server, amounts and days with it. */
test('amounts, days and states within a refusal are said as the reader writes them', async () => {
  const cases = [
    ['the prices sum to 39000.01 EUR, 0.01 EUR above the total', 'die Preise ergeben 39.000,01 €, das sind 0,01 € mehr als der Gesamtbetrag'],
    ['it was valid until 2026-03-09', 'es war bis 09.03.2026 gültig'],
    ['the milestone is in progress and cannot be submitted', `das geht im jetzigen Status nicht: „${inGerman('value.in_progress')}“`],
    ['the percentages make 66.6667%, not 100%', 'die Prozentsätze ergeben 66,6667 %, nicht 100 %'],
    ['a sentence that no catalogue has', 'a sentence that no catalogue has'],
  ];
  for (const [said, wanted] of cases) {
    await page.route('**/api/v1/turns*', (route) => route.fulfill({
      status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:waymark:error:invalid', status: 422, title: '', detail: said }) }));
    await page.goto(URL);
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    const text = (await alert.locator('span').first().innerText()).replace(/\u00a0/g, ' ');
    same(text.toLowerCase(), wanted.toLowerCase(), said);
    await page.unroute('**/api/v1/turns*');
  }
});

const badgesOn = async (one, address) => {
  await one.goto(`${URL}${address}`);
  await settled(one);
  return one.locator('main .badge').allInnerTexts();
};

/* A proposal is taken, work is received; an invoice is feminine where English has no gender. */
test('a state is said as the kind of thing wants it', async () => {
  const { id } = (await read('engagements')).items[0];
  const proposals = await badgesOn(page, `/engagements/${id}/proposals`);
  check(proposals.includes(inGerman('value.proposal.accepted')) && !proposals.includes(inGerman('value.accepted')), `proposals: ${proposals}`);
  const rounds = await badgesOn(page, `/engagements/${id}/acceptance`);
  check(rounds.includes(inGerman('value.accepted')), `rounds: ${rounds}`);
  for (const [language, address, key] of [['fr', '/invoices', 'value.paid.f'], ['es', '/invoices', 'value.paid.f'], ['ar', `/engagements/${id}/acceptance`, 'value.accepted.f']]) {
    const other = await speaker(language, { storageState: state });
    const badges = await badgesOn(other.page, address);
    check(badges.includes(words(key, {}, language)) && !badges.includes(words(key.replace('.f', ''), {}, language)), `${language}: ${badges}`);
    await other.context.close();
  }
});

/* Within words from right to left, 2016-0001 would read 0001-2016. */
test('the number of an invoice keeps its order in an Arabic title', async () => {
  const [{ id, number }] = (await read('invoices?limit=1')).items;
  const other = await speaker('ar', { storageState: state });
  await other.page.goto(`${URL}/invoices/${id}`);
  await settled(other.page);
  const title = await other.page.locator('h1').innerText();
  check(title.includes(`\u2068${number}\u2069`), title);
  await other.context.close();
});

for (const language of LANGUAGES)
  test(`a link that is not good leads to a new one in ${language}`, async () => {
    const one = await person();
    await one.page.addInitScript((wanted) => localStorage.setItem('language', wanted), language);
    await one.page.goto(`${URL}/enter#1.nothing`);
    await one.page.getByRole('button', { name: words('enter.go', {}, language), exact: true }).click();
    const alert = one.page.getByRole('alert');
    await alert.waitFor();
    same(await alert.innerText(), words('enter.link_used', {}, language), 'what is said of the link');
    await one.page.getByRole('button', { name: words('enter.ask_again', {}, language), exact: true }).click();
    await one.page.getByRole('button', { name: words('act.request_link', {}, language), exact: true }).waitFor();
    await one.context.close();
  });

/* ---- the line of the engagement, and the log ---- */

const timelineOf = async (one, id) => {
  await one.goto(`${URL}/engagements/${id}`);
  await settled(one);
  return one.locator('ol.timeline > li').allInnerTexts();
};

test('an invoice is paid on the day its money came, and issued before', async () => {
  const { id } = (await read('engagements')).items[0];
  const payments = new Map((await read('payments?limit=200')).items.map((one) => [one.id, one.received_day]));
  const parts = (await read('allocations?limit=200')).items;
  const lines = (await timelineOf(page, id)).map((line) => line.replace(/\u00a0/g, ' '));
  const invoices = (await read(`invoices?engagement_id=${id}`)).items;
  check(invoices.length > 0, 'nothing is billed');
  for (const { id: invoice, number, issue_day } of invoices) {
    const paid = parts.filter((one) => one.invoice_id === invoice).map((one) => payments.get(one.payment_id)).sort().at(-1);
    for (const [key, day] of [['timeline.issued', issue_day], ['timeline.paid', paid]]) {
      const line = lines.find((one) => one.includes(words(key, { number }, 'de')));
      check(line?.includes(day.split('-').toReversed().join('.')), `${key} of ${number} is not on ${day}: ${line}`);
    }
  }
});

test('a number keeps its order among words that run from right to left', async () => {
  const { id } = (await read('engagements')).items[0];
  const { number } = (await read(`invoices?engagement_id=${id}`)).items[0];
  const arabic = await speaker('ar', { storageState: state });
  const lines = await timelineOf(arabic.page, id);
  check(lines.some((line) => line.includes(words('timeline.issued', { number: `\u2068${number}\u2069` }, 'ar'))), lines.join('\n'));
  await arabic.context.close();
});

test('the log tells and finds what happened in German', async () => {
  await page.goto(`${URL}/evidence`);
  await settled(page);
  await page.getByRole('combobox', { name: inGerman('evidence.event') }).selectOption('proposal.sent');
  await settled(page);
  const leaves = (await read('evidence/leaves?event=proposal.sent')).items;
  const rows = page.getByRole('region', { name: inGerman('evidence.leaves') }).locator('tbody tr');
  await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, leaves.length);
  for (const row of await rows.allInnerTexts()) check(row.includes(inGerman('event.proposal.sent')), row);
});

test('a leaf says who did it and to what, and leads to the rest of that', async () => {
  const [leaf] = (await read('evidence/leaves?event=proposal.sent')).items;
  const people = (await read('users')).items.map((one) => one.name);
  await page.goto(`${URL}/evidence/leaves/${leaf.position}`);
  await settled(page);
  const line = await page.getByText(`${inGerman('evidence.actor')}:`).innerText();
  check(people.some((name) => line.includes(name)), line);
  same(await page.getByRole('link', { name: inGerman('value.proposal'), exact: true }).first().getAttribute('href'), `/proposals/${leaf.subject_id}`, 'where it is');
  await page.getByRole('link', { name: inGerman('evidence.all_about'), exact: true }).click();
  const told = (await read(`evidence/leaves?subject_id=${leaf.subject_id}`)).items.length;
  await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, told);
  check(told > 1, 'it was drafted, too');
});

test('nothing of that was complained about', () => check(german.complaints.length === 0, german.complaints.join('\n')));

await run({ atEnd: leave });
