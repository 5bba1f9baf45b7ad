/* How both sides begin and keep in touch: who has which part, what the client supplies, when one talks. */
import { Handshake, Plus } from 'lucide';
import {
  add_team_member, change_communication, change_team_member, create_communication, kick_off, list_communications, list_contacts, list_team_members,
  show_communication_calendar,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { Empty, Panel, Shown } from '../../design/page';
import { Act } from '../../form/act';
import { day, distance, say, sayOne, today } from '../../messages';
import { EngagementFrame, type Engagement } from '../engagement/frame';
import { MeetingsPanel } from './meetings';
import { ObligationsPanel } from './obligations';
import { ENDED } from './shared';

type Member = components['schemas']['team_member'];
type Communication = components['schemas']['communication'];

/* ---- the beginning ---- */

function Begin({ engagement, version }: { engagement: Engagement; version: string | undefined }) {
  const isActive = engagement.state === 'active';
  if (!engagement.kickoff_day) {
    return (
      <Panel>
        <Empty icon={Handshake} title={say('kickoff.none_title')} text={say(isActive ? 'kickoff.none_text' : 'kickoff.too_early')}>
          <Act of={kick_off} path={{ engagement_id: engagement.id! }} version={version} tone="strong" when={isActive} preset={{ kickoff_day: today(engagement.time_zone) }} />
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel title={say('kickoff.was', { day: day(engagement.kickoff_day) })} acts={<Act of={kick_off} path={{ engagement_id: engagement.id! }} version={version} row={engagement} small tone="plain" text={say('kickoff.change')} when={isActive} />}>
      {engagement.kickoff_note ? <p class="lines" dir="auto">{engagement.kickoff_note}</p> : <p class="soft">{say('kickoff.no_note')}</p>}
    </Panel>
  );
}

/* ---- who has which part ---- */

function People({ side, rows, names }: { side: 'agency' | 'client'; rows: Member[]; names: Map<string, string> }) {
  return (
    <div class="stack tight">
      <h3>{sayOne('value', side)}</h3>
      {rows.length === 0 && <span class="soft">{say('team.nobody')}</span>}
      <ul class="present">
        {rows.map((one) => (
          <li key={one.id}>
            <span class="face" aria-hidden="true">{(one.user_name ?? names.get(one.contact_id ?? '') ?? '?').slice(0, 1)}</span>
            <div>
              <strong>{one.user_name ?? names.get(one.contact_id ?? '') ?? '–'}</strong>
              <div class="faint">{[one.part_name ?? sayOne('value', one.part ?? ''), one.until_day ? `${day(one.from_day, 'near')} – ${day(one.until_day, 'near')}` : say('common.since', { day: day(one.from_day, 'near') }), one.note].filter(Boolean).join(' · ')}</div>
            </div>
            <Act of={change_team_member} path={{ team_member_id: one.id! }} version={versionOf(one)} row={one} small tone="plain" />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Team({ engagement }: { engagement: Engagement }) {
  const path = { engagement_id: engagement.id! };
  const asked = useAll(list_team_members, { path });
  const contacts = useAll(list_contacts, { path: { client_id: engagement.client_id! } }).data?.items ?? [];
  const names = new Map(contacts.map((one) => [one.id!, one.name ?? '']));
  const add = (hide: string[], text: string) => <Act of={add_team_member} path={path} around={path} hide={hide} preset={{ from_day: today(engagement.time_zone) }} small icon={Plus} text={text} />;
  return (
    <Panel title={say('team.title')} acts={<>{add(['contact_id'], say('team.add_agency'))}{add(['user_id'], say('team.add_client'))}</>}>
      <Shown of={asked}>
        {(data) => <div class="halves">{(['agency', 'client'] as const).map((side) => <People side={side} names={names} rows={(data.items ?? []).filter((one) => one.side === side)} />)}</div>}
      </Shown>
    </Panel>
  );
}

/* ---- when one talks ---- */

const rhythmOf = (one: Communication) => [sayOne('value', one.rhythm ?? ''), one.weekday ? sayOne('value', one.weekday) : one.last_of_month ? say('communication.last_day') : one.month_day ? say('communication.on_day', { number: one.month_day }) : ''].filter(Boolean).join(', ');

function Talks({ engagement }: { engagement: Engagement }) {
  const path = { engagement_id: engagement.id! };
  const isOver = ENDED.includes(engagement.state ?? '');
  const asked = useAll(list_communications, { path });
  const calendar = useAsk(show_communication_calendar, isOver ? null : { path }).data?.dates ?? [];
  return (
    <Panel title={say('communication.title')} acts={<Act of={create_communication} path={path} small preset={{ from_day: today(engagement.time_zone) }} />}>
      <Shown of={asked}>
        {(data) => (data.items?.length
          ? (
            <ul class="present">
              {data.items.map((one) => (
                <li key={one.id}>
                  <div><strong dir="auto">{one.title}</strong><div class="faint">{[rhythmOf(one), one.channel, one.audience, one.until_day ? say('communication.until', { day: day(one.until_day) }) : ''].filter(Boolean).join(' · ')}</div></div>
                  <Act of={change_communication} path={{ communication_id: one.id! }} version={versionOf(one)} row={one} small tone="plain" />
                </li>
              ))}
            </ul>
          )
          : <Empty title={say('communication.none_title')} text={say('communication.none_text')} />)}
      </Shown>
      {calendar.length > 0 && (
        <div class="stack tight">
          <h3>{say('communication.next')}</h3>
          <ol class="dates">{calendar.slice(0, 8).map((one) => <li><span class="number">{day(one.day, 'near')}</span><span><span dir="auto">{one.title}</span> <span class="faint">{distance(one.day, engagement.time_zone)}</span></span></li>)}</ol>
        </div>
      )}
    </Panel>
  );
}

export default function Kickoff({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} title={say('engagement.kickoff')}>
      {(engagement, version) => (
        <>
          <Begin engagement={engagement} version={version} />
          <ObligationsPanel engagement={engagement} />
          <div class="split">
            <div class="stack"><Team engagement={engagement} /><MeetingsPanel engagement={engagement} /></div>
            <Talks engagement={engagement} />
          </div>
        </>
      )}
    </EngagementFrame>
  );
}
