/* Approves all time that waits, one entry after the other until somebody stops it; what is refused stays and says why. */
import { CheckCheck } from 'lucide';
import { useRef, useState } from 'preact/hooks';
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

/* Why it was refused, if it was. */
async function approve(entry: Entry): Promise<Refusal | null> {
  const version = versionOf(entry);
  try {
    await ask(approve_time_entry, { path: { time_entry_id: entry.id! }, ...(version ? { version } : {}) });
    return null;
  } catch (no) { return no as Refusal; }
}

function Approving({ entries, close }: { entries: Entry[]; close: () => void }) {
  const [waiting, setWaiting] = useState(entries); // what is not approved yet
  const [done, setDone] = useState<number>();
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const isStopped = useRef(false);
  const isBusy = done !== undefined;
  const approveAll = async () => {
    if (isBusy) return;
    setRefusals([]);
    isStopped.current = false;
    const refused: { entry: Entry; why: Refusal }[] = [];
    let tried = 0;
    for (const entry of waiting) {
      if (isStopped.current) break;
      setDone(tried);
      tried += 1;
      const why = await approve(entry);
      if (why) refused.push({ entry, why });
    }
    setDone(undefined);
    const left = [...refused.map(({ entry }) => entry), ...waiting.slice(tried)];
    setWaiting(left);
    setRefusals(refused.map(({ why }) => why));
    if (left.length === 0) close();
    somethingChanged();
  };
  const leave = () => { if (isBusy) isStopped.current = true; else close(); };
  const total = waiting.reduce((sum, entry) => sum + (entry.minutes ?? 0), 0);
  return (
    <Dialog title={say('time.approve_all', { count: waiting.length })} narrow close={leave} onSubmit={approveAll} footer={
      <><Button onClick={leave}>{say(isBusy ? 'time.approve_stop' : 'common.cancel')}</Button><Button type="submit" tone="strong" busy={isBusy}>{isBusy ? say('common.working') : sayOne('act', 'approve_time_entry')}</Button></>}>
      <p>{say('time.approve_all_about', { count: waiting.length, hours: minutes(total) })}</p>
      <p class="soft">{sayOne('about', 'approve_time_entry')}</p>
      {isBusy && <progress value={done} max={waiting.length} aria-label={say('common.working')} />}
      {refusals[0] && <><p class="error">{say('time.approve_refused', { count: refusals.length })}</p><Problem refusal={refusals[0]} /></>}
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
