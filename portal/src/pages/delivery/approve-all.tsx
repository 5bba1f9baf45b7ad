/* Approves all time that waits, one entry after the other; what is refused stays and says why. */
import { CheckCheck } from 'lucide';
import { useState } from 'preact/hooks';
import { approve_time_entry, list_time_entries } from '../../api/generated/operations';
import { ask, versionOf, type Refusal } from '../../api/ask';
import { somethingChanged } from '../../api/kept';
import { useAll } from '../../api/query';
import { may } from '../../api/session';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Icon } from '../../design/icon';
import { Problem } from '../../design/page';
import { minutes, say, sayOne } from '../../messages';
import type { Entry } from './time-list';

function Approving({ entries, close }: { entries: Entry[]; close: () => void }) {
  const [done, setDone] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const isBusy = done !== undefined && !refusal;
  const approve = async () => {
    if (isBusy) return;
    setRefusal(undefined);
    try {
      for (const [index, entry] of entries.entries()) {
        setDone(index);
        const version = versionOf(entry);
        await ask(approve_time_entry, { path: { time_entry_id: entry.id! }, ...(version ? { version } : {}) });
      }
      close();
    } catch (no) { setRefusal(no as Refusal); }
    somethingChanged();
  };
  const total = entries.reduce((sum, entry) => sum + (entry.minutes ?? 0), 0);
  return (
    <Dialog title={say('time.approve_all', { count: entries.length })} narrow close={close} onSubmit={approve} footer={
      <><Button onClick={close}>{say('common.cancel')}</Button><Button type="submit" tone="strong" busy={isBusy}>{isBusy ? say('common.working') : sayOne('act', 'approve_time_entry')}</Button></>}>
      <p>{say('time.approve_all_about', { count: entries.length, hours: minutes(total) })}</p>
      <p class="soft">{sayOne('about', 'approve_time_entry')}</p>
      {isBusy && <progress value={done} max={entries.length} aria-label={say('common.working')} />}
      {refusal && <Problem refusal={refusal} />}
    </Dialog>
  );
}

export function ApproveAll({ engagement_id }: { engagement_id?: string | undefined }) {
  const [entries, open] = useState<Entry[]>();
  const waiting = useAll(list_time_entries, { query: { state: 'submitted', ...(engagement_id ? { engagement_id } : {}) } }).data?.items ?? [];
  if (!entries && (waiting.length < 2 || !may(approve_time_entry))) return null;
  return (
    <>
      <Button small onClick={() => open(waiting)}><Icon of={CheckCheck} />{say('time.approve_all', { count: waiting.length })}</Button>
      {entries && <Approving entries={entries} close={() => open(undefined)} />}
    </>
  );
}
