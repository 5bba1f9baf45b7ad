/* The sample engagement: what samples/ tells of it, and what the documents do not hold, as src/main/sample_*.c has it. */
import { readFileSync } from 'node:fs';

const sample = JSON.parse(readFileSync(new URL('../../../samples/fedramp-dashboard.json', import.meta.url), 'utf8'));
const { client, vendor, roles, terms } = sample;

const cents = (amount) => Math.round(Number(amount) * 100);
export const sumOf = (amounts) => (amounts.reduce((sum, amount) => sum + cents(amount), 0) / 100).toFixed(2);
export const dollars = (amount) => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(amount);
export const inWords = (day) => new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));

/* ---- people ---- */

const capital = (text) => text.replace(/\b[a-z](?!\b)/g, (letter) => letter.toUpperCase());
const mailbox = (text) => text.replace(/'s\b/g, '').replace(/\W+/g, '.');
const roleOf = ({ may }) => (may.includes('approve') ? 'approver' : may.includes('pay') ? 'payer' : 'viewer');

export const AGENCY = {
  name: vendor.name, legal_name: `${vendor.name} LLC`, address: '1 Sample Street\nReston, VA 20190', country: vendor.country, email: 'billing@truetandem.example',
  phone: '+1 555 0100', time_zone: client.time_zone, currency: terms.currency, remittance: `${vendor.name} LLC, 1 Sample Street, Reston, VA 20190`, paper: 'letter',
};
export const LEAD = { name: 'Technical Lead', email: 'technical.lead@truetandem.example', role: 'delivery', password: 'as safe as a sample' };

export const CONTACTS = roles.filter((one) => one.side === 'client').map((one) => (
  { name: capital(one.role), email: `${mailbox(one.role)}@18f.example`, title: capital(one.role), role: roleOf(one) }));
export const APPROVER = CONTACTS.find((one) => one.role === 'approver');
const contactFor = (role) => CONTACTS.find((one) => one.name === capital(role)).name;

export const CLIENT = {
  name: client.name, country: client.country, currency: terms.currency, time_zone: client.time_zone, address: '1800 F Street NW\nWashington, DC 20405',
  reference: client.reference, billing_email: CONTACTS.find((one) => one.role === 'payer').email, payment_days: terms.payment_days,
};

/* ---- what is wanted ---- */

export const ENGAGEMENT = {
  client_id: client.name, title: 'FedRAMP dashboard', reference: client.reference, summary: 'A public dashboard of cloud authorisations, built in two-week sprints',
};
const SHOWN = 'Shown to the client and found to do what the requirement says';

/* A requirement is shown to work; what is out of scope has no criterion. */
export const REQUIREMENTS = [
  ...sample.requirements.map(({ id, text, priority }) => (
    { code: id, text, priority: priority.replaceAll(' ', '_'), criteria: priority === 'out of scope' ? [] : [{ code: `${id}.1`, text: SHOWN }] })),
  { code: 'Q', text: 'The work meets the quality assurance surveillance plan', priority: 'must',
    criteria: sample.quality_criteria.map(({ id, name, measure, checked_by }) => ({ code: id, text: name, measure, checked_by })) },
];

/* ---- what is offered ---- */

const kindOf = (title) => (/prototype|dashboard|repository/.test(title) ? 'link' : 'file');
const criterionOf = (covered) => (covered.startsWith('R') ? `${covered}.1` : covered);

export const SPRINTS = sample.milestones.map((one) => ({
  code: one.id, title: one.name, price: one.amount, due_day: one.ends, start_day: one.starts,
  deliverables: one.deliverables.map((title) => ({ title, kind: kindOf(title) })), after: one.after ?? [], criteria: one.covers.map(criterionOf), accepted: one.accepted,
}));
export const TOTAL = terms.total;

export const PROPOSAL = { valid_until_day: '2016-06-10', summary: 'Firm fixed price for five sprints, each paid when it is accepted in writing.' };
export const TERMS = {
  payment_days: terms.payment_days, acceptance_days: terms.review_days_after_sprint, acceptance_day_kind: 'calendar', silence: 'none', time_zone: client.time_zone,
  tax_note: 'Outside the scope of sales tax', jurisdiction: 'United States', prose: `Work that is not accepted is ${terms.rejected_work}.`,
  billing_mode: 'monthly', billing_day: 5,
};
export const RATE_CARD = {
  name: 'Rates of 2016', currency: terms.currency, rates: [
    { role: 'lead', cost_per_hour: '180.00', price_per_hour: '290.00' }, { role: 'developer', cost_per_hour: '150.00', price_per_hour: '240.00' }],
};
export const HOURS = { S0: [16, 16], S1: [16, 24], S2: [8, 8], S3: [40, 64], S4: [40, 32] }; // of each role, most likely

/* ---- how it begins ---- */

export const KICKOFF = { kickoff_day: terms.kickoff_day, kickoff_note: 'Team introduced; status report at the end of each sprint.' };
export const teamOf = (owner) => [
  ['agency', { user_id: owner, part: 'project_manager' }], ['agency', { user_id: LEAD.name, part: 'technical_lead' }],
  ['client', { contact_id: APPROVER.name, part: 'decision_maker' }], ['client', { contact_id: contactFor('procurement project manager'), part: 'procurement' }],
  ['client', { contact_id: contactFor('product owner'), part: 'product_owner' }], ['client', { contact_id: contactFor('product manager'), part: 'subject_expert' }],
];
export const RHYTHMS = [
  { title: 'Stand-up', channel: 'video call', audience: 'Product owner and team', rhythm: 'weekly', weekday: 'monday' },
  { title: 'Sprint review', channel: 'video call', audience: 'All', rhythm: 'biweekly', weekday: 'thursday' },
];
export const MEETING = {
  title: 'Kickoff', notes: 'The plan was read together.', decisions: [{ text: 'The board of tasks is shown to the client.' }],
  actions: [{ text: 'Invite to the first review', side: 'agency', owner_name: LEAD.name, due_day: '2016-06-17' }],
};
const forSprint = (code) => [{ milestone_id: `${code} ${SPRINTS.find((one) => one.code === code).title}` }];
export const OBLIGATIONS = [
  { text: 'The user research that exists', due_day: '2016-06-17', contact_id: APPROVER.name, milestones: forSprint('S0') },
  { text: 'Access to the repository with the flat file', due_day: '2016-06-24', contact_id: APPROVER.name, milestones: forSprint('S1') },
];

/* ---- how it goes on ---- */

const task = (title, planned_start_day, planned_due_day) => ({ title, owner_id: LEAD.name, estimate_minutes: 16, planned_start_day, planned_due_day });
export const TASKS = [ // of the first sprint, one after the other
  task('Review the user research that exists', '2016-06-16', '2016-06-17'), task('Plan the data views and the sprints', '2016-06-20', '2016-06-21')];
export const MOVED = { days: { planned_start_day: '2016-06-21', planned_due_day: '2016-06-22' }, reason: 'The research comes a day late' }; // the second
export const TIME = [['2016-06-16', 'T1', 8], ['2016-06-17', 'T1', 8], ['2016-06-20', 'T2', 8], ['2016-06-21', 'T2', 8]];

const ACCEPTED = { S1: '2016-07-01', S3: '2016-08-01', S4: '2016-08-19', S5: '2016-09-16' };
export const acceptedOn = (sprint) => sprint.accepted ?? ACCEPTED[sprint.code];
export const REFUSED = { code: 'S2', reason: 'The staging site cannot be read with a screen reader' };

/* ---- how it changes ---- */

export const CHANGE = {
  day: '2016-08-11', title: 'Accessibility', valid_until_day: '2016-08-12',
  purpose: 'The client wants a test with people who use screen readers, and what it finds put right', moved: { code: 'S4', due_day: '2016-08-18' },
};
export const ADDED = {
  code: 'S5', title: 'Sprint 5: what a test with screen readers found', price: '6000.00', due_day: '2016-09-16',
  deliverables: [{ title: 'accessibility report', kind: 'file' }], after: ['S4'], criteria: ['Q2'],
};
export const NEW_TOTAL = sumOf([TOTAL, ADDED.price]);

/* ---- how it is paid: one invoice for each month in which something was accepted ---- */

const PAID = ['2016-08-04', '2016-08-29', '2016-09-28', '2016-10-21'];
const ISSUED = ['2016-07-05', '2016-08-05', '2016-09-05', '2016-10-05'];
const monthOf = (sprint) => acceptedOn(sprint).slice(0, 7);
const inMonth = (month) => [...SPRINTS, ADDED].filter((one) => monthOf(one) === month);
export const BILLS = [...new Set([...SPRINTS, ADDED].map(monthOf))].map((month, at) => (
  { issued: ISSUED[at], paid: PAID[at], codes: inMonth(month).map((one) => one.code), amount: sumOf(inMonth(month).map((one) => one.price)) }));
