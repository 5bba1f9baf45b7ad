/* An engagement from the first requirement to the last payment, agency and client in two browsers at once. Nothing but
   what people see and do; the hands are given. */
import { act, follow, words } from './acting.mjs';
import { leave, linkFor, OWNER, person, picture, settled, URL } from './house.mjs';
import { check, run, same, test } from './tap.mjs';

const CLIENT = 'General Services';
const APPROVER = { name: 'Carla Contracting', email: 'carla@services.example' };
const TITLE = 'Dashboard of authorisations';
const FIRST = { code: 'S1', title: 'Sprint 1: prototype', price: '12000.00' };
const SECOND = { code: 'S2', title: 'Sprint 2: dashboard', price: '27000.00' };
const ADDED = { code: 'S3', title: 'Sprint 3: screen readers', price: '6000.00' };

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export async function play(hand) {
  const agency = await person();
  const client = await person();
  const known = {}; // ids, as the addresses show them
  const engagement = (tab = '') => `${URL}/engagements/${known.engagement}${tab}`;
  const go = async (page, address) => { await page.goto(address); await settled(page); };
  const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
  const see = (page, text) => page.getByText(text).first().waitFor();
  const shown = async (name) => { await picture(agency.page, `${hand.name.split(' ')[1]}-${name}-agency`); await picture(client.page, `${hand.name.split(' ')[1]}-${name}-client`); };

  /* ---- people ---- */

  test(`with ${hand.name}: the agency signs in and adds a client with a contact`, async () => {
    const { page } = agency;
    await page.goto(URL);
    await hand.write(page.getByLabel('Company'), OWNER.company);
    await hand.write(page.getByLabel('E-mail'), OWNER.email);
    await hand.write(page.getByLabel('Password'), OWNER.password);
    await hand.press(page.getByRole('button', { name: 'Sign in' }));
    await see(page, words('today.first_title'));
    await act(hand, page, 'create_client', { name: CLIENT, country: 'US', currency: 'USD', time_zone: 'UTC' });
    await go(page, `${URL}/clients`);
    await follow(hand, page, CLIENT);
    await settled(page);
    await act(hand, page, 'create_contact', { ...APPROVER, role: 'approver' });
    await see(page, APPROVER.name);
  });

  test('the contact enters by the link of the invitation', async () => {
    const { page } = agency;
    await act(hand, page, 'invite_contact');
    await client.page.goto(await linkFor(APPROVER.email));
    await hand.press(button(client.page, words('enter.go')));
    await client.page.getByRole('navigation').first().waitFor();
  });

  /* ---- agreement ---- */

  test('requirements are written by one side and confirmed by the other', async () => {
    const { page } = agency;
    await go(page, `${URL}/engagements`);
    await act(hand, page, 'create_engagement', { client_id: CLIENT, title: TITLE });
    await page.waitForURL('**/engagements/*');
    known.engagement = page.url().split('/').pop();
    await go(page, engagement('/requirements'));
    await act(hand, page, 'add_requirement', {
      code: 'R1', text: 'Everybody finds the state of an authorisation', priority: 'must',
      criteria: [{ code: 'R1.1', text: 'Nine of ten people find it within a minute' }] });
    await see(page, 'Nine of ten');
    await go(client.page, engagement('/requirements'));
    await act(hand, client.page, 'confirm_requirements');
    await shown('requirements');
  });

  test('a proposal is written with its sum checked, sent, and accepted', async () => {
    const { page } = agency;
    await go(page, engagement('/proposals/new'));
    await hand.choose(page.getByLabel(words('field.tax_category')).first(), 'outside_scope');
    for (const [index, piece] of [FIRST, SECOND].entries()) {
      await hand.press(button(page, words('plan.add')));
      const part = page.locator('section.piece').nth(index);
      await hand.write(part.getByLabel('Short code'), piece.code);
      await hand.write(part.getByLabel('Title').first(), piece.title);
      await hand.write(part.getByLabel('Due', { exact: true }), inDays(14 * (index + 1)));
      await hand.write(part.getByLabel('Price', { exact: true }), piece.price);
      await hand.press(part.locator('summary'));
      await hand.press(part.getByRole('group', { name: words('field.deliverables') }).getByRole('button', { name: words('form.add') }));
      await hand.write(part.getByRole('group', { name: words('field.deliverables') }).getByLabel('Title'), 'The work');
      await hand.choose(part.getByRole('group', { name: words('field.deliverables') }).getByLabel('Kind'), index === 0 ? 'file' : 'link');
      await hand.tick(part.getByLabel(/R1\.1/));
    }
    await hand.write(page.locator('.sumbar').getByLabel('Total'), '39000.01');
    await see(page, '$0.01');
    await hand.write(page.locator('.sumbar').getByLabel('Total'), '39000.00');
    await see(page, words('plan.exact'));
    await hand.press(page.locator('summary', { hasText: words('field.terms') }));
    await hand.write(page.getByLabel(/^Note on tax/), 'Outside the scope of tax');
    await hand.press(button(page, words('proposal.save')));
    await page.waitForURL('**/proposals/*/edit');
    known.proposal = page.url().split('/').at(-2);
    await go(page, `${URL}/proposals/${known.proposal}`);
    await act(hand, page, 'send_proposal');
    await go(client.page, `${URL}/proposals/${known.proposal}`);
    await see(client.page, SECOND.title);
    await shown('proposal');
    await act(hand, client.page, 'accept_proposal');
  });

  test('both sides sign one frozen contract', async () => {
    const { page } = agency;
    await go(page, engagement('/contract'));
    await act(hand, page, 'create_contract');
    await hand.press(button(page, words('act.send_contract')));
    await page.getByRole('dialog').getByLabel(new RegExp(APPROVER.name)).waitFor();
    await hand.press(page.getByRole('dialog').locator('footer button[type=submit]'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const one of [page, client.page]) {
      await go(one, engagement('/contract'));
      await hand.press(button(one, words('act.sign_contract')));
      await hand.tick(one.getByRole('dialog').getByRole('checkbox'));
      await hand.press(one.getByRole('dialog').locator('footer button[type=submit]'));
      await one.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await see(page, words('contract.active'));
    await shown('contract');
  });

  test('the work begins with a kickoff', async () => {
    const { page } = agency;
    await go(page, engagement('/kickoff'));
    await act(hand, page, 'kick_off', { kickoff_day: inDays(0), kickoff_note: 'All were there.' });
    await go(page, engagement());
    await see(page, FIRST.title);
  });

  /* ---- work ---- */

  const openMilestone = async (page, piece) => {
    await go(page, engagement());
    await follow(hand, page, new RegExp(piece.title));
    await settled(page);
  };

  const submit = async (piece) => {
    const { page } = agency;
    await openMilestone(page, piece);
    await hand.press(button(page, words('act.submit_milestone')));
    const dialog = page.getByRole('dialog');
    if (piece === FIRST) {
      await dialog.locator('input[type=file]').setInputFiles({ name: 'report.md', mimeType: 'text/markdown', buffer: Buffer.from('# Prototype\n') });
      await dialog.getByText(/SHA-256/).waitFor();
    } else await hand.write(dialog.getByLabel('Link'), 'https://dashboard.example/');
    await hand.press(dialog.locator('footer button[type=submit]'));
    await dialog.waitFor({ state: 'detached' });
  };

  const review = async () => {
    const { page } = client;
    await go(page, URL);
    await follow(hand, page, new RegExp(words('turn.decide_submission')));
    await settled(page);
    return page;
  };

  const accept = async () => {
    const page = await review();
    await hand.tick(page.getByRole('radio', { name: words('review.met'), exact: true }));
    await act(hand, page, 'accept_submission');
  };

  test('what does not work is refused with its reason, done again, and accepted', async () => {
    const { page } = agency;
    await openMilestone(page, FIRST);
    await act(hand, page, 'start_milestone');
    await submit(FIRST);
    const theirs = await review();
    await shown('review');
    await hand.tick(theirs.getByRole('radio', { name: words('review.not_met'), exact: true }));
    await hand.tick(theirs.getByRole('radio', { name: new RegExp(`^${words('value.major')}`) }));
    await hand.write(theirs.getByLabel(words('review.what_is_wrong')), 'Half of the people gave up.');
    await hand.tick(theirs.getByRole('radio', { name: new RegExp(`^${words('review.remedy_rework')}`) }));
    await act(hand, theirs, 'reject_submission');
    await openMilestone(page, FIRST);
    await see(page, 'Half of the people gave up.');
    await act(hand, page, 'rework_milestone');
    await submit(FIRST);
    await accept();
  });

  test('the invoice is there at once, on both sides, with its paper', async () => {
    for (const one of [agency.page, client.page]) {
      await go(one, engagement('/invoices'));
      await one.getByRole('link', { name: /\d{4}/ }).first().waitFor();
      await see(one, '$12,000.00');
    }
    await follow(hand, client.page, /-0001|0001/);
    await settled(client.page);
    await shown('invoice');
  });

  test('a change order shows its effect before both sign it', async () => {
    const { page } = agency;
    await go(page, engagement('/changes'));
    await act(hand, page, 'create_change_order', { title: 'Accessibility', valid_until_day: inDays(20) });
    await page.waitForURL('**/change-orders/*');
    known.change = /change-orders\/([^/]+)/.exec(page.url())[1];
    if (!page.url().endsWith('/edit')) await go(page, `${URL}/change-orders/${known.change}/edit`);
    await settled(page);
    await hand.press(button(page, words('plan.add')));
    const part = page.locator('section.piece').last();
    await hand.write(part.getByLabel('Short code'), ADDED.code);
    await hand.write(part.getByLabel('Title').first(), ADDED.title);
    await hand.write(part.getByLabel('Due', { exact: true }), inDays(42));
    await hand.write(part.getByLabel('Price', { exact: true }), ADDED.price);
    await hand.press(part.locator('summary'));
    await hand.press(part.getByRole('group', { name: words('field.deliverables') }).getByRole('button', { name: words('form.add') }));
    await hand.write(part.getByRole('group', { name: words('field.deliverables') }).getByLabel('Title'), 'The work');
    await hand.choose(part.getByRole('group', { name: words('field.deliverables') }).getByLabel('Kind'), 'link');
    await hand.tick(part.getByLabel(/R1\.1/));
    await hand.press(button(page, words('plan.take_sum')));
    await see(page, '$6,000.00');
    await shown('change-effect');
    await hand.press(page.locator('.sumbar button[type=submit]'));
    await settled(page);
    await go(page, `${URL}/change-orders/${known.change}`);
    await hand.press(button(page, words('act.propose_change_order')));
    await page.getByRole('dialog').getByLabel(new RegExp(APPROVER.name)).waitFor();
    await hand.press(page.getByRole('dialog').locator('footer button[type=submit]'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const one of [page, client.page]) {
      await go(one, `${URL}/change-orders/${known.change}`);
      await see(one, '$45,000.00');
      await hand.press(button(one, words('act.sign_change_order')));
      await hand.tick(one.getByRole('dialog').getByRole('checkbox'));
      await hand.press(one.getByRole('dialog').locator('footer button[type=submit]'));
      await one.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await shown('change-order');
  });

  test('the rest is delivered and accepted', async () => {
    for (const piece of [SECOND, ADDED]) {
      await openMilestone(agency.page, piece);
      await act(hand, agency.page, 'start_milestone');
      await submit(piece);
      await accept();
    }
    await shown('accepted');
  });

  test('every invoice is paid, and nothing is left', async () => {
    const { page } = agency;
    for (const amount of [FIRST, SECOND, ADDED].map((one) => one.price)) {
      await go(page, `${URL}/payments`);
      await pay(hand, page, amount);
    }
    await go(page, engagement());
    const left = page.locator('.figure', { hasText: words('position.left') }).first();
    await left.getByText('$0.00').waitFor();
    await go(client.page, URL);
    await see(client.page, words('today.none_title'));
    await shown('paid');
  });

  test('the engagement is completed, and neither page complained', async () => {
    const { page } = agency;
    await act(hand, page, 'complete_engagement');
    await page.locator('.badge.good').first().waitFor();
    const complaints = [...agency.complaints, ...client.complaints];
    check(complaints.length === 0, complaints.join('\n'));
    same(await page.locator('.steps li.done').count(), 5, 'stages that are done');
  });

  await run({ stopAtFirst: true, atEnd: leave, onFailure: async () => { await picture(agency.page, 'failed-agency'); await picture(client.page, 'failed-client'); } });
}

/* A payment for the only client, spread by its rule. */
async function pay(hand, page, amount) {
  await hand.press(page.getByRole('button', { name: words('act.record_payment') }).first());
  const dialog = page.getByRole('dialog');
  await hand.choose(dialog.getByLabel('Client').first(), CLIENT);
  await hand.write(dialog.getByLabel('Amount', { exact: true }).first(), amount);
  await hand.write(dialog.getByLabel('Received on'), inDays(0));
  await hand.press(dialog.locator('footer button[type=submit]'));
  await dialog.waitFor({ state: 'detached' });
}
