/* Who has approved, and how many have to: of a round, or of progress. */
import { Panel } from '../../design/page';
import { moment, say } from '../../messages';

export type Given = { approved_by_name?: string | null; approved_at?: string | null; note?: string | null };

export function ApprovalPanel({ needed, given }: { needed: number; given: Given[] }) {
  if (needed < 2 && given.length === 0) return null;
  return (
    <Panel title={say('approval.title')}>
      <p>{say('approval.so_far', { done: given.length, needed })}</p>
      <ol class="timeline">
        {given.map((one) => <li class="done"><strong>{one.approved_by_name}</strong> <span class="faint">{moment(one.approved_at)}</span>{one.note && <div dir="auto">{one.note}</div>}</li>)}
        {Array.from({ length: Math.max(0, needed - given.length) }, () => <li class="soft">{say('approval.missing')}</li>)}
      </ol>
    </Panel>
  );
}
