/* Where the choices for an id or a code come from: a name for each thing that a form can point at. */
import {
  list_clients, list_contacts, list_milestones, list_milestone_templates, list_rate_cards, list_tasks, list_users, show_engagement, show_milestone,
} from '../api/generated/operations';
import { ask } from '../api/ask';
import type { Input, Name, Operation } from '../api/operation';
import { askAll, MOST } from '../api/query';
import { say } from '../messages';

export interface Choice { value: string; text: string; isNote?: boolean }
export interface Around { engagement_id?: string | undefined; client_id?: string | undefined; milestone_id?: string | undefined; currency?: string | undefined }
type Row = Record<string, string | null>;

/* All of a list by name; where it is too long for that, the last one says so. */
async function named<K extends Name>(list: Operation<K>, input: Input<K>, name: (row: Row) => string): Promise<Choice[]> {
  const { items, next_cursor } = await askAll(list, input, MOST) as { items: Row[]; next_cursor: string | null };
  const choices = items.map((row) => ({ value: row.id ?? '', text: name(row) }));
  return next_cursor ? [...choices, { value: '', text: say('common.cut', { count: MOST }), isNote: true }] : choices;
}

async function clientOf(around: Around) {
  if (around.client_id) return around.client_id;
  const { data } = await ask(show_engagement, { path: { engagement_id: around.engagement_id! } });
  return data.client_id!;
}

const milestones = (around: Around) => named(list_milestones, { path: { engagement_id: around.engagement_id! } }, (row) => `${row.code} ${row.title}`);
const tasks = (around: Around) => named(list_tasks, { path: { engagement_id: around.engagement_id! } }, (row) => `${row.code} ${row.title}`);
const users = () => named(list_users, {}, (row) => row.name ?? '');

/* By code, not by id: what the milestone is accepted by. */
async function criteria(around: Around) {
  const { data } = await ask(show_milestone, { path: { milestone_id: around.milestone_id! } });
  return [...data.criteria ?? [], ...data.carried_criteria ?? []].map((value) => ({ value, text: value }));
}

const sources: Record<string, (around: Around) => Promise<Choice[]>> = {
  criterion: criteria,
  client_id: () => named(list_clients, {}, (row) => row.name ?? ''),
  contact_id: async (around) => named(list_contacts, { path: { client_id: await clientOf(around) } }, (row) => row.name ?? ''),
  milestone_id: milestones,
  after_milestone_id: milestones,
  task_id: tasks,
  after_task_id: tasks,
  owner_id: users,
  user_id: users,
  rate_card_id: () => named(list_rate_cards, {}, (row) => `${row.name} (${row.currency})`),
  milestone_template_id: () => named(list_milestone_templates, {}, (row) => row.name ?? ''),
};

export const hasChoices = (field: string) => field in sources;
export const choicesFor = (field: string, around: Around) => sources[field]!(around);

const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'AED', 'SAR', 'KWD'];
export const CURRENCIES = [...COMMON, ...Intl.supportedValuesOf('currency').filter((one) => !COMMON.includes(one))];
export const timeZones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export function countries(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const codes = 'AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HR HU IE IL IN IS IT JP KE KR KW LI LT LU LV MA MT MX MY NG NL NO NZ PH PL PT QA RO RS SA SE SG SI SK TH TN TR TW UA US UY VN ZA';
  return codes.split(' ').map((value) => ({ value, text: names.of(value) ?? value })).sort((one, other) => one.text.localeCompare(other.text, language));
}
