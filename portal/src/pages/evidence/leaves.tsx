import { Fingerprint } from 'lucide';
import { list_leaves } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { Empty } from '../../design/page';
import { List, type Column } from '../../design/table';
import { currentLanguage, keysOf, moment, say, sayOne, type Key } from '../../messages';

type Leaf = components['schemas']['evidence_leaf'];

/* Every event, by its name. */
const events = () => keysOf('event').map((key): [string, string] => [key.slice('event.'.length), say(key as Key)])
  .sort(([, one], [, other]) => one.localeCompare(other, currentLanguage()));

const columns = (): Column<Leaf>[] => [
  { title: say('evidence.position'), show: (row) => <a href={`/evidence/leaves/${row.position}`}>{row.position}</a>, plain: (row) => row.position },
  { title: say('evidence.event'), show: (row) => <strong>{sayOne('event', row.event ?? '')}</strong>, plain: (row) => row.event },
  { title: say('evidence.at'), show: (row) => moment(row.at), plain: (row) => row.at },
  { title: say('engagement.title'), show: (row) => row.engagement_id && <a href={`/evidence/engagements/${row.engagement_id}`}>{say('evidence.of_engagement')}</a>, plain: (row) => row.engagement_id },
  { title: say('evidence.hash'), show: (row) => <span class="code">{row.hash?.slice(0, 16)}…</span>, plain: (row) => row.hash },
];

export function LeafList() {
  return (
    <List of={list_leaves} name={say('evidence.leaves')} columns={columns()}
      filters={[{ name: 'event', label: say('evidence.event'), choices: events() }, { name: 'subject_id', label: say('evidence.subject_filter') }, { name: 'engagement_id', label: say('evidence.engagement_filter') }]}
      empty={<Empty icon={Fingerprint} title={say('evidence.none')} />} />
  );
}
