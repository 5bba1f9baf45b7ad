/* Records of meetings: what was said, decided and is to be done, with the versions of each. */
import { MessagesSquare } from 'lucide';
import { list_meetings, record_meeting, revise_meeting } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { isClient, viewer } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { Act } from '../../form/act';
import { day, moment, say, sayOne, today } from '../../messages';
import type { Engagement } from '../engagement/frame';

type Meeting = components['schemas']['meeting'];

const people = (one: Meeting, side: string) => (one.participants ?? []).filter((who) => who.side === side).map((who) => who.name).join(', ');

function Body({ one }: { one: Meeting }) {
  return (
    <div class="stack tight">
      <div class="faint">{(['agency', 'client'] as const).map((side) => people(one, side) && `${sayOne('value', side)}: ${people(one, side)}`).filter(Boolean).join(' · ')}</div>
      {one.notes && <p class="lines" dir="auto">{one.notes}</p>}
      {(one.decisions?.length ?? 0) > 0 && <><h3>{say('meeting.decisions')}</h3><ul class="dots">{one.decisions?.map((row) => <li><bdi>{row.text}</bdi></li>)}</ul></>}
      {(one.actions?.length ?? 0) > 0 && <><h3>{say('meeting.actions')}</h3><ul class="dots">{one.actions?.map((row) => <li><span dir="auto">{row.text}</span> <span class="faint">{[row.owner_name, sayOne('value', row.side), row.due_day ? say('common.due', { day: day(row.due_day) }) : ''].filter(Boolean).join(' · ')}</span></li>)}</ul></>}
    </div>
  );
}

function Record({ latest, older }: { latest: Meeting; older: Meeting[] }) {
  return (
    <li>
      <div class="row apart">
        <div>
          <strong dir="auto">{latest.title}</strong> <span class="faint">{day(latest.day)}</span>
          {!isClient() && <> <span class={`badge ${latest.is_shared ? 'good' : ''}`}>{say(latest.is_shared ? 'meeting.shared' : 'meeting.inside')}</span></>}
        </div>
        <Act of={revise_meeting} path={{ meeting_id: latest.id! }} row={latest} small tone="plain" />
      </div>
      <Body one={latest} />
      {older.length > 0 && (
        <details>
          <summary class="faint">{say('meeting.older', { count: older.length })}</summary>
          {older.map((one) => <div class="older"><div class="faint">{say('meeting.version', { number: one.revision, at: moment(one.created_at), name: one.recorded_by_name })}</div><Body one={one} /></div>)}
        </details>
      )}
    </li>
  );
}

export function MeetingsPanel({ engagement }: { engagement: Engagement }) {
  const path = { engagement_id: engagement.id! };
  const asked = useAll(list_meetings, { path, query: { with_older: true } });
  const latestOf = (rows: Meeting[]) => rows.filter((one) => !rows.some((other) => other.first_id === one.first_id && (other.revision ?? 0) > (one.revision ?? 0)));
  return (
    <Panel title={say('meeting.title')} acts={<Act of={record_meeting} path={path} small preset={{ day: today(engagement.time_zone), is_shared: true, participants: [{ side: 'agency', name: viewer()?.name ?? '' }] }} />}>
      <Shown of={asked}>
        {(data) => (data.items?.length
          ? (
            <ul class="records">
              {latestOf(data.items).toReversed().map((latest) => <Record key={latest.first_id} latest={latest} older={data.items!.filter((one) => one.first_id === latest.first_id && one.id !== latest.id).toReversed()} />)}
            </ul>
          )
          : <Empty icon={MessagesSquare} title={say('meeting.none_title')} text={say(isClient() ? 'meeting.none_client' : 'meeting.none_text')} />)}
      </Shown>
    </Panel>
  );
}
