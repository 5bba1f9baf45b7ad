/* Pictures of the pages that show a paper, with a browser that has a viewer of PDF. What else there is to see of them, the
   others look at (test_pages.mjs). */
import { leave, person, picture, settled, URL } from './house.mjs';
import { enter, HEIGHT, inTheme, nameOf, THEMES, WIDTHS } from './look.mjs';
import { addresses, hasPaper } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const find = async (page, isAgency) => (await addresses(page, isAgency)).filter(hasPaper);

/* A viewer draws its paper once it is in sight, and as wide as it began: the window becomes as high as the page, and the
   page comes anew. */
async function widen(page, width) {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await page.reload();
  await settled(page);
}

async function keepPictures({ side, state, found }) {
  const { context, page, complaints } = await person({ storageState: state });
  for (const path of found) {
    await page.goto(URL + path);
    await settled(page);
    if (await page.locator('iframe.paper').count() === 0) complaints.push(`${path}: shows no paper`);
    for (const width of WIDTHS) {
      await widen(page, width);
      for (const theme of THEMES) {
        await inTheme(page, theme);
        await picture(page, nameOf(side, path, width, theme));
      }
    }
  }
  await context.close();
  check(complaints.length === 0, complaints.join('\n'));
}

for (const side of [await enter('agency', find), await enter('client', find)]) {
  test(`the ${side.side} has ${side.found.length} pages with a paper, at 390 and at 1440 pixels, light and dark`, async () => {
    check(side.found.length > 2, 'there are too few of them');
    await keepPictures(side);
  });
}
await run({ atEnd: leave });
