/* What a slow, a failing and a lost network show, two people at the same thing, and what lists are like that are long. */
import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { act, words } from './acting.mjs';
import { mouse } from './hands.mjs';
import { enterByLink, leave, linkAfter, OWNER, person, settled, signIn, URL } from './house.mjs';
import { check, run, same, test } from './tap.mjs';

const SLOW_MS = 2500;
const SCRIPT_LIMIT = 100_000; // bytes on the wire of all that a client's first visit loads

const { context, page } = await person();
await signIn(page);
const engagement = await page.evaluate(async () => (await (await fetch('/api/v1/engagements')).json()).items[0].id);
const clientsNow = () => page.evaluate(async () => (await (await fetch('/api/v1/clients')).json()).items.length);
const dialog = () => page.getByRole('dialog');

test('a slow answer is waited for in sight', async () => {
  await page.route('**/api/v1/engagements?*', async (route) => { await new Promise((resolve) => { setTimeout(resolve, SLOW_MS); }); await route.continue(); });
  await page.goto(`${URL}/engagements`);
  await page.locator('.waiting').first().waitFor();
  await page.getByRole('link', { name: /Dashboard/ }).first().waitFor();
  await page.unroute('**/api/v1/engagements?*');
});

test("the client's first page stands on little script, three answers and its own words", async () => {
  const client = await person();
  const scripts = [];
  client.page.on('requestfinished', (request) => { if (request.resourceType() === 'script') scripts.push(request.sizes()); });
  await enterByLink(client.page, env.WAYMARK_LINK);
  await settled(client.page);
  const bytes = (await Promise.all(scripts)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  check(bytes > SCRIPT_LIMIT / 10 && bytes < SCRIPT_LIMIT, `${bytes} bytes of script`);
  const asked = new Set();
  client.page.on('request', (request) => { const [, name] = /\/api\/v1\/([^?]*)/.exec(request.url()) ?? []; if (name) asked.add(name); });
  await client.page.route('**/assets/rest-*', (route) => route.abort());
  await client.page.goto(URL);
  await settled(client.page);
  await client.page.getByRole('table').first().waitFor();
  same([...asked].sort().join(' '), 'live overviews session turns', 'what was asked');
  const text = await client.page.locator('body').innerText();
  check(!/\b(act|budget|common|engagement|milestone|nav|position|search|today|turn|value)\.[a-z_]+/.test(text), text);
  await client.context.close();
});

test('a portal that does not come is told, and asked for again', async () => {
  const other = await person();
  await other.page.route('**/assets/first-*', (route) => route.abort());
  await other.page.goto(URL);
  await other.page.getByText('waymark could not be loaded').waitFor();
  check(await other.page.locator('.waiting').count() === 0, 'it looks as if it were on its way');
  await other.page.unroute('**/assets/first-*');
  await other.page.getByRole('link', { name: 'Try again' }).click();
  await other.page.getByLabel(words('enter.email')).waitFor();
  await other.context.close();
});

const approverEmail = () => page.evaluate(async () => {
  const read = async (path) => (await (await fetch(`/api/v1/${path}`)).json()).items;
  return (await read(`clients/${(await read('clients'))[0].id}/contacts`)).find((one) => one.role === 'approver').email;
});

test('who opens the address of a mail enters by a link that leads to that very page, on whatever device', async () => {
  const email = await approverEmail();
  const { context: theirs, page: door } = await person();
  await door.goto(`${URL}/engagements/${engagement}`);
  await door.getByRole('heading', { name: words('enter.link_title') }).waitFor();
  check(!await door.getByLabel(words('enter.company')).isVisible(), 'the only agency of the server is asked for');
  await door.getByLabel(words('enter.email')).fill(email);
  const link = await linkAfter(email, () => door.getByRole('button', { name: words('act.request_link'), exact: true }).click());
  const { context: elsewhere, page: phone } = await person();
  await phone.goto(link);
  await phone.getByRole('button', { name: words('enter.go'), exact: true }).click();
  await phone.getByRole('heading', { level: 1, name: /Dashboard/ }).waitFor();
  same(phone.url(), `${URL}/engagements/${engagement}`, 'where the link leads');
  await theirs.close();
  await elsewhere.close();
});

test('a client who comes back asks for a link, opens it where it was asked for, and finds the door as it was left', async () => {
  const email = await approverEmail();
  const { context: theirs, page: door } = await person();
  await theirs.route('**/api/v1/door', (route) => route.fulfill({ json: { company: null, name: null } })); // several agencies live there
  await door.goto(`${URL}/enter?company=${OWNER.company.toUpperCase()}`);
  await door.getByLabel('E-mail').fill(email);
  const link = await linkAfter(email, () => door.getByRole('button', { name: words('act.request_link'), exact: true }).click());
  await door.evaluate((hash) => { location.hash = hash; }, link.slice(link.indexOf('#')));
  await door.getByRole('button', { name: words('enter.go'), exact: true }).click();
  await door.getByRole('navigation').first().waitFor();
  await door.getByRole('button', { name: words('act.sign_out'), exact: true }).first().click();
  await door.getByRole('heading', { name: words('enter.link_title') }).waitFor();
  same(await door.getByLabel(words('enter.company')).inputValue(), OWNER.company, 'the agency');
  await theirs.close();
});

test('a server that fails is told, with what to do', async () => {
  await page.route('**/api/v1/turns*', (route) => route.fulfill({
    status: 500, contentType: 'application/problem+json', body: '{"type":"urn:waymark:error:internal","title":"internal","status":500}' }));
  await page.goto(URL);
  const alert = page.getByRole('alert').first();
  await alert.waitFor();
  check((await alert.textContent()).includes('Nothing was changed'), await alert.textContent());
  await page.unroute('**/api/v1/turns*');
});

async function fillClient(name) {
  await dialog().getByLabel('Name', { exact: true }).fill(name);
  await dialog().getByLabel('Country').selectOption('DE');
  await dialog().getByLabel('Currency').selectOption('EUR');
  await dialog().getByLabel('Time zone').selectOption('Europe/Berlin');
}

test('what was typed outlives a lost network, and happens once', async () => {
  await page.goto(`${URL}/clients`);
  await settled(page);
  const before = await clientsNow();
  await page.getByRole('button', { name: 'Add client' }).first().click();
  await fillClient('Across the gap');
  await context.setOffline(true);
  await dialog().getByRole('button', { name: 'Add client' }).click();
  await dialog().getByText('No connection to the server').waitFor();
  same(await dialog().getByLabel('Name', { exact: true }).inputValue(), 'Across the gap', 'what was typed');
  await context.setOffline(false);
  await dialog().getByRole('button', { name: 'Add client' }).click();
  await dialog().waitFor({ state: 'detached' });
  same(await clientsNow(), before + 1, 'clients');
});

test('what was typed in an editor and not saved is there after a way elsewhere', async () => {
  const name = page.getByLabel('Name', { exact: true });
  await page.goto(`${URL}/settings/templates/new`);
  await name.fill('Half a template');
  await page.getByRole('link', { name: 'Engagements', exact: true }).click();
  await page.getByRole('link', { name: /Dashboard/ }).first().waitFor();
  await page.goBack();
  await page.getByText(words('edit.found')).waitFor();
  same(await name.inputValue(), 'Half a template', 'what was typed');
  await page.getByRole('button', { name: words('edit.drop') }).click();
  same(await name.inputValue(), '', 'what is saved');
  await page.getByText(words('edit.found')).waitFor({ state: 'detached' });
});

test('an answer that was lost is asked for again and happens once', async () => {
  await page.goto(`${URL}/clients`);
  await settled(page);
  const before = await clientsNow();
  let lost = 0;
  await page.route('**/api/v1/clients', async (route) => {
    if (route.request().method() === 'POST' && lost === 0) { lost += 1; await route.fetch(); await route.abort('connectionreset'); return; }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Add client' }).first().click();
  await fillClient('Lost and found');
  await dialog().getByRole('button', { name: 'Add client' }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.unroute('**/api/v1/clients');
  same(lost, 1, 'lost answers');
  same(await clientsNow(), before + 1, 'clients');
});

test('a double click does it once', async () => {
  await page.goto(`${URL}/clients`);
  await settled(page);
  const before = await clientsNow();
  await page.getByRole('button', { name: 'Add client' }).first().click();
  await fillClient('Twice');
  await dialog().getByRole('button', { name: 'Add client' }).dblclick();
  await dialog().waitFor({ state: 'detached' });
  same(await clientsNow(), before + 1, 'clients');
});

/* Two who have begun to change the title of an engagement, of which the first is done. */
async function meetAt(title) {
  const other = await person({ storageState: await context.storageState() });
  const write = async (one, text) => {
    const form = one.getByRole('dialog');
    await form.getByLabel('Title').fill(text);
    await form.getByRole('button', { name: 'Edit engagement' }).click();
  };
  for (const one of [page, other.page]) {
    await one.goto(`${URL}/engagements/${engagement}`);
    await settled(one);
    await one.getByRole('button', { name: 'Edit engagement' }).click();
    await one.getByRole('dialog').getByLabel('Title').waitFor();
  }
  await write(page, title);
  await dialog().waitFor({ state: 'detached' });
  await write(other.page, 'Second thoughts');
  const form = other.page.getByRole('dialog');
  await form.getByText(words('edit.conflict_title')).waitFor();
  const there = form.getByRole('group', { name: words('edit.theirs') }).getByRole('textbox');
  await there.first().waitFor();
  same(await there.count(), 1, 'fields that differ');
  same(await there.inputValue(), title, 'what is there now');
  same(await titleNow(), title, 'what is kept');
  return { other, form };
}

const titleNow = () => page.evaluate(async (id) => (await (await fetch(`/api/v1/engagements/${id}`)).json()).title, engagement);

test('of two who change the same thing the later one is asked, and can take what is there', async () => {
  const { other, form } = await meetAt('First come');
  await form.getByRole('button', { name: words('edit.take_theirs') }).click();
  await form.getByText(words('edit.conflict_title')).waitFor({ state: 'detached' });
  same(await form.getByLabel('Title').inputValue(), 'First come', 'what the form holds');
  await form.getByRole('button', { name: 'Edit engagement' }).click();
  await form.waitFor({ state: 'detached' });
  same(await titleNow(), 'First come', 'what is kept');
  await other.context.close();
});

test('or can put the own in its place, knowing what was there', async () => {
  const { other, form } = await meetAt('First again');
  await form.getByRole('button', { name: words('edit.keep_mine') }).click();
  await form.waitFor({ state: 'detached' });
  same(await titleNow(), 'Second thoughts', 'what is kept');
  await other.context.close();
});

test('what one does the other sees without loading', async () => {
  const other = await person({ storageState: await context.storageState() });
  await other.page.goto(`${URL}/engagements/${engagement}`);
  await settled(other.page);
  await page.goto(`${URL}/engagements/${engagement}`);
  await settled(page);
  await page.getByRole('button', { name: 'Edit engagement' }).click();
  await dialog().getByLabel('Title').fill('Seen at once');
  await dialog().getByRole('button', { name: 'Edit engagement' }).click();
  await other.page.getByRole('heading', { name: 'Seen at once' }).waitFor();
  await other.context.close();
});

test('the address and the back button lead where one was', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  await page.getByRole('link', { name: /Seen at once/ }).first().click();
  await page.waitForURL(`**/engagements/${engagement}`);
  await page.goBack();
  await page.getByRole('heading', { name: 'Engagements', exact: true }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { name: 'Seen at once' }).waitFor();
});

/* ---- long lists ---- */

const CROWD = 205; // more than the API answers at once
const TENTH = 100; // of them, with a 1 at the hundreds
const A_PAGE = 50;

const rows = () => page.locator('tbody tr');
const search = () => page.getByRole('main').getByRole('searchbox');
const write = (path, bodies) => page.evaluate(async ([where, all]) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const codes = [];
  for (const body of all) {
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token, 'Idempotency-Key': body.name.replaceAll(' ', '-') };
    codes.push((await fetch(`/api/v1/${where}`, { method: 'POST', headers, body: JSON.stringify(body) })).status);
  }
  return codes;
}, [path, bodies]);

async function rowsAre(count) {
  await page.waitForFunction((wanted) => document.querySelectorAll('tbody tr').length === wanted && !document.querySelector('.waiting'), count);
}

/* The lines of the file that a button gives, without the heading. */
async function exported(name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
  return readFileSync(await download.path(), 'utf8').trim().split('\r\n').slice(1);
}

test('what was said and asked before stays with a requirement that is revised, and with one that is withdrawn', async () => {
  const fresh = await page.evaluate(async () => {
    const read = async (path) => (await fetch(`/api/v1/${path}`)).json();
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': (await read('session')).csrf_token };
    const body = JSON.stringify({ client_id: (await read('clients')).items[0].id, title: 'Garden house' });
    return (await (await fetch('/api/v1/engagements', { method: 'POST', headers, body })).json()).id;
  });
  await page.goto(`${URL}/engagements/${fresh}/requirements`);
  for (const text of ['A door of oak', 'A window to the south']) await act(mouse, page, 'add_requirement', { text, priority: 'must' });
  const door = page.locator('li', { hasText: 'R1' }).filter({ hasText: words('act.revise_requirement') });
  await door.getByRole('link', { name: words('comment.title') }).click();
  await act(mouse, page, 'add_comment', { text: 'Is oak not too dear?' });
  await page.getByText('Is oak not too dear?').waitFor();
  await page.goto(`${URL}/engagements/${fresh}`);
  await page.getByRole('link', { name: `${words('turn.answer_comment')} · R1` }).click();
  await page.getByText('Is oak not too dear?').waitFor();
  await act(mouse, page, 'revise_requirement', { text: 'A door of pine' }, { scope: door });
  await page.getByText('A door of pine').waitFor();
  await door.getByText(words('requirement.earlier', { count: 1 })).or(door.locator('summary')).first().click();
  await door.getByText('A door of oak').waitFor();
  await door.getByRole('link', { name: words('comment.title') }).click();
  await page.getByText('Is oak not too dear?').waitFor();
  await act(mouse, page, 'withdraw_requirement', {}, { scope: page.locator('li', { hasText: 'A window to the south' }) });
  await page.getByRole('heading', { name: words('requirement.withdrawn') }).waitFor();
  await page.getByText('A window to the south').waitFor();
});

test('a crowd of clients is there', async () => {
  const codes = await write('clients', Array.from({ length: CROWD }, (_, index) => (
    { name: `Crowd ${String(index).padStart(3, '0')}`, country: 'DE', currency: 'EUR', time_zone: 'Europe/Berlin' })));
  same(codes.filter((code) => code === 201).length, CROWD, 'clients that were added');
});

test('what a list is filtered by outlives a reload and the way back', async () => {
  await page.goto(`${URL}/clients`);
  await rowsAre(A_PAGE);
  await search().fill('Crowd 01');
  await search().press('Enter');
  await rowsAre(10);
  await page.reload();
  await rowsAre(10);
  same(await search().inputValue(), 'Crowd 01', 'the filter');
  await page.getByRole('link', { name: 'Crowd 013' }).click();
  await page.getByRole('heading', { name: 'Crowd 013' }).waitFor();
  await page.goBack();
  await rowsAre(10);
  same(await search().inputValue(), 'Crowd 01', 'the filter');
  await page.goBack();
  await rowsAre(A_PAGE);
  same(await search().inputValue(), '', 'the filter');
});

test('the way back leads to the row where one was', async () => {
  await page.goto(`${URL}/clients?page=2`);
  await rowsAre(2 * A_PAGE);
  const row = page.getByRole('link', { name: /^Crowd/ }).last();
  const name = await row.innerText();
  await row.scrollIntoViewIfNeeded();
  await settled(page); // nobody is as quick as a program: the page hears that it was scrolled first
  await row.click();
  await page.getByRole('heading', { name }).waitFor();
  same(await page.evaluate(() => scrollY), 0, 'where a page begins');
  await page.goBack();
  await rowsAre(2 * A_PAGE);
  await page.waitForFunction((of) => [...document.querySelectorAll('a')].some((one) => one.textContent === of && one.getBoundingClientRect().top < innerHeight), name);
  check(await page.evaluate(() => scrollY) > 0, 'one is back at the top');
});

test('what is being typed into a filter outlives what comes in meanwhile', async () => {
  await page.goto(`${URL}/clients`);
  await rowsAre(A_PAGE);
  await search().pressSequentially('Crowd 20');
  const asked = page.waitForResponse('**/api/v1/clients?*');
  same((await write('clients', [{ name: 'Comes meanwhile', country: 'DE', currency: 'EUR', time_zone: 'Europe/Berlin' }])).join(), '201', 'the answer');
  await asked;
  await settled(page);
  same(await search().inputValue(), 'Crowd 20', 'the filter');
  await search().press('Enter');
  await rowsAre(5);
});

test('Enter opens what was typed, not what was found for the word before', async () => {
  const box = page.getByRole('combobox', { name: words('search.label') });
  await box.fill('Crowd 001');
  await page.getByRole('option', { name: /Crowd 001/ }).waitFor();
  await box.fill('Crowd 002');
  await box.press('Enter');
  await page.getByRole('heading', { name: 'Crowd 002' }).waitFor();
});

test('how far a list is shown and how it is sorted is in its address', async () => {
  await page.goto(`${URL}/clients`);
  await page.getByRole('button', { name: 'Show more' }).click();
  await rowsAre(2 * A_PAGE);
  await page.reload();
  await rowsAre(2 * A_PAGE);
  await page.goto(`${URL}/settings/people`);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.waitForURL('**/settings/people?sort=-name');
  await page.reload();
  await page.locator('th[aria-sort="descending"]').waitFor();
});

test('an export holds every row that the filter lets through, not only those in sight', async () => {
  await page.goto(`${URL}/clients?name_contains=Crowd`);
  await rowsAre(A_PAGE);
  same((await exported(/^CSV/)).length, CROWD, 'rows in the file');
  await page.goto(`${URL}/clients?name_contains=Crowd+1`);
  await rowsAre(A_PAGE);
  const lines = await exported(/^CSV/);
  same(lines.filter((line) => line.startsWith('Crowd 1')).length, TENTH, 'rows in the file');
  same(lines.length, TENTH, 'all rows in the file');
});

test('a table that shows a few rows is exported, too', async () => {
  await page.goto(`${URL}/ledger`);
  await settled(page);
  same((await exported('CSV: Accounts')).length, await page.getByRole('region', { name: 'Accounts', exact: true }).locator('tbody tr').count(), 'rows in the file');
});

test('a form offers all of a long list', async () => {
  await page.goto(`${URL}/engagements`);
  await settled(page);
  await page.getByRole('button', { name: 'New engagement' }).first().click();
  const choices = dialog().getByLabel('Client', { exact: true }).locator('option', { hasText: 'Crowd' });
  await choices.nth(CROWD - 1).waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
});

test('a list that is too long for a page says that it is cut', async () => {
  const items = await page.evaluate(async () => (await (await fetch('/api/v1/engagements')).json()).items);
  await page.route('**/api/v1/engagements?*', (route) => route.fulfill({ json: { items: Array(200).fill(items[0]), next_cursor: 'more' } }));
  await page.goto(`${URL}/evidence`);
  await page.getByText('Only the first 2,000 are shown').waitFor();
  await page.unroute('**/api/v1/engagements?*');
});

test('who cannot reach the server is not told to have signed out', async () => {
  await page.goto(URL);
  await settled(page);
  await page.route('**/api/v1/session', (route) => route.abort());
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText(words('problem.offline')).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.unroute('**/api/v1/session');
});

test('who signs out is out in every window', async () => {
  await page.goto(URL);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Password').waitFor();
});

await run({ atEnd: leave });
