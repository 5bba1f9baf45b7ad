import { Fingerprint } from 'lucide';
import { useLocation } from 'preact-iso';
import { list_engagements, list_leaves } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty } from '../../design/page';
import { List, type Column } from '../../design/table';
import { currentLanguage, keysOf, moment, say, sayOne, type Key } from '../../messages';
import { Actor, actorKind, type Acted } from './actor';

type Leaf = components['schemas']['evidence_leaf'];

const actedIn = (payload: string) => JSON.parse(payload) as Acted;

/* Every event, by its name. */
const events = () => keysOf('event').map((key): [string, string] => [key.slice('event.'.length), say(key as Key)])
  .sort(([, one], [, other]) => one.localeCompare(other, currentLanguage()));

const columns = (titles: Map<string | null, string>): Column<Leaf>[] => [
  { title: say('evidence.position'), sort: 'position', show: (row) => <a href={`/evidence/leaves/${row.position}`}>{row.position}</a>, plain: (row) => row.position },
  { title: say('evidence.event'), show: (row) => <strong>{sayOne('event', row.event ?? '')}</strong>, plain: (row) => row.event },
  { title: say('evidence.actor'), show: (row) => row.payload && <Actor of={actedIn(row.payload)} />, plain: (row) => row.payload && actorKind(actedIn(row.payload).actor.kind) },
  { title: say('evidence.at'), show: (row) => moment(row.at), plain: (row) => row.at },
  { title: say('engagement.title'), show: (row) => row.engagement_id && <a href={`/evidence/engagements/${row.engagement_id}`} dir="auto">{titles.get(row.engagement_id) ?? say('evidence.of_engagement')}</a>, plain: (row) => titles.get(row.engagement_id) },
  { title: say('evidence.hash'), show: (row) => <span class="code">{row.hash?.slice(0, 16)}…</span>, plain: (row) => row.hash },
];

/* Everything about one thing is found from a leaf of it (leaf.tsx), which leads here with its id. */
export function LeafList() {
  const { query } = useLocation();
  const titles = new Map((useAll(list_engagements).data?.items ?? []).map((one) => [one.id, one.title ?? '']));
  return (
    <List of={list_leaves} name={say('evidence.leaves')} columns={columns(titles)} sort="-position"
      filters={[
        { name: 'event', label: say('evidence.event'), choices: events() },
        { name: 'engagement_id', label: say('engagement.title'), choices: [...titles] as [string, string][] },
        ...(query.subject_id ? [{ name: 'subject_id', label: say('evidence.subject'), choices: [[query.subject_id, say('evidence.one_thing')]] as [string, string][] }] : []),
      ]}
      empty={<Empty icon={Fingerprint} title={say('evidence.none')} />} />
  );
}
