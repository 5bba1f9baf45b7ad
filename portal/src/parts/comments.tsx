/* What both sides say about one thing, oldest first, and the way to say more. */
import { add_comment, list_comments } from '../api/generated/operations';
import type { components } from '../api/generated/types';
import { useAll } from '../api/query';
import { viewer } from '../api/session';
import { Empty, Panel, Shown } from '../design/page';
import { Act } from '../form/act';
import { moment, say, sayOne } from '../messages';
import './comments.css';

interface CommentsProps {
  engagement_id: string;
  subject_kind: components['schemas']['add_comment']['subject_kind'];
  subject_id: string;
  before?: (string | null)[]; // earlier revisions of it, whose thread goes on here
}

export function Comments({ engagement_id, subject_kind, subject_id, before = [] }: CommentsProps) {
  const path = { engagement_id };
  const asked = useAll(list_comments, { path, ...(before.length > 0 ? {} : { query: { subject_id } }) });
  const isOfIt = (one: { subject_id: string | null }) => one.subject_id === subject_id || before.includes(one.subject_id);
  return (
    <Panel title={say('comment.title')} acts={
      <Act of={add_comment} small path={path} preset={{ subject_kind, subject_id }} hide={['subject_kind', 'subject_id']} />}>
      <Shown of={asked}>
        {(data) => (data.items?.some(isOfIt)
          ? (
            <ul class="talk">
              {data.items.filter(isOfIt).map((one) => (
                <li class={one.author_id === viewer()?.id ? 'mine' : ''}>
                  <div class="faint"><strong dir="auto">{one.author_name}</strong> · {sayOne('value', one.author_kind === 'contact' ? 'client' : 'agency')} · {moment(one.created_at)}</div>
                  <p class="lines" dir="auto">{one.text}</p>
                </li>
              ))}
            </ul>
          )
          : <Empty title={say('comment.none')} text={say('comment.none_text')} />)}
      </Shown>
    </Panel>
  );
}
