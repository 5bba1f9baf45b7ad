/* The addresses of the portal, for visits: those that stand for themselves, and one of each kind of thing there is. */
export const OF_AGENCY = ['/', '/engagements', '/clients', '/time', '/invoices', '/payments', '/refunds', '/ledger', '/reports', '/evidence', '/settings',
  '/settings/templates', '/settings/templates/new'];
export const OF_CLIENT = ['/', '/engagements', '/invoices', '/payments', '/evidence', '/details'];
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

/* All that the person of this page can go to, found as that person through the API. */
export async function addresses(page, isAgency) {
  const read = (path) => page.evaluate(async (url) => {
    const response = await fetch(`/api/v1/${url}`);
    return response.ok ? (await response.json()).items : [];
  }, path);
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
