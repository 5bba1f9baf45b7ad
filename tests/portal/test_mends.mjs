/* What stays whole while something goes wrong on the way: a page that does not come, an answer that takes its time, a stream
   that is refused, a tab that nobody sees. */
import { act, fieldsOf, fill, open, send, words } from './acting.mjs';
import { mouse } from './hands.mjs';
import { leave, person, settled, signIn, URL } from './house.mjs';
import { check, run, same, test } from './tap.mjs';

const { page } = await person();
await signIn(page);
const dialog = () => page.getByRole('dialog');

/* Lets requests of a kind wait until told. */
async function hold(path, method) {
  let go;
  const gone = new Promise((resolve) => { go = resolve; });
  await page.route(path, async (route) => {
    if (route.request().method() === method) await gone;
    await route.continue();
  });
  return async () => { go(); await page.unrouteAll({ behavior: 'ignoreErrors' }); };
}

test('a page that does not come is told in its place, and comes when it is asked for again', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  await page.route('**/assets/reports-*', (route) => route.abort());
  await page.getByRole('link', { name: words('nav.reports'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words('common.unloaded') }).waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: words('common.try_again') }).click();
  await page.getByRole('heading', { level: 1, name: words('nav.reports') }).waitFor();
});

test('a week that is none is this one', async () => {
  await page.goto(`${URL}/time?week=foo`);
  await settled(page);
  await page.locator('ol.week li.today').waitFor();
});

