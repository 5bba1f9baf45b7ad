/* The log of everything that happened, and the checks that nobody need believe: they are made in this browser. */
import { list_engagements, list_leaves, show_evidence_log } from '../../api/generated/operations';
import { useAll, useAsk } from '../../api/query';
import { may } from '../../api/session';
import { Copied } from '../../design/copy';
import { Empty, Facts, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { number, say } from '../../messages';
import { LeafList } from './leaves';
import { checkLog, type Log } from './log';
import { Steps, useSteps } from './steps';

function Checked({ log }: { log: Log }) {
  const steps = useSteps(log.checkpoint, () => checkLog(log));
  return <Panel title={say('evidence.checked_here')}><Steps steps={steps} /></Panel>;
}

function About({ log }: { log: Log }) {
  return (
    <Panel title={say('evidence.log')}>
      <Facts facts={[
        [say('evidence.size'), say('evidence.leaf_count', { count: log.size })],
        [say('evidence.origin'), <span class="code">{log.origin}</span>],
        [say('evidence.key'), <Copied text={log.verifier_key ?? ''} what={say('evidence.key')} />],
        [say('evidence.root'), <Copied text={log.root ?? ''} what={say('evidence.root')} />],
        [say('evidence.checkpoint'), <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(log.checkpoint ?? '')}`} download="checkpoint.txt">{say('common.download')}</a>],
      ]} />
      <p class="faint">{say('evidence.key_hint')}</p>
    </Panel>
  );
}

function Engagements() {
  const engagements = useAll(list_engagements);
  return (
    <Panel title={say('evidence.by_engagement')} flush>
      <Shown of={engagements}>
        {(data) => (data.items.length > 0
          ? <ul class="turns">{data.items.map((one) => <li><State of="engagement" value={one.state} /><div><a href={`/evidence/engagements/${one.id}`}><strong>{one.title}</strong></a></div><span /></li>)}</ul>
          : <Empty title={say('engagement.none_title')} />)}
      </Shown>
    </Panel>
  );
}

export default function Evidence() {
  const asked = useAsk(show_evidence_log);
  return (
    <Page title={say('nav.evidence')} eyebrow={asked.data && say('evidence.eyebrow', { size: number(asked.data.size) })}>
      <p class="soft">{say('evidence.intro')}</p>
      <Shown of={asked}>
        {(log) => (
          <div class="split">
            <div class="stack"><Checked log={log} /><Engagements /></div>
            <About log={log} />
          </div>
        )}
      </Shown>
      {may(list_leaves) && <Panel title={say('evidence.leaves')} flush><LeafList /></Panel>}
    </Page>
  );
}
