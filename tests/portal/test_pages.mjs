/* Every page of the played sample, as both sides: axe finds nothing in either theme and direction, nothing sticks out at the
   width of a phone, paper has its content alone, and its picture is kept. */
import { writeTemplate } from './acting.mjs';
import { mouse } from './hands.mjs';
import { axeFindings, leave, person, picture, settled, URL } from './house.mjs';
import { lookAt, THEMES } from './look.mjs';
import { addresses, unvisited } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const all = [];

/* The sample begins with a plan of its own: what its editor of templates looks like needs one. */
async function find(page, isAgency) {
  if (isAgency) {
    await page.goto(`${URL}/settings/templates/new`);
    await writeTemplate(mouse, page, 'Website', [['Design', 30], ['Build', 55], ['Hand over', 15]]);
  }
  const found = await addresses(page, isAgency);
  all.push(...found);
  return found;
}

const [{ state }, client] = await lookAt(find);

test('each page is looked at: here or as a corner', async () => {
  const left = unvisited(all, false);
  check(left.length === 0, `nobody looks at ${left.join(', ')}`);
});

test('the client begins where all that is shown is asked for once, and before there is a script', async () => {
  const { context, page } = await person({ storageState: client.state });
  await page.goto(URL);
  await settled(page);
  check(page.url() === `${URL}/home`, `the client begins at ${page.url()}`);
  const asked = [];
  page.on('request', (request) => { if (/\/(turns|overviews|session)(\?|$)/.test(request.url())) asked.push(request.url()); });
  await page.reload();
  await settled(page);
  check(new Set(asked).size === 3 && asked.length === 3, `asked for ${asked.join(', ')}`);
  const ahead = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/') && one.initiatorType === 'link').length);
  check(ahead === 3, `${ahead} of them before there is a script`);
  await context.close();
});

test('a page that is not there says so', async () => {
  const { context, page } = await person({ storageState: state });
  await page.goto(`${URL}/no-such-page`);
  await settled(page);
  check(await page.getByText('There is nothing here').first().isVisible(), 'it does not say so');
  await context.close();
});

test('the door is sound', async () => {
  for (const theme of THEMES) {
    const { context, page } = await person({ colorScheme: theme });
    await page.goto(URL);
    await settled(page);
    const findings = await axeFindings(page);
    check(findings.length === 0, findings.join('\n'));
    await picture(page, `door-${theme}`);
    await context.close();
  }
});

await run({ atEnd: leave });
