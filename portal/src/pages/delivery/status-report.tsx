/* One status report, as it was sent. */
import { show_status_report } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Panel, Shown } from '../../design/page';
import { day, moment, say } from '../../messages';
import { Within } from './shared';

const linesOf = (part: string) => part.split('\n');
const figureOf = (line: string) => /^([^:]*): (.+)$/.exec(line) ?? [line, line, ''];

/* What was mailed is a plain text, with an empty line between its parts: in what words somebody began it, the figures as "name: value",
   and at last the milestones, with what is said of each indented below it. */
function Letter({ text }: { text: string }) {
  const parts = text.trim().split(/\n{2,}/);
  const last = parts.findLastIndex((part) => /\n\s+\S/.test(part));
  if (last < 1) return <p class="lines">{text.trim()}</p>;
  return (
    <>
      {parts.slice(0, last - 1).map((part) => <p class="lines">{part}</p>)}
      <dl class="facts">{linesOf(parts[last - 1]!).map(figureOf).map(([, name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>
      <ul class="points">{parts[last]!.split(/\n(?=\S)/).map(linesOf).map(([first, ...rest]) => <li><strong>{first}</strong>{rest.map((line) => <div class="soft">{line.trim()}</div>)}</li>)}</ul>
      {parts.slice(last + 1).map((part) => <p class="lines">{part}</p>)}
    </>
  );
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
            <div class="letter" dir="auto"><Letter text={data.text ?? ''} /></div>
          </Panel>
        )}
      </Shown>
    </Within>
  );
}
