/* Every page of the played sample, as both sides: axe finds nothing in either theme and direction, nothing sticks out at the
   width of a phone, paper has its content alone, and its picture is kept. */
import { env } from 'node:process';
import { writeTemplate } from './acting.mjs';
import { mouse } from './hands.mjs';
import { axeFindings, enterByLink, leave, person, picture, settled, signIn, URL } from './house.mjs';
import { addresses } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const WIDTHS = [390, 1440];
const THEMES = ['light', 'dark'];

/* The sample begins with a plan of its own: what its editor of templates looks like needs one. */
async function withTemplate(page) {
  await page.goto(`${URL}/settings/templates/new`);
  await writeTemplate(mouse, page, 'Website', [['Design', 30], ['Build', 55], ['Hand over', 15]]);
}

/* One sign-in for each side: its session is shared by all that are looked at. */
async function enter(side) {
  const { context, page } = await person();
  if (side === 'agency') await signIn(page);
  else await enterByLink(page, env.WAYMARK_LINK);
  if (side === 'agency') await withTemplate(page);
  const state = await context.storageState();
  const found = await addresses(page, side === 'agency');
  await context.close();
  return { side, state, found };
}

const nameOf = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one').replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '') || 'first';

const sticksOut = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > width + 1 ? document.documentElement.scrollWidth - width : 0;
});

async function look({ side, state, found }, { width, theme, language = 'en', eachPicture = true }) {
  const { context, page, complaints } = await person({ storageState: state, viewport: { width, height: 900 }, colorScheme: theme });
  await page.addInitScript((wanted) => { if (globalThis.localStorage) localStorage.setItem('language', wanted); }, language); // a frame of a PDF has none
  const wrong = [];
  for (const path of found) {
    await page.goto(URL + path);
    await settled(page);
    const findings = await axeFindings(page);
    const out = await sticksOut(page);
    if (out) findings.push(`sticks out by ${out} pixels`);
    wrong.push(...findings.map((finding) => `${path}: ${finding}`));
    if (eachPicture) await picture(page, `${side}-${nameOf(path)}-${width}-${theme}`);
    if (language !== 'en') await picture(page, `${side}-${nameOf(path)}-${width}-${language}`);
  }
  wrong.push(...complaints);
  await context.close();
  check(wrong.length === 0, `${wrong.length} findings:\n${wrong.join('\n')}`);
}

const SHEET = { width: 688, height: 971 }; // A4 between its margins
const OF_SCREEN = 'nav, button, .button, .tools input, .tools select, .toasts, [role="search"]';

/* Black on white from a dark screen, without what can only be clicked, and as wide as the sheet. */
async function print({ state, found }) {
  const { context, page } = await person({ storageState: state, viewport: SHEET, colorScheme: 'dark' });
  const wrong = [];
  for (const path of found) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(URL + path);
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const findings = await page.evaluate((ofScreen) => {
      const seen = [...document.querySelectorAll(ofScreen)].filter((one) => one.checkVisibility() && !one.closest('thead'));
      const [ink, paper] = [getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.documentElement).backgroundColor];
      return [
        ...seen.map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)} is printed`),
        ...(ink === 'rgb(0, 0, 0)' && paper === 'rgb(255, 255, 255)' ? [] : [`${ink} on ${paper}`]),
      ];
    }, OF_SCREEN);
    const out = await sticksOut(page);
    if (out) findings.push(`is cut by ${out} pixels`);
    wrong.push(...findings.map((finding) => `${path}: ${finding}`));
  }
  await context.close();
  check(wrong.length === 0, `${wrong.length} findings:\n${wrong.join('\n')}`);
}

const sides = [await enter('agency'), await enter('client')];
for (const side of sides) {
  for (const width of WIDTHS)
    for (const theme of THEMES)
      test(`the ${side.side} sees ${side.found.length} sound pages, ${width} pixels wide and ${theme}`, () => look(side, { width, theme }));
  test(`the ${side.side} prints the content of each page and nothing else`, () => print(side));
  test(`the ${side.side} reads all of it from right to left`, () => look(side, { width: 1440, theme: 'light', language: 'ar', eachPicture: false }));
}

test('a page that is not there says so', async () => {
  const { context, page } = await person({ storageState: sides[0].state });
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
