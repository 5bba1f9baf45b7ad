/* A sprint, from its start to its acceptance in writing: tasks and their time, handing over, the client's review. */
import { act, follow, open, send, words } from '../acting.mjs';
import { settled } from '../house.mjs';
import { same, test } from '../tap.mjs';
import { button, heading, see, visit } from './cast.mjs';
import { acceptedOn, inWords, KICKOFF, MOVED, REFUSED, TASKS, TIME } from './sample.mjs';

const nameOf = ({ code, title }) => `${code} ${title}`;
const LINK = 'https://staging.truetandem.example/';
const reportOf = (title, { code }) => (
  { name: `${title.replaceAll(' ', '-')}-${code}.md`, mimeType: 'text/markdown', buffer: Buffer.from(`# ${title}, ${code}\n\nWhat was done, what comes next, what blocks.\n`) });

/* ---- its beginning ---- */

async function openMilestone(hand, page, sprint) {
  await visit(hand, page);
  await follow(hand, page, nameOf(sprint));
  await heading(page, nameOf(sprint));
  await settled(page);
}

export async function begin({ hand, as }, sprint) {
  const page = await as('agency');
  await openMilestone(hand, page, sprint);
  await act(hand, page, 'start_milestone');
  await button(page, words('act.submit_milestone')).waitFor();
}

const rowOf = (page, title) => page.locator('li').filter({ hasText: title }).first();

async function planTasks({ hand, as }, sprint) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.plan');
  const panel = page.locator('section.panel').filter({ has: page.getByRole('heading', { name: nameOf(sprint) }) });
  for (const task of TASKS) {
    await act(hand, page, 'create_task', task, { scope: panel });
    await see(panel, task.title);
  }
  const after = rowOf(page, TASKS[1].title);
  await hand.press(after.getByLabel(words('plan.more_of', { code: 'T2' })));
  await act(hand, page, 'add_task_dependency', { after_task_id: `T1 ${TASKS[0].title}` }, { scope: after });
  await after.locator('.chip', { hasText: 'T1' }).waitFor();
}

/* The bar of the second is moved by a day: nothing has moved before there is a reason. */
async function moveTask({ hand, as }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.plan');
  await follow(hand, page, words('plan.gantt'));
  await hand.slide(page.locator('.bar.movable').nth(1), 1);
  const dialog = page.getByRole('dialog');
  await dialog.locator('footer button[type=submit]:not([aria-disabled])').waitFor();
  for (const [field, day] of Object.entries(MOVED.days)) same(await dialog.getByLabel(words(`field.${field}`)).inputValue(), day, field);
  await hand.press(dialog.locator('footer button[type=submit]'));
  await see(dialog, words('form.missing'));
  await hand.write(dialog.getByLabel(words('field.reason')), MOVED.reason);
  await send(hand, dialog);
  await see(page, words('plan.signed_stand'));
}

/* ---- its tasks and their time ---- */

const STEPS = ['make_task_ready', 'start_task', 'finish_task'];

async function doTasks(hand, page) {
  await visit(hand, page, 'engagement.plan');
  for (const { title } of TASKS)
    for (const step of STEPS) await act(hand, page, step, {}, { scope: rowOf(page, title) });
}

const weekday = (day) => new Date(day).getUTCDay();
const startOfWeek = (day) => new Date(Date.parse(day) - ((weekday(day) + 6) % 7) * 86_400_000).toISOString().slice(0, 10);

async function recordTime(hand, page, [day, task, hours]) {
  const scope = page.locator('.week > li').nth((weekday(day) + 6) % 7);
  const dialog = await open(hand, page, 'record_time', { scope, text: words('time.record') });
  const on = dialog.getByLabel(words('time.on'));
  const name = await on.locator('option').filter({ hasText: `${task} ` }).first().innerText();
  await hand.choose(on, name);
  await hand.write(dialog.getByLabel(words('time.hours')), String(hours));
  await hand.choose(dialog.getByLabel(words('field.role')), 'lead');
  await hand.write(dialog.getByLabel(words('field.note')), name);
  await send(hand, dialog);
  await scope.getByText(name).waitFor();
}

/* The technical lead does what is planned, and writes down the hours of two weeks; the earlier one is a step back. */
async function work({ hand, as }) {
  const page = await as('lead');
  await doTasks(hand, page);
  await visit(hand, page, 'engagement.time');
  const [later, earlier] = [...new Set(TIME.map(([day]) => startOfWeek(day)))].reverse();
  for (const start of [later, earlier]) {
    await see(page, inWords(start));
    for (const entry of TIME.filter(([day]) => startOfWeek(day) === start)) await recordTime(hand, page, entry);
    if (start === later) await follow(hand, page, words('time.week_before'));
  }
}

async function approveTime({ hand, as, show }) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.time');
  const dialog = await open(hand, page, 'approve_time_entry', { text: words('time.approve_all', { count: TIME.length }) });
  await send(hand, dialog);
  await see(page.getByRole('table'), words('value.approved'));
  await show('time');
}

/* ---- handing over ---- */

