/* One status report, as it was sent. */
import { show_status_report } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Panel, Shown } from '../../design/page';
import { day, moment, say } from '../../messages';
import { Within } from './shared';

export default function StatusReport({ id }: { id: string }) {
  const asked = useAsk(show_status_report, { path: { status_report_id: id } });
  const report = asked.data;
  return (
    <Within tab="/reports" engagement_id={report?.engagement_id} title={report ? `${say('report.title', { number: report.number })} · ${day(report.day)}` : ''}
      acts={report && <a class="button" href={`/engagements/${report.engagement_id}/tracking`}>{say('report.now')}</a>}>
      <Shown of={asked}>
        {(data) => (
          <Panel title={data.subject ?? ''}>
            <p class="faint">{say('report.sent_to', { count: data.recipients, at: moment(data.sent_at) })}</p>
            <div class="letter lines" dir="auto">{data.text}</div>
          </Panel>
        )}
      </Shown>
    </Within>
  );
}
