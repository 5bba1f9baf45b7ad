/* Scripts in every text, and a client of somebody else. */
import { env } from 'node:process';
import { enterByLink, leave, person, settled, signIn, URL } from './house.mjs';
import { addresses } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const SEEN_AS_TEXT = 'onerror=';

const agency = await person();
await signIn(agency.page);
const client = await person();
await enterByLink(client.page, env.WAYMARK_LINK);
const stranger = await person();
await enterByLink(stranger.page, env.WAYMARK_STRANGER);
const ofAgency = await addresses(agency.page, true);
const ofClient = await addresses(client.page, false);

async function visit({ page }, paths) {
  let shown = 0;
  for (const path of paths) {
    await page.goto(URL + path);
    await settled(page);
    check(!(await page.evaluate(() => document.documentElement.dataset.harmed)), `${path}: the script has run`);
    if ((await page.textContent('main')).includes(SEEN_AS_TEXT)) shown += 1;
  }
  check(shown >= paths.length / 3, `only ${shown} of ${paths.length} pages show the text at all`);
}

test(`a script in any text stays text on the agency's ${ofAgency.length} pages`, () => visit(agency, ofAgency));
test(`a script in any text stays text on the client's ${ofClient.length} pages`, () => visit(client, ofClient));

test('a page may run no script and no style but its own', async () => {
  const response = await agency.page.goto(URL);
  const policy = response.headers()['content-security-policy'] ?? '';
  for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
    check(policy.includes(rule), `the policy lacks ${rule}: ${policy}`);
  check(!policy.includes('unsafe'), policy);
});

test('no script can read what opens a session', async () => {
  for (const { page } of [agency, client]) {
    const readable = await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
    check(!/waymark_session|\d\.[\w-]{43}/.test(readable), readable);
  }
});

test('a client of somebody else follows every link and sees nothing', async () => {
  const theirs = [...new Set([...ofAgency, ...ofClient])].filter((path) => /[0-9a-f]{8}-/.test(path));
  check(theirs.length > 20, `only ${theirs.length} links`);
  for (const path of theirs) {
    await stranger.page.goto(URL + path);
    await settled(stranger.page);
    const text = await stranger.page.textContent('body');
    for (const secret of ['General Services', 'Sprint S', 'Dashboard', 'USD 1', '$1'])
      check(!text.includes(secret), `${path} shows ${secret}`);
  }
});

test('a client is offered nothing of the agency\'s', async () => {
  for (const path of ['/ledger', '/settings', '/clients', '/reports', '/time']) {
    await client.page.goto(URL + path);
    await settled(client.page);
    check(await client.page.getByText('There is nothing here').first().isVisible(), `${path} is shown to a client`);
  }
});

test('nothing is asked of any other server', async () => {
  const others = new Set();
  agency.page.on('request', (request) => { if (!request.url().startsWith(URL) && !/^(data|blob):/.test(request.url())) others.add(request.url()); });
  for (const path of ofAgency.slice(0, 12)) { await agency.page.goto(URL + path); await settled(agency.page); }
  check(others.size === 0, [...others].join('\n'));
});

await run({ atEnd: leave });
