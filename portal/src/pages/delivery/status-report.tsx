/* One status report, as it was sent. */
import { show_status_report } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Panel, Shown } from '../../design/page';
import { day, moment, say } from '../../messages';
import { Within } from './shared';

/* What was mailed is a plain text: figures as "name: value", what is said of a line indented below it, an empty line between parts. */
function Part({ text }: { text: string }) {
  const lines = text.split('\n');
  const figures = lines.map((line) => /^(\S[^:]*): (.+)$/.exec(line));
  if (figures.every((one) => one)) return <dl class="facts">{figures.map((one) => <><dt>{one![1]}</dt><dd>{one![2]}</dd></>)}</dl>;
  if (!/\n\s+\S/.test(text)) return <p class="lines">{text}</p>;
  return <ul class="points">{text.split(/\n(?=\S)/).map((one) => <li><strong>{one.split('\n')[0]}</strong>{one.split('\n').slice(1).map((line) => <div class="soft">{line.trim()}</div>)}</li>)}</ul>;
}

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
            <div class="letter" dir="auto">{data.text?.trim().split(/\n{2,}/).map((text) => <Part text={text} />)}</div>
          </Panel>
        )}
      </Shown>
    </Within>
  );
}
