/* The played sample as each role of the agency: whatever the role is led to opens, asks for nothing that the role may not see,
   and has no button that the role may not use. Who may what is read from the contract that the server publishes. */
import { act, follow, open as openAct, send, hasWords, words, writeTemplate } from './acting.mjs';
import { mouse } from './hands.mjs';
import { leave, OWNER, person, settled, signIn, URL } from './house.mjs';
import { check, run, same, test } from './tap.mjs';

const PASSWORD = 'sixteen letters or more';
const ARRIVED_MS = 3000;

/* On which page a role finds what it does, and on which page others do what it may not. */
const ROLES = {
  sales: {
    shown: [['/clients', 'create_client'], ['/clients/{client}', 'create_contact'], ['/engagements/{engagement}', 'change_engagement'], ['/settings/templates', 'create_milestone_template']],
    hidden: [['/clients/{client}', 'erase_contact'], ['/settings/rate-cards', 'create_rate_card'], ['/payments', 'record_payment']],
  },
  delivery: {
    shown: [['/engagements', 'create_engagement'], ['/engagements/{engagement}/requirements', 'add_requirement']],
    hidden: [['/clients', 'create_client'], ['/clients/{client}', 'create_contact'], ['/settings/templates', 'create_milestone_template']],
  },
  finance: {
    shown: [['/payments', 'record_payment'], ['/settings/rate-cards', 'create_rate_card'], ['/clients/{client}', 'invite_contact']],
    hidden: [['/engagements', 'create_engagement'], ['/engagements/{engagement}', 'change_engagement'], ['/settings', 'change_company']],
  },
  auditor: {
    shown: [['/settings/profile', 'set_password']],
    hidden: [['/clients', 'create_client'], ['/engagements/{engagement}/requirements', 'add_requirement'], ['/payments', 'record_payment'], ['/settings/tokens', 'create_api_token']],
  },
};

/* ---- who may what ---- */

const contract = await (await fetch(`${URL}/api/v1/openapi.json`)).json();
const rolesOf = Object.fromEntries(Object.values(contract.paths).flatMap((path) => Object.values(path))
  .filter((operation) => operation['x-roles']).map((operation) => [operation.operationId, operation['x-roles']]));

/* The words of buttons that are for others only: several operations may share one, and what is only read has none. */
function forbiddenWords(role) {
  const acts = Object.keys(rolesOf).filter((name) => hasWords(`act.${name}`));
  const mine = new Set(acts.filter((name) => rolesOf[name].includes(role)).map((name) => words(`act.${name}`)));
  return new Set(acts.map((name) => words(`act.${name}`)).filter((text) => !mine.has(text)));
}

/* ---- the people, and what is not played through yet ---- */

const address = (role) => `${role}@agency.example`;

async function prepare() {
  const { page } = await person();
  await signIn(page);
  for (const role of Object.keys(ROLES)) {
    await page.goto(`${URL}/settings/people`);
    await settled(page);
    await act(mouse, page, 'create_user', { email: address(role), name: role, role, password: PASSWORD });
  }
  await page.goto(`${URL}/clients`);
  await settled(page);
  await act(mouse, page, 'create_client', { name: 'Newcomer', country: 'US', currency: 'USD', time_zone: 'UTC' });
  await page.waitForURL('**/clients/*');
  const client = page.url().split('/').pop();
  await act(mouse, page, 'create_contact', { name: 'Nora Newcomer', email: 'nora@newcomer.example', role: 'approver' });
  await act(mouse, page, 'create_engagement', { title: 'Something new' });
  await page.waitForURL('**/engagements/*');
  return { page, there: { client, engagement: page.url().split('/').pop() } };
}

/* ---- walking ---- */

/* What is not played through yet has pages of the same kinds, which look otherwise. */
const kindOf = (href, fresh) => {
  const { pathname, searchParams } = new globalThis.URL(href, URL);
  const kind = pathname.replace(fresh, '{new}').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\d+/g, '{number}');
  return [kind, ...[...searchParams.keys()].sort()].join('?');
};

const linksOf = (page) => page.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].filter((link) => !link.target && !link.download)
  .map((link) => link.getAttribute('href')).filter((href) => !href.startsWith('/api/')));

const buttonsOf = (page) => page.evaluate(() => [...document.querySelectorAll('main button, main a.button')].map((button) => button.textContent.trim()));

async function open(page, path) {
  await page.goto(URL + path);
  await settled(page);
}

/* As a link leads there, without loading the portal anew; its title has the focus once another page is there. */
async function step(page, path) {
  await page.evaluate(({ href, limit }) => new Promise((arrived) => {
    const link = Object.assign(document.createElement('a'), { href });
    const from = location.pathname;
    document.activeElement?.blur();
    document.body.append(link);
    link.click();
    link.remove();
    if (location.pathname === from) arrived();
    document.addEventListener('focusin', arrived, { once: true });
    setTimeout(arrived, limit);
  }), { href: path, limit: ARRIVED_MS });
  await settled(page);
}

const wrongOf = async (page, path, forbidden) => [
  ...(await page.getByRole('alert').allTextContents()).map((text) => `${path}: shows ${text}`),
  ...(await buttonsOf(page)).filter((text) => forbidden.has(text)).map((text) => `${path}: has the button ${text}`),
];

