/* Where the choices for an id or a code come from: a name for each thing that a form can point at. */
import {
  list_clients, list_contacts, list_milestones, list_milestone_templates, list_rate_cards, list_tasks, list_users, show_engagement, show_milestone,
} from '../api/generated/operations';
import { ask } from '../api/ask';
import { askAll } from '../api/query';

export interface Choice { value: string; text: string }
export interface Around { engagement_id?: string | undefined; client_id?: string | undefined; milestone_id?: string | undefined }
type Row = Record<string, string | null>;

const named = (rows: unknown[], name: (row: Row) => string): Choice[] =>
  (rows as Row[]).map((row) => ({ value: row.id ?? '', text: name(row) }));

async function clientOf(around: Around) {
  if (around.client_id) return around.client_id;
  const { data } = await ask(show_engagement, { path: { engagement_id: around.engagement_id! } });
  return data.client_id!;
}

const milestones = async (around: Around) => named(
  await askAll(list_milestones, { path: { engagement_id: around.engagement_id! } }), (row) => `${row.code} ${row.title}`);
const tasks = async (around: Around) => named(
  await askAll(list_tasks, { path: { engagement_id: around.engagement_id! } }), (row) => `${row.code} ${row.title}`);
const users = async () => named(await askAll(list_users, {}), (row) => row.name ?? '');

/* By code, not by id: what the milestone is accepted by. */
async function criteria(around: Around) {
  const { data } = await ask(show_milestone, { path: { milestone_id: around.milestone_id! } });
  return [...data.criteria ?? [], ...data.carried_criteria ?? []].map((value) => ({ value, text: value }));
}

const sources: Record<string, (around: Around) => Promise<Choice[]>> = {
  criterion: criteria,
  client_id: async () => named(await askAll(list_clients, {}), (row) => row.name ?? ''),
  contact_id: async (around) => named(
    await askAll(list_contacts, { path: { client_id: await clientOf(around) } }), (row) => row.name ?? ''),
  milestone_id: milestones,
  after_milestone_id: milestones,
  task_id: tasks,
  after_task_id: tasks,
  owner_id: users,
  user_id: users,
  rate_card_id: async () => named(await askAll(list_rate_cards, {}), (row) => `${row.name} (${row.currency})`),
  milestone_template_id: async () => named(await askAll(list_milestone_templates, {}), (row) => row.name ?? ''),
};

export const hasChoices = (field: string) => field in sources;
export const choicesFor = (field: string, around: Around) => sources[field]!(around);

export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'AED', 'SAR', 'KWD'];
export const timeZones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export function countries(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const codes = 'AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HR HU IE IL IN IS IT JP KE KR KW LI LT LU LV MA MT MX MY NG NL NO NZ PH PL PT QA RO RS SA SE SG SI SK TH TN TR TW UA US UY VN ZA';
  return codes.split(' ').map((value) => ({ value, text: names.of(value) ?? value })).sort((one, other) => one.text.localeCompare(other.text, language));
}
