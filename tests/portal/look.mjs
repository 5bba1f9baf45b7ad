/* Looking at pages in every way: wide and narrow, light and dark, from right to left, on paper. */
import { env } from 'node:process';
import { axeFindings, enterByLink, person, picture, settled, signIn, URL } from './house.mjs';
import { hasPaper } from './pages.mjs';
import { check, test } from './tap.mjs';

export const THEMES = ['light', 'dark'];
export const WIDTHS = [390, 1440];
const FRAME_MS = 50;
export const HEIGHT = 900;
const COLOURS = ['color-contrast', 'link-in-text-block'];

/* One sign-in for each side: its session is shared by all that are looked at. */
export async function enter(side, find) {
  const { context, page } = await person();
  if (side === 'agency') await signIn(page);
  else await enterByLink(page, env.WAYMARK_LINK);
  const state = await context.storageState();
  const found = await find(page, side === 'agency');
  await context.close();
  return { side, state, found, printed: ['nothing was printed'] };
}

export function nameOf(side, path, width, look) {
  const page = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one').replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '') || 'first';
  return `${side}-${page}-${width}-${look}`;
}

const sticksOut = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > width + 1 ? document.documentElement.scrollWidth - width : 0;
});

/* What is wrong with a page as it stands there. In the dark only its colours are others. */
async function findingsOf(page, theme) {
  const findings = await axeFindings(page, theme === 'dark' ? COLOURS : undefined);
  const out = await sticksOut(page);
  return out ? [...findings, `sticks out by ${out} pixels`] : findings;
}

/* The page asks nothing anew when its theme changes, but is laid out and painted. */
export async function inTheme(page, theme) {
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((wait) => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, wait)));
  }), FRAME_MS);
}

const SHEET = { width: 688, height: 971 }; // A4 between its margins
const OF_SCREEN = 'nav, button, .button, .tools input, .tools select, .toasts, [role="search"]';

/* What is wrong with a page on paper: it is to be black on white from a dark screen, without what can only be clicked, and as
   wide as the sheet. The page has changed for its printer after that. */
async function printedWrong(page) {
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
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
  await page.emulateMedia({ media: 'screen' });
  return out ? [...findings, `is cut by ${out} pixels`] : findings;
}

const sound = (wrong) => check(wrong.length === 0, `${wrong.length} findings:\n${wrong.join('\n')}`);

/* Visits each page once and looks at it in every way; in English on paper too, which is told afterwards. This browser leaves
   the place of a paper empty: its picture is taken with the papers (test_papers.mjs). */
async function look(side, language, widths, themes) {
  const { context, page, complaints } = await person({ storageState: side.state });
  await page.addInitScript((wanted) => localStorage.setItem('language', wanted), language);
  const wrong = [];
  const printed = [];
  for (const path of side.found) {
    await page.goto(URL + path);
    await settled(page);
    const shows = await page.locator('iframe.paper').count() > 0;
    if (shows && !hasPaper(path)) wrong.push(`${path}: has a paper, which hasPaper() does not say`);
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      for (const theme of themes) {
        await inTheme(page, theme);
        wrong.push(...(await findingsOf(page, theme)).map((finding) => `${path}, ${width} pixels, ${theme}: ${finding}`));
        if (!shows) await picture(page, nameOf(side.side, path, width, language === 'en' ? theme : language));
      }
    }
    if (language === 'en') printed.push(...(await printedWrong(page)).map((finding) => `${path}: ${finding}`));
  }
  if (language === 'en') side.printed = printed;
  await context.close();
  sound([...wrong, ...complaints]);
}

/* What find(page, is it the agency's) leads to, as both sides, in every way. Returns the sides. */
export async function lookAt(find) {
  const sides = [await enter('agency', find), await enter('client', find)];
  for (const side of sides) {
    const many = `${side.found.length} sound pages`;
    test(`the ${side.side} sees ${many}, at 390 and at 1440 pixels, light and dark`, () => look(side, 'en', WIDTHS, THEMES));
    test(`the ${side.side} prints the content of each page and nothing else`, async () => sound(side.printed));
    test(`the ${side.side} reads all of it from right to left`, () => look(side, 'ar', WIDTHS.slice(-1), ['light']));
  }
  return sides;
}
