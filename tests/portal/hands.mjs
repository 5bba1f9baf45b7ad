/* Two ways to use a page: by mouse, and by keyboard alone. A play is written once for both. */

const MOST_TABS = 400;
const FEW_STEPS = 6; // in a list of choices; further away people type its first letters
const DAY_WIDTH = 28; // pixels, of the calendar by weeks
const TYPED = 20; // characters; what is longer people have somewhere, and paste

/* Opens the chooser of files by that press, and chooses. */
async function chooseFile(page, press, file) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
  await chooser.setFiles(file);
}

export const mouse = {
  name: 'the mouse',
  keepsPictures: true,
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  choose: (target, value) => target.selectOption(value),
  tick: (target) => target.check(),
  attach: (target, file) => chooseFile(target.page(), () => target.locator('xpath=ancestor::label').click(), file),
  async slide(target, days) {
    await target.hover();
    const { x, y, width, height } = await target.boundingBox();
    const { mouse: pointer } = target.page();
    await pointer.down();
    await pointer.move(x + width / 2 + days * DAY_WIDTH, y + height / 2, { steps: 5 });
    await pointer.up();
  },
};

/* ---- the keyboard ---- */

/* Where it is from where the keyboard is: "here", "busy" if it is and does nothing yet, or the key that leads there and how
   often, as far as one can see; "skip" past what stands on every page. */
const wayTo = (target) => target.evaluate((element) => {
  const now = document.activeElement;
  if (now === element && element.ariaDisabled === 'true') return { way: 'busy' };
  if (now === element || (element.type === 'radio' && now?.type === 'radio' && now.name === element.name)) return { way: 'here' };
  if (!now || now === document.body) return { way: 'Tab', times: 1 };
  if (now.matches('a.skip')) return element.closest('main') ? { way: 'skip' } : { way: 'Tab', times: 1 };
  const between = now.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING ? [element, now] : [now, element];
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex]')]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility() && (one.type !== 'radio' || one.checked));
  const [from, to] = between.map((one) => stops.indexOf(one));
  return { way: between[0] === now ? 'Tab' : 'Shift+Tab', times: Math.max(from < 0 ? 1 : to - from, 1) };
});

/* Tab by Tab, as somebody without a mouse gets there, half of the way before looking up again; an element that cannot be
   reached fails the test. */
async function reach(target) {
  await target.waitFor();
  const page = target.page();
  for (let tabs = 0, before; tabs < MOST_TABS; tabs += 1) {
    const { way, times } = await wayTo(target);
    if (way === 'here') return page;
    if (way === 'busy') await target.and(page.locator(':not([aria-disabled=true])')).waitFor();
    else if (way === 'skip') await page.keyboard.press('Enter');
    else for (let left = way === before ? times : Math.ceil(times / 2); left > 0; left -= 1, tabs += 1) await page.keyboard.press(way);
    before = way;
  }
  throw new Error(`not reached with ${MOST_TABS} tabs: ${target}`);
}

/* Tab leads to a group of radio buttons, the arrows from one to the next. */
async function chooseRadio(target) {
  const page = await reach(target);
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 10 && !(await target.isChecked()); steps += 1) await page.keyboard.press('ArrowDown');
}

/* How far an option is from the chosen one, and what it says. Choices that the page still asks for are waited for, as a
   person would. */
async function optionOf(target, value) {
  const found = await target.page().waitForFunction(([element, wanted]) => {
    const index = [...element.options].findIndex((option) => option.value === wanted || option.label === wanted);
    return index < 0 ? undefined : { steps: index - element.selectedIndex, label: element.options[index].label };
  }, [await target.elementHandle(), value]);
  return found.jsonValue();
}

/* A day has its parts in the order of the test's American locale; who comes from behind goes on to the first of them. */
async function writeDay(page, target, text) {
  const isHere = () => target.evaluate((element) => element === document.activeElement);
  while (await isHere()) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  const [year, month, day] = text.split('-');
  await page.keyboard.type(`${month}${day}${year}`);
}

export const keyboard = {
  name: 'the keyboard alone',
  keepsPictures: false, // they would be those of the mouse
  async press(target) { await (await reach(target)).keyboard.press('Enter'); },
  async write(target, text) {
    const page = await reach(target);
    if (await target.evaluate((element) => element.type) === 'date') return writeDay(page, target, text);
    await page.keyboard.press('Control+A');
    return text.length > TYPED ? page.keyboard.insertText(text) : page.keyboard.type(text);
  },
  async choose(target, value) {
    const page = await reach(target);
    const { steps, label } = await optionOf(target, value);
    if (Math.abs(steps) > FEW_STEPS) await page.keyboard.type(label);
    const rest = Math.abs(steps) > FEW_STEPS ? (await optionOf(target, value)).steps : steps;
    for (let step = 0; step < Math.abs(rest); step += 1) await page.keyboard.press(rest > 0 ? 'ArrowDown' : 'ArrowUp');
  },
  async tick(target) {
    if (await target.evaluate((element) => element.type === 'radio')) return chooseRadio(target);
    const page = await reach(target);
    if (!(await target.isChecked())) await page.keyboard.press('Space');
    return undefined;
  },
  async attach(target, file) {
    const page = await reach(target);
    await chooseFile(page, () => page.keyboard.press('Space'), file);
  },
  async slide(target, days) {
    const page = await reach(target);
    for (let day = 0; day < days; day += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
  },
};
