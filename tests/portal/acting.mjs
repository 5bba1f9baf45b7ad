/* What people do on the portal, said once for every pair of hands: press an act, fill its form, send it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../portal/src/', import.meta.url));
const catalogues = {};
const catalogue = (language) => (catalogues[language] ??= Object.assign({}, ...readdirSync(`${source}messages/${language}`)
  .filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(`${source}messages/${language}/${name}`, 'utf8')))));
const shapes = JSON.parse(readFileSync(`${source}api/generated/forms.json`, 'utf8'));

/* The fields of an operation's form, of one of its fields if it is named. */
export const fieldsOf = (operation, ...names) =>
  names.reduce((fields, name) => fields.find((field) => field.name === name).fields, shapes[operation] ?? []);

export const hasWords = (key) => key in catalogue('en');

/* The words that people see for a key of the catalogues; of those that count, the ones for many. */
export function words(key, values = {}, language = 'en') {
  const message = catalogue(language)[key];
  if (message === undefined) throw new Error(`no catalogue has ${key}`);
  return (message.other ?? message).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

const labelled = (scope, name) => scope.getByLabel(new RegExp(`^${words(`field.${name}`).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(optional\\))?$`)).first();
const group = (scope, name) => scope.getByRole('group', { name: words(`field.${name}`), exact: true });

async function fillOne(hand, scope, field, value) {
  const target = labelled(scope, field.name);
  if (field.kind === 'list') return fillList(hand, group(scope, field.name), field, value);
  if (field.kind === 'object') return fill(hand, group(scope, field.name), field.fields, value);
  if (field.kind === 'boolean') return value ? hand.tick(target) : undefined;
  if (await target.evaluate((element) => element.tagName) !== 'SELECT') return hand.write(target, String(value));
  return hand.choose(target, value);
}

async function fillList(hand, scope, field, items) {
  for (const [index, item] of items.entries()) {
    const rows = scope.locator(':scope > .item');
    if (await rows.count() <= index) await hand.press(scope.locator(':scope > div:last-child > button'));
    await fill(hand, rows.nth(index), field.fields, item);
  }
}

/* Writes each value into the field of its name. */
export async function fill(hand, scope, fields, value) {
  for (const [name, one] of Object.entries(value)) {
    const field = fields.find((each) => each.name === name);
    if (!field) throw new Error(`no field ${name}`);
    await fillOne(hand, scope, field, one);
  }
}

/* Presses the button of an operation; answers its dialog, once its form is there. */
export async function open(hand, page, operation, { scope = page, text = words(`act.${operation}`) } = {}) {
  await hand.press(scope.getByRole('button', { name: text, exact: true }).first());
  const dialog = page.getByRole('dialog');
  await dialog.locator('footer button[type=submit]:not([aria-disabled])').waitFor();
  return dialog;
}

/* Sends what a dialog holds, and waits until it is done. */
export async function send(hand, dialog) {
  await hand.press(dialog.locator('footer button[type=submit]'));
  await dialog.waitFor({ state: 'detached' });
}

/* Presses the button of an operation, fills its form, sends it, and waits until it is done. */
export async function act(hand, page, operation, value = {}, where = {}) {
  const dialog = await open(hand, page, operation, where);
  await fill(hand, dialog, fieldsOf(operation), value);
  await send(hand, dialog);
}

/* Follows a link by its words, and waits for the page that it leads to. */
export async function follow(hand, page, name, scope = page) {
  const before = page.url();
  await hand.press(scope.getByRole('link', { name }).first());
  await page.waitForFunction((url) => location.href !== url, before);
}

/* Writes a template of milestones, each after the one before. */
export async function writeTemplate(hand, page, name, pieces) {
  await page.getByLabel(words('field.name'), { exact: true }).waitFor();
  await hand.write(page.getByLabel(words('field.name'), { exact: true }), name);
  for (const [index, [title, weight]] of pieces.entries()) {
    await hand.press(page.getByRole('button', { name: words('plan.add') }));
    const piece = page.locator('.piece').nth(index);
    await hand.write(piece.getByLabel(words('field.title')), title);
    await hand.write(piece.getByLabel(words('field.weight')), String(weight));
  }
  await hand.press(page.getByRole('button', { name: words('template.save') }));
  await page.waitForURL('**/settings/templates');
}
