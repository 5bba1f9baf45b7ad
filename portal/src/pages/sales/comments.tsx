/* What both sides said about one thing. */
import { add_comment, list_comments } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty, Panel, Shown } from '../../design/page';
import { Act } from '../../form/act';
import { moment, say, sayOne } from '../../messages';

type Kind = components['schemas']['add_comment']['subject_kind'];

/* before: earlier revisions of it, whose thread goes on here. */
export function Comments({ engagementId, kind, id, before = [] }: { engagementId: string; kind: Kind; id: string; before?: (string | null)[] }) {
  const path = { engagement_id: engagementId };
  const comments = useAll(list_comments, { path, ...(before.length > 0 ? {} : { query: { subject_id: id } }) });
  const isOfIt = (one: { subject_id: string | null }) => one.subject_id === id || before.includes(one.subject_id);
  return (
    <Panel title={say('comment.title')} flush
      acts={<Act of={add_comment} small path={path} preset={{ subject_kind: kind, subject_id: id }} hide={['subject_kind', 'subject_id']} />}>
      <Shown of={comments}>
        {(data) => (data.items?.some(isOfIt)
          ? (
            <ul class="said-by">
              {data.items.filter(isOfIt).map((one) => (
                <li><div class="row"><strong dir="auto">{one.author_name ?? sayOne('value', one.author_kind ?? '')}</strong><span class="faint">{moment(one.created_at)}</span></div><p class="lines" dir="auto">{one.text}</p></li>
              ))}
            </ul>
          )
          : <Empty title={say('comment.none')} text={say('comment.none_text')} />)}
      </Shown>
    </Panel>
  );
}
