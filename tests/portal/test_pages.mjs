/* Every page of the played sample, as both sides, but for those that show a paper: axe finds nothing in either theme and
   direction, nothing sticks out at the width of a phone, paper has its content alone, and its picture is kept. */
import { axeFindings, leave, person, picture, settled, URL } from './house.mjs';
import { lookAt, THEMES } from './look.mjs';
import { hasPaper } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const [{ state }] = await lookAt((path) => !hasPaper(path));

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