test('a page that cannot be drawn is told, and the way to others is open', async () => {
  await page.route('**/api/v1/clients?*', (route) => route.fulfill({ json: { items: [null], next_cursor: null } }));
  await page.goto(`${URL}/clients`);
  await page.getByRole('heading', { level: 1, name: words('common.broken') }).waitFor();
  await page.unrouteAll();
  await page.getByRole('link', { name: words('nav.engagements'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words('nav.engagements'), exact: true }).waitFor();
});

test('what was sent cannot be left before its answer is there', async () => {
  await page.goto(`${URL}/clients`);
  await settled(page);
  await page.getByRole('button', { name: words('act.create_client') }).first().click();
  await dialog().getByLabel(words('field.name'), { exact: true }).fill('In good time');
  await dialog().getByLabel(words('field.country')).selectOption('DE');
  await dialog().getByLabel(words('field.currency')).selectOption('EUR');
  await dialog().getByLabel(words('field.time_zone')).selectOption('Europe/Berlin');
  const release = await hold('**/api/v1/clients', 'POST');
  await dialog().getByRole('button', { name: words('act.create_client') }).click();
  await dialog().getByText(words('common.working')).waitFor();
  for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
  for (const name of ['common.cancel', 'common.close']) await dialog().getByRole('button', { name: words(name) }).dispatchEvent('click');
  check(await dialog().isVisible(), 'the dialog went away with its answer');
  await release();
  await dialog().waitFor({ state: 'detached' });
  await page.getByText('In good time').first().waitFor();
});

test('half a day is no day, and nothing is sent without it', async () => {
  await page.goto(`${URL}/payments`);
  await settled(page);
  await page.getByRole('button', { name: words('act.record_payment') }).first().click();
  const day = dialog().getByLabel(words('field.received_day'), { exact: true });
  await day.fill('2016-06-27');
  await day.focus();
  await day.press('Backspace');
  await dialog().getByRole('button', { name: words('act.record_payment') }).click();
  await dialog().getByText(words('form.unread')).waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('money under the reference of an invoice that is paid is told to pay none, and pays none', async () => {
  const paid = await page.evaluate(async () => {
    const read = async (path) => (await fetch(`/api/v1/${path}`)).json();
    const [invoice] = (await read('invoices?kind=invoice&sort=number')).items.filter((one) => ['issued', 'paid'].includes(one.state));
    const client = await read(`clients/${invoice.client_id}`);
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': (await read('session')).csrf_token };
    const body = JSON.stringify({ amount: invoice.total, received_day: invoice.issue_day, client_id: client.id, allocations: [{ invoice_id: invoice.id, amount: invoice.total }] });
    if (invoice.state === 'issued') await fetch('/api/v1/payments', { method: 'POST', headers, body });
    return { ...(await read(`invoices/${invoice.id}`)), client: client.name };
  });
  same(paid.state, 'paid', 'the invoice');
  await page.goto(`${URL}/payments`);
  await settled(page);
  const form = await open(mouse, page, 'record_payment');
  await fill(mouse, form, fieldsOf('record_payment'), { client_id: paid.client, amount: '12.00', payer_reference: paid.reference });
  await form.getByText(words('apply.is_closed', { number: paid.number })).waitFor();
  await form.getByText(words('apply.credit', { amount: '$12.00' })).waitFor();
  await send(mouse, form);
  await page.waitForURL(/payments\/[0-9a-f-]{36}$/);
  same(await page.evaluate(async () => (await (await fetch(`/api/v1/payments/${location.pathname.split('/').at(-1)}`)).json()).allocated.amount), '0.00', 'what is applied');
});

test('what is typed while a save is under way stays, and is saved with the next one', async () => {
  await page.goto(`${URL}/settings/templates/new`);
  const name = page.getByLabel(words('field.name'), { exact: true });
  await name.fill('A garage');
  await page.getByRole('button', { name: words('plan.add') }).click();
  await page.locator('section.piece').getByLabel(words('field.title'), { exact: true }).fill('Its floor');
  const release = await hold('**/api/v1/milestone-templates', 'POST');
  await page.getByRole('button', { name: words('template.save') }).click();
  await name.fill('A garage for two');
  await release();
  await page.waitForURL(/settings\/templates\/[0-9a-f-]{36}$/);
  await settled(page);
  same(await name.inputValue(), 'A garage for two', 'what was typed');
  await page.getByRole('button', { name: words('template.save') }).click();
  await page.waitForURL('**/settings/templates');
  await page.getByText('A garage for two').first().waitFor();
});

test('a draft that its template could not fill is the one that is written instead', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  await act(mouse, page, 'create_engagement', { title: 'A garage to drive into', client_id: 'In good time' });
  await page.waitForURL(/engagements\/[0-9a-f-]{36}$/);
  const proposals = `engagements/${page.url().split('/').at(-1)}/proposals`;
  await page.goto(`${URL}/${proposals}/new`);
  await page.route('**/api/v1/proposals/*/apply-template', (route) => route.fulfill({
    status: 422, contentType: 'application/problem+json', body: '{"type":"urn:waymark:error:invalid","title":"invalid","status":422}' }));
  const start = page.locator('section.panel', { has: page.getByRole('heading', { name: words('template.start') }) });
  await fill(mouse, start, fieldsOf('apply_milestone_template'), { milestone_template_id: 'A garage for two', start_day: '2030-01-01' });
  await start.getByLabel(words('field.total'), { exact: true }).fill('900');
  await start.getByRole('button', { name: words('template.begin') }).click();
  await page.getByText(words('template.draft_made')).waitFor();
  await page.getByRole('button', { name: words('plan.add') }).click();
  const piece = page.locator('section.piece');
  await fill(mouse, piece, fieldsOf('create_proposal', 'plan', 'milestones'), { title: 'The gate', price: '700', due_day: '2030-02-01' });
  await page.getByRole('button', { name: words('proposal.save') }).click();
  await page.waitForURL('**/proposals/*/edit');
  await page.unrouteAll();
  const all = await page.evaluate(async (path) => (await (await fetch(`/api/v1/${path}`)).json()).items, proposals);
  same(all.map((one) => `${one.plan.milestones.map((milestone) => milestone.title)} ${one.plan.total.amount}`).join(), 'The gate 700.00', 'the drafts');
});

test('another language is spoken by the page at once', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  const language = page.locator('aside select').first();
  await language.selectOption('de');
  await page.getByRole('heading', { level: 1, name: words('nav.engagements', {}, 'de'), exact: true }).waitFor();
  await language.selectOption('en');
  await page.getByRole('heading', { level: 1, name: words('nav.engagements'), exact: true }).waitFor();
});

test('a stream that is refused is asked for again, and a tab that nobody sees has none', async () => {
  let asked = 0;
  await page.route('**/api/v1/live?*', async (route) => {
    asked += 1;
    if (asked === 1) await route.fulfill({ status: 503, body: '' });
    else await route.continue();
  });
  const opened = page.waitForResponse((response) => response.url().includes('/live?') && response.status() === 200);
  await page.goto(`${URL}/engagements`);
  await opened;
  same(asked, 2, 'how often the stream was asked for');
  const see = (isHidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
  const closed = page.waitForEvent('requestfailed', (request) => request.url().includes('/live?'));
  await see(true);
  await closed;
  const again = page.waitForResponse((response) => response.url().includes('/live?'));
  await see(false);
  await again;
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('who cannot be signed out is told so, and stays', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  await page.route('**/api/v1/session', (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()));
  await page.getByRole('button', { name: words('act.sign_out') }).click();
  await page.getByText(words('problem.offline')).waitFor();
  check(await page.getByRole('heading', { level: 1, name: words('nav.engagements'), exact: true }).isVisible(), 'it looks as if somebody had left');
  await page.unrouteAll();
});

await run({ atEnd: leave });
