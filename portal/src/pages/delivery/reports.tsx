/* Status reports: what was sent, what is sent next and how often. */
import { Send } from 'lucide';
import { list_status_reports, send_status_report, set_report_rhythm, show_report_rhythm } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, say, sayOne, today } from '../../messages';
import { sayHere } from '../../parts/side';
import { EngagementFrame, type Engagement } from '../engagement/frame';

type Report = components['schemas']['status_report'];

const columns = (): Column<Report>[] => [
  { title: say('report.number'), show: (row) => <a href={`/status-reports/${row.id}`}><strong>{say('report.title', { number: row.number })}</strong></a>, plain: (row) => row.number },
  { title: say('common.day'), show: (row) => day(row.day), plain: (row) => row.day },
  { title: say('report.note'), show: (row) => <span dir="auto">{row.note ?? '–'}</span>, plain: (row) => row.note },
  { title: say('report.how'), show: (row) => say(row.sent_by ? 'report.by_hand' : 'report.by_rhythm'), plain: (row) => say(row.sent_by ? 'report.by_hand' : 'report.by_rhythm') },
  { title: say('report.recipients'), number: true, show: (row) => row.recipients, plain: (row) => row.recipients },
];

function Rhythm({ engagement }: { engagement: Engagement }) {
  const path = { engagement_id: engagement.id! };
  const asked = useAsk(show_report_rhythm, { path });
  const rhythm = asked.refusal?.slug === 'not-found' ? undefined : asked.data;
  const isOn = rhythm?.rhythm && !rhythm.is_stopped;
  if (!isOn && engagement.state !== 'active') return null;
  return (
    <Panel title={say('report.rhythm')} acts={<Act of={set_report_rhythm} path={path} version={rhythm ? asked.version : undefined} small
      row={rhythm} {...(rhythm ? {} : { preset: { first_day: today(engagement.time_zone) } })} when={engagement.state === 'active'} />}>
      <p>{isOn ? say('report.rhythm_is', { rhythm: sayOne('value', rhythm.rhythm ?? ''), day: day(rhythm.first_day) }) : <span class="soft">{sayHere('report.rhythm_none')}</span>}</p>
    </Panel>
  );
}

export default function Reports({ id }: { id: string }) {
  const path = { engagement_id: id };
  return (
    <EngagementFrame id={id} title={say('engagement.reports')} acts={(engagement) => <Act of={send_status_report} path={path} tone="strong" icon={Send} when={engagement.state === 'active'} />}>
      {(engagement) => (
        <>
          <Panel flush title={say('report.sent')}>
            <List of={list_status_reports} input={{ path }} name={say('report.sent')} columns={columns()}
              empty={<Empty icon={Send} title={say('status_report.none_title')} text={say(isClient() ? 'report.none_client' : 'status_report.none_text')} />} />
          </Panel>
          <Rhythm engagement={engagement} />
        </>
      )}
    </EngagementFrame>
  );
}
