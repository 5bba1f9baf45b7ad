/* What both sides say about one thing, oldest first, and the way to say more. */
import { add_comment, list_comments } from '../../api/generated/operations';
import { useAll } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { Act } from '../../form/act';
import { moment, say, sayOne } from '../../messages';

interface CommentsProps { engagement_id: string; subject_kind: 'milestone' | 'proposal' | 'requirement'; subject_id: string }

export function Comments({ engagement_id, subject_kind, subject_id }: CommentsProps) {
  const asked = useAll(list_comments, { path: { engagement_id }, query: { subject_id } });
  return (
    <Panel title={say('comment.title')} acts={
      <Act of={add_comment} small path={{ engagement_id }} preset={{ subject_kind, subject_id }} hide={['subject_kind', 'subject_id']} />}>
      <Shown of={asked}>
        {(data) => (data.items?.length
          ? (
            <ul class="talk">
              {data.items.map((one) => (
                <li class={one.author_id === viewer()?.id ? 'mine' : ''}>
                  <div class="faint"><strong>{one.author_name}</strong> · {sayOne('value', one.author_kind === 'contact' ? 'client' : 'agency')} · {moment(one.created_at)}</div>
                  <p class="lines" dir="auto">{one.text}</p>
                </li>
              ))}
            </ul>
          )
          : <Empty title={say('comment.none_title')} text={say('comment.none_text')} />)}
      </Shown>
    </Panel>
  );
}