/* Follows the links from the first page on, one to each kind of page: what is wrong, as sentences, and the kinds. */
async function walk(page, role, fresh) {
  const forbidden = forbiddenWords(role);
  const wrong = [];
  const ahead = ['/'];
  const known = new Set(ahead);
  page.on('response', (response) => {
    if (response.status() === 403) wrong.push(`${new globalThis.URL(page.url()).pathname}: asks for ${response.request().method()} ${response.url()}`);
  });
  await open(page, '/');
  for (let path = ahead.shift(); path; path = ahead.shift()) {
    await step(page, path).catch((late) => { throw new Error(`${path}: ${late.message}`); });
    wrong.push(...await wrongOf(page, path, forbidden));
    for (const href of await linksOf(page)) {
      const kind = kindOf(href, fresh);
      if (!known.has(kind)) ahead.push(href);
      known.add(kind);
    }
  }
  return { wrong, known };
}

const has = async (page, operation) => (await buttonsOf(page)).includes(words(`act.${operation}`));

/* ---- the tests ---- */

const { page: owner, there } = await prepare();
const placed = (path) => path.replace(/\{(\w+)\}/g, (_, name) => there[name]);

async function enter(role) {
  const somebody = await person();
  await signIn(somebody.page, { company: OWNER.company, email: address(role), password: PASSWORD });
  return somebody;
}

async function walked(role) {
  const { context, page, complaints } = await enter(role);
  const { wrong, known } = await walk(page, role, there.engagement);
  await context.close();
  return { wrong: [...wrong, ...complaints], known };
}

const walks = Object.fromEntries(Object.keys(ROLES).map((role) => [role, walked(role)])); // all at once, since each waits for most of the time
await Promise.allSettled(Object.values(walks));

for (const [role, { shown, hidden }] of Object.entries(ROLES)) {
  test(`whatever the portal leads ${role} to is for ${role}`, async () => {
    const { wrong, known } = await walks[role];
    check(wrong.length === 0, `${wrong.length} findings:\n${wrong.join('\n')}`);
    for (const kind of ['/settings/profile', '/engagements/{id}/plan', '/engagements/{new}/requirements', '/invoices/{id}'])
      check(known.has(kind), `${kind} is not among ${[...known].join(' ')}`);
  });

  test(`${role} finds the buttons of ${role}, and not those of others`, async () => {
    const { context, page } = await enter(role);
    for (const [path, operation] of shown) {
      check(rolesOf[operation].includes(role), `${operation} is not for ${role}`);
      await step(page, placed(path));
      check(await has(page, operation), `${operation} is missing on ${path}`);
    }
    for (const [path, operation] of hidden) {
      check(!rolesOf[operation].includes(role), `${operation} is for ${role}`);
      await Promise.all([step(page, placed(path)), step(owner, placed(path))]);
      check(await has(owner, operation), `not even the owner finds ${operation} on ${path}`);
      check(!(await has(page, operation)), `${operation} is offered on ${path}`);
    }
    await context.close();
  });
}

/* A hundred more than the prices sum to: the draft cannot be sent before a milestone of choice has taken it. */
async function putRestOn(page, code) {
  await page.getByLabel(words('field.plan_total'), { exact: true }).fill('1100.01');
  await page.getByRole('button', { name: words('proposal.save') }).click();
  await page.getByText(words('common.saved')).first().waitFor();
  await follow(mouse, page, words('proposal.review'));
  await page.getByText(words('proposal.off')).waitFor();
  check(!(await has(page, 'send_proposal')), 'it can be sent though the prices miss the total');
  const dialog = await openAct(mouse, page, 'settle_proposal');
  await mouse.choose(dialog.getByLabel(words('field.milestone_id')), code);
  await dialog.getByText('650.01').waitFor();
  await send(mouse, dialog);
  await page.getByText('650.01').first().waitFor();
  check(!(await has(page, 'settle_proposal')), 'there is still something to settle');
}

test('sales writes a template, and a proposal begins with it to the last cent', async () => {
  const { context, page, complaints } = await enter('sales');
  await step(page, '/settings/templates');
  await follow(mouse, page, words('act.create_milestone_template'));
  await writeTemplate(mouse, page, 'Website', [['Design', 30], ['Build', 55], ['Hand over', 15]]);
  await step(page, placed('/engagements/{engagement}/proposals/new'));
  const start = page.locator('form').first();
  await start.getByLabel(words('field.milestone_template_id')).selectOption({ label: 'Website' });
  await start.getByLabel(words('field.total'), { exact: true }).fill('1000.01');
  await start.getByLabel(words('field.start_day')).fill('2027-01-11');
  await start.getByRole('button', { name: words('template.begin') }).click();
  await page.waitForURL('**/edit');
  await settled(page);
  const prices = await page.locator('.piece').getByLabel(words('field.price')).evaluateAll((inputs) => inputs.map((input) => input.value));
  same(prices.join(' '), '300.00 550.01 150.00', 'the prices');
  await putRestOn(page, 'M2');
  await step(page, '/settings/templates');
  await act(mouse, page, 'retire_milestone_template');
  await page.getByText(words('template.none_title')).waitFor();
  await context.close();
  check(complaints.length === 0, complaints.join('\n'));
});

await run({ atEnd: leave });
