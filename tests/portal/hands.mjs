/* Two ways to use a page: by mouse, and by keyboard alone. A play is written once for both. */

const MOST_TABS = 400;

export const mouse = {
  name: 'the mouse',
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  choose: (target, value) => target.selectOption(value),
  tick: (target) => target.check(),
};

/* Tab by Tab, as somebody without a mouse gets there; an element that cannot be reached fails the test. */
async function reach(target) {
  await target.waitFor();
  const page = target.page();
  const there = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await there()) return page;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with ${MOST_TABS} tabs: ${target}`);
}

/* Tab leads to a group of radio buttons, the arrows from one to the next. */
async function chooseRadio(target) {
  const page = target.page();
  const isInGroup = () => target.evaluate((element) => document.activeElement?.name === element.name);
  for (let tabs = 0; !(await isInGroup()); tabs += 1) {
    if (tabs > MOST_TABS) throw new Error(`not reached with ${MOST_TABS} tabs: ${target}`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 10 && !(await target.isChecked()); steps += 1) await page.keyboard.press('ArrowDown');
}

/* How far an option is from the chosen one. Choices that the page still asks for are waited for, as a person would. */
async function stepsTo(target, value) {
  const found = await target.page().waitForFunction(([element, wanted]) => {
    const index = [...element.options].findIndex((option) => option.value === wanted || option.label === wanted);
    return index < 0 ? undefined : { steps: index - element.selectedIndex };
  }, [await target.elementHandle(), value]);
  return (await found.jsonValue()).steps;
}

export const keyboard = {
  name: 'the keyboard alone',
  async press(target) { await (await reach(target)).keyboard.press('Enter'); },
  async write(target, text) {
    const page = await reach(target);
    const kind = await target.evaluate((element) => element.type);
    if (kind === 'date') {
      const [year, month, day] = text.split('-');
      await page.keyboard.type(`${month}${day}${year}`); // as the American locale of the test orders it
      return;
    }
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
  async choose(target, value) {
    const page = await reach(target);
    const steps = await stepsTo(target, value);
    for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  },
  async tick(target) {
    if (await target.evaluate((element) => element.type === 'radio')) return chooseRadio(target);
    const page = await reach(target);
    if (!(await target.isChecked())) await page.keyboard.press('Space');
  },
};
