/* The pages that the played sample does not come to: what waits to be decided, drafts, settings and books, looked at as all
   others are. */
import { fieldsOf, fill, open, send, words } from './acting.mjs';
import { mouse } from './hands.mjs';
import { leave, person, picture, settled, URL } from './house.mjs';
import { lookAt } from './look.mjs';
import { corners, unvisited } from './pages.mjs';
import { check, run, same, test } from './tap.mjs';

const sides = await lookAt(corners);

test('each corner is looked at', async () => {
  const left = unvisited(sides.flatMap(({ found }) => found), true);
  check(left.length === 0, `nobody looks at ${left.join(', ')}`);
});

/* ---- a change order that waits to be proposed again ---- */

const [agency] = sides;
const draft = agency.found.find((path) => /^\/change-orders\/.*\/edit$/.test(path));

async function atDraft(path) {
  const { page, context } = await person({ storageState: agency.state });
  await page.goto(URL + path);
  await settled(page);
  return { page, context };
}

test('the prices of a change order are made to meet its total', async () => {
  const { page, context } = await atDraft(draft);
  const pieces = page.locator('section.piece');
  const count = await pieces.count();
  await mouse.press(page.getByRole('button', { name: words('plan.add'), exact: true }));
  await fill(mouse, pieces.nth(count), fieldsOf('create_proposal', 'plan', 'milestones'), { title: 'The roof', due_day: '2030-01-31', price: '50.00' });
  await mouse.write(page.locator('.sumbar').getByLabel('Total'), '400.00');
  await mouse.press(page.getByRole('button', { name: words('proposal.save'), exact: true }));
  await page.getByText(words('common.saved')).waitFor();
  const dialog = await open(mouse, page, 'settle_change_order');
  const code = await pieces.nth(count).getByLabel(words('field.code')).first().inputValue();
  await fill(mouse, dialog, [{ name: 'milestone_id' }], { milestone_id: code });
  await picture(page, 'agency-change-order-settled');
  await send(mouse, dialog);
  await page.getByText(words('plan.exact')).waitFor();
  same(await pieces.nth(count).getByLabel(words('field.price'), { exact: true }).inputValue(), '100.00', 'what the roof costs');
  await context.close();
});

test('what a change order says is compared with what it said before', async () => {
  const { page, context } = await atDraft(draft.replace('/edit', ''));
  const earlier = page.getByRole('combobox', { name: words('proposal.compare') });
  await earlier.selectOption({ index: 1 });
  await settled(page);
  const said = await page.locator('section.panel', { has: earlier }).innerText();
  for (const one of ['The roof', '$300.00', '$400.00']) check(said.includes(one), `"${one}" is missing: ${said}`);
  await picture(page, 'agency-change-order-compared');
  await context.close();
});

await run({ atEnd: leave });