async function handOver({ hand, as }, sprint) {
  const page = await as('agency');
  await openMilestone(hand, page, sprint);
  const dialog = await open(hand, page, 'submit_milestone');
  for (const { title, kind } of sprint.deliverables) {
    const part = dialog.getByRole('group', { name: title, exact: true });
    if (kind === 'link') await hand.write(part.getByLabel(words('field.link')), LINK);
    else {
      await part.locator('input[type=file]').dispatchEvent('cancel', { bubbles: true }); // who leaves the chooser of files stays in the form
      await hand.attach(part.locator('input[type=file]'), reportOf(title, sprint));
      await part.getByText(/SHA-256/).waitFor();
    }
  }
  await send(hand, dialog);
}

async function report({ hand, as }, sprint) {
  const page = await as('agency');
  await visit(hand, page, 'engagement.reports');
  await act(hand, page, 'send_status_report', { note: `${nameOf(sprint)} is handed over.` });
  await see(page.getByRole('table'), `${nameOf(sprint)} is handed over.`);
}

async function readReport({ hand, as, show }, sprint) {
  const page = await as('client');
  await visit(hand, page, 'engagement.reports');
  await follow(hand, page, new RegExp(words('report.title', { number: 1 })));
  await see(page.locator('.letter'), `${nameOf(sprint)} is handed over.`);
  await page.locator('.letter li').filter({ has: page.getByText(nameOf(sprint), { exact: true }) }).waitFor();
  await show('report');
}

/* ---- the review ---- */

async function review({ hand, as }, sprint) {
  const page = await as('client');
  await page.getByRole('link', { name: words('nav.home'), exact: true }).first().waitFor();
  await hand.press(page.getByRole('link', { name: words('nav.home'), exact: true }).first());
  await follow(hand, page, new RegExp(`${words('turn.decide_submission')}.*${sprint.code}`));
  await page.locator('fieldset.criterion').nth(sprint.criteria.length - 1).waitFor();
  return page;
}

const judge = (hand, page, at, verdict) =>
  hand.tick(page.locator('fieldset.criterion').nth(at).getByRole('radio', { name: words(`review.${verdict}`), exact: true }));

async function accept(stage, sprint) {
  const { hand } = stage;
  const page = await review(stage, sprint);
  for (const at of sprint.criteria.keys()) await judge(hand, page, at, 'met');
  await act(hand, page, 'accept_submission');
  await see(page, words('milestone.certificate'));
}

/* The last criterion is not met. */
async function refuse(stage, sprint) {
  const { hand } = stage;
  const page = await review(stage, sprint);
  const last = sprint.criteria.length - 1;
  for (let at = 0; at < last; at += 1) await judge(hand, page, at, 'met');
  await judge(hand, page, last, 'not_met');
  await hand.tick(page.getByRole('radio', { name: new RegExp(`^${words('value.major')}`) }));
  await hand.write(page.getByLabel(words('review.what_is_wrong')), REFUSED.reason);
  await hand.tick(page.getByRole('radio', { name: new RegExp(`^${words('review.remedy_rework')}`) }));
  await stage.show('review');
  await review(stage, sprint); // by way of the first page
  await see(page, words('edit.found'));
  same(await page.getByLabel(words('review.what_is_wrong')).inputValue(), REFUSED.reason, 'what was typed before');
  await act(hand, page, 'reject_submission');
}

async function takeUpAgain({ hand, as }, sprint) {
  const page = await as('agency');
  await openMilestone(hand, page, sprint);
  await see(page, REFUSED.reason);
  await act(hand, page, 'rework_milestone');
  await button(page, words('act.submit_milestone')).waitFor();
}

/* ---- what comes after what ---- */

async function inOrder(stage, sprint, scenes) {
  for (const scene of scenes) await scene(stage, sprint);
}

export function firstSprint(at, sprint) {
  test(`${sprint.title}: tasks are planned for it, and it begins`, at.on(KICKOFF.kickoff_day, inOrder, sprint, [planTasks, moveTask, begin]));
  test('the technical lead does the tasks and records the hours, which are approved', at.on(acceptedOn(sprint), inOrder, sprint, [work, approveTime]));
  test('it is handed over with a status report that the client reads, and accepted', at.on(acceptedOn(sprint), inOrder, sprint, [handOver, report, readReport, accept]));
}

export function refusedSprint(at, sprint) {
  test(`${sprint.title}: what does not work is refused with its reason`, at.on(acceptedOn(sprint), inOrder, sprint, [begin, handOver, refuse]));
  test('it is done again, and accepted', at.on(acceptedOn(sprint), inOrder, sprint, [takeUpAgain, handOver, accept]));
}

export function nextSprint(at, sprint) {
  test(`${sprint.title}: begun, handed over, and accepted criterion by criterion`, at.on(acceptedOn(sprint), inOrder, sprint, [begin, handOver, accept]));
}

export function lastOfSprint(at, sprint) {
  test(`${sprint.title}: handed over under the change, and accepted`, at.on(acceptedOn(sprint), inOrder, sprint, [handOver, accept]));
}
