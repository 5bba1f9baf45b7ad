/* The addresses of the portal, for visits: those that stand for themselves, and one of each kind of thing there is. */
import { readFileSync } from 'node:fs';

export const OF_AGENCY = ['/', '/engagements', '/clients', '/time', '/invoices', '/payments', '/refunds', '/ledger', '/reports', '/evidence', '/settings',
  '/settings/templates', '/settings/templates/new'];
export const OF_CLIENT = ['/home', '/engagements', '/invoices', '/payments', '/evidence', '/details'];
const TABS = ['', '/requirements', '/proposals', '/contract', '/changes', '/kickoff', '/obligations', '/plan', '/plan?view=graph', '/plan?view=gantt',
  '/acceptance', '/tracking', '/reports', '/invoices', '/documents'];
const TABS_OF_AGENCY = ['/time', '/estimates'];

/* A list of the API whose newest item has a page, with that page's folder. */
const THINGS = [
  ['engagements/{id}/proposals', 'proposals'], ['engagements/{id}/contracts', 'contracts'], ['engagements/{id}/change-orders', 'change-orders'],
  ['engagements/{id}/milestones', 'milestones'], ['engagements/{id}/defects', 'defects'], ['engagements/{id}/disputes', 'disputes'],
  ['engagements/{id}/price-reductions', 'price-reductions'], ['engagements/{id}/status-reports', 'status-reports'],
  ['invoices', 'invoices'], ['payments', 'payments'], ['clients', 'clients'], ['milestone-templates', 'settings/templates'],
];

/* Whether a PDF is shown within the page: invoices, certificates, and what is signed. */
export const hasPaper = (path) => /^\/(invoices|certificates|contracts|change-orders)\/[0-9a-f]/.test(path) || /\/contract$/.test(path);

/* Asks the API as the person of the page. */
const reader = (page) => (path) => page.evaluate(async (url) => {
  const response = await fetch(`/api/v1/${url}`);
  return response.ok ? (await response.json()).items : [];
}, path);

/* All that the person of this page can go to, found as that person through the API. */
export async function addresses(page, isAgency) {
  const read = reader(page);
  const engagement = (await read('engagements'))[0]?.id;
  const found = [...(isAgency ? OF_AGENCY : OF_CLIENT)];
  if (!engagement) return found;
  found.push(...[...TABS, ...(isAgency ? TABS_OF_AGENCY : [])].map((tab) => `/engagements/${engagement}${tab}`));
  for (const [list, folder] of THINGS) {
    const item = (await read(list.replace('{id}', engagement))).at(-1);
    if (item) found.push(`/${folder}/${item.id}`);
  }
  for (const milestone of (await read(`engagements/${engagement}/milestones`)).slice(0, 1)) {
    const submission = (await read(`milestones/${milestone.id}/submissions`)).at(-1);
    if (submission) found.push(`/submissions/${submission.id}`);
    if (milestone.certificate_id) found.push(`/certificates/${milestone.certificate_id}`);
  }
  return found;
}

/* ---- corners ---- */

/* What the played sample does not come to: pages, and the lists that lead to them. */
const CORNERS = {
  '/change-orders/:id/edit': 'engagements/{id}/change-orders',
  '/clients/:id/statement': 'clients',
  '/disputes/:id': 'engagements/{id}/disputes',
  '/engagements/:id/proposals/new': 'engagements',
  '/estimates/:id/edit': 'engagements/{id}/estimates',
  '/evidence/engagements/:id': 'engagements',
  '/evidence/leaves/:id': 'evidence/leaves',
  '/ledger/accounts/:id': 'ledger/accounts',
  '/ledger/entries': null,
  '/ledger/entries/:id': 'ledger/entries',
  '/price-reductions/:id': 'engagements/{id}/price-reductions',
  '/progress-claims/:id': 'milestones/{id}/progress-claims',
  '/proposals/:id/edit': 'engagements/{id}/proposals',
  '/proposals/:id/estimate': 'engagements/{id}/proposals',
  '/refunds/:id': 'refunds',
  '/reports/billing': null,
  '/settings/numbering': null,
  '/settings/people': null,
  '/settings/profile': null,
  '/settings/rate-cards': null,
  '/settings/tokens': null,
  '/settings/webhooks': null,
};
const FORWARDS = ['/communications/:id', '/contacts/:id', '/meetings/:id', '/obligations/:id']; // lead on to another page at once
const UNDECIDED = ['claimed', 'draft', 'open', 'proposed', 'requested'];
const PARENTS = { engagements: 'engagements', milestones: 'engagements/{id}/milestones' };

/* Each page of the portal: its address, and the side that it is for. */
const ROUTES = ['', 'sales/', 'delivery/', 'money/'].flatMap((part) => {
  const text = readFileSync(new URL(`../../portal/src/pages/${part}routes.ts`, import.meta.url), 'utf8');
  return [...text.matchAll(/age\('([^']+)',.*?(?:'(user|contact)')?\),$/gm)].map(([, path, side]) => ({ path, side }));
});

async function allOf(read, list) {
  if (!list.includes('{id}')) return read(list);
  const parents = await allOf(read, PARENTS[list.split('/')[0]]);
  const found = [];
  for (const { id } of parents) found.push(...await read(list.replace('{id}', id)));
  return found;
}

const idIn = (list, item) => ({ 'evidence/leaves': item.position, 'ledger/accounts': `${item.code}?currency=USD` })[list] ?? item.id;

/* The corners that the person of this page can go to: of each kind what is not decided yet, else the last. */
export async function corners(page, isAgency) {
  const read = reader(page);
  const found = [];
  for (const { path, side } of ROUTES) {
    if (!(path in CORNERS) || (side && side !== (isAgency ? 'user' : 'contact'))) continue;
    if (!CORNERS[path]) { found.push(path); continue; }
    const items = await allOf(read, CORNERS[path]);
    const item = items.findLast((one) => UNDECIDED.includes(one.state)) ?? items.at(-1);
    if (item) found.push(path.replace(':id', idIn(CORNERS[path], item)));
  }
  return found;
}

/* The pages of the portal that none of the addresses leads to, but for corners or all but them. */
export function unvisited(addresses, areCorners) {
  const patterns = ROUTES.filter(({ path }) => path in CORNERS === areCorners && !FORWARDS.includes(path)).map(({ path }) => path);
  const leadsTo = (pattern, address) => new RegExp(`^${pattern.replace(':id', '[^/]+')}$`).test(address.replace(/\?.*/, ''));
  return patterns.filter((pattern) => !addresses.some((address) => leadsTo(pattern, address)));
}
