/* One leaf: what it says, what is behind it, and that it stands in the signed log. */
import type { ComponentChildren } from 'preact';
import { ask } from '../../api/ask';
import { prove_inclusion, show_engagement, show_evidence_log, show_leaf } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { Table } from '../../design/table';
import { moment, number, say, sayOne } from '../../messages';
import { whereThing } from '../../parts/names';
import { Actor, type Acted } from './actor';
import { fromBase64, isSame, toBase64 } from './bytes';
import { checkSignature, type Log } from './log';
import { hashOfLeaf, payloadHashIn, rootFrom, saltedHash } from './proof';
import { Steps, useSteps, type Step } from './steps';

type Leaf = components['schemas']['evidence_leaf'];
interface Row { hash: string; id: string; kind: string; version: number }
interface Payload extends Acted { rows: Row[] }

async function check(leaf: Leaf, log: Log): Promise<Step[]> {
  const text = leaf.leaf ?? '';
  const hash = await hashOfLeaf(text);
  const { data: proof } = await ask(prove_inclusion, { query: { position: leaf.position, size: log.size } });
  const root = await rootFrom(leaf.position, log.size, hash, proof.hashes.map(fromBase64));
  const steps: Step[] = [];
  if (leaf.salt && leaf.payload) {
    const found = await saltedHash(leaf.salt, leaf.payload);
    const isGood = isSame(found, payloadHashIn(text));
    steps.push({ title: say(isGood ? 'evidence.payload_good' : 'evidence.payload_bad'), isGood, values: [[say('evidence.computed'), toBase64(found)], [say('evidence.in_leaf'), text.split('\n')[4] ?? '']] });
  }
  const isHashGood = toBase64(hash) === leaf.hash;
  const isRootGood = !!root && toBase64(root) === log.root;
  return [
    ...steps,
    { title: say(isHashGood ? 'evidence.hash_good' : 'evidence.hash_bad'), isGood: isHashGood, values: [[say('evidence.computed'), toBase64(hash)], [say('evidence.told'), leaf.hash ?? '']] },
    { title: say(isRootGood ? 'evidence.root_good' : 'evidence.root_bad'), isGood: isRootGood, text: say('evidence.root_text', { count: proof.hashes.length, size: number(log.size) }),
      values: [...proof.hashes.map((one): [string, string] => [say('evidence.of_proof'), one]), [say('evidence.computed'), root ? toBase64(root) : '–'], [say('evidence.signed_root'), log.root ?? '']] },
    await checkSignature(log),
  ];
}

function RowName({ row, leaf }: { row: Row; leaf: Leaf }) {
  const place = whereThing(row.kind, row.id, leaf.engagement_id);
  const name = sayOne('value', row.kind);
  return <>{place ? <a href={place}>{name}</a> : <strong>{name}</strong>} <span class="faint">{say('evidence.version', { version: row.version })}</span><div class="code">{row.id}</div></>;
}

function Behind({ leaf }: { leaf: Leaf }) {
  if (leaf.erased_at) return <div class="note">{say('evidence.erased', { when: moment(leaf.erased_at) })}</div>;
  if (!leaf.payload) return null;
  const payload = JSON.parse(leaf.payload) as Payload;
  return (
    <Panel title={say('evidence.behind')} flush>
      <div class="tools">{say('evidence.actor')}: <Actor of={payload} /></div>
      {payload.rows.length > 0 && <Table name={say('evidence.behind')} rows={payload.rows} columns={[
        { title: say('evidence.row'), show: (row) => <RowName row={row} leaf={leaf} />, plain: (row) => `${row.kind} ${row.id}` },
        { title: say('evidence.hash'), show: (row) => <span class="code">{row.hash}</span>, plain: (row) => row.hash },
      ]} />}
    </Panel>
  );
}

function Checked({ leaf, log }: { leaf: Leaf; log: Log }) {
  const steps = useSteps(`${leaf.hash} ${log.checkpoint}`, () => check(leaf, log));
  return <Panel title={say('evidence.checked_here')}><Steps steps={steps} /></Panel>;
}

export default function LeafPage({ id }: { id: string }) {
  const asked = useAsk(show_leaf, { path: { position: Number(id) } });
  const log = useAsk(show_evidence_log);
  const within = asked.data?.engagement_id;
  const engagement = useAsk(show_engagement, within ? { path: { engagement_id: within } } : null).data;
  return (
    <Page title={asked.data ? sayOne('event', asked.data.event ?? '') : say('evidence.leaf')} eyebrow={<><a href="/evidence">{say('nav.evidence')}</a><span>/</span><span>{say('evidence.leaf_number', { position: id })}</span></>}>
      <Shown of={asked}>
        {(leaf) => (
          <div class="split">
            <div class="stack">
              <Shown of={log}>{(head) => <Checked leaf={leaf} log={head} />}</Shown>
              <Behind leaf={leaf} />
            </div>
            <Panel title={say('evidence.leaf')}>
              <Facts facts={[
                [say('evidence.at'), moment(leaf.at)],
                [say('evidence.subject'), <><div class="code">{leaf.subject_id}</div><a href={`/evidence?subject_id=${leaf.subject_id}`}>{say('evidence.all_about')}</a></>],
                ...(leaf.engagement_id ? [[say('engagement.title'), <a href={`/engagements/${leaf.engagement_id}`} dir="auto">{engagement?.title ?? say('common.open')}</a>] as [string, ComponentChildren]] : []),
              ]} />
              <div class="code pre" dir="ltr">{leaf.leaf}</div>
            </Panel>
          </div>
        )}
      </Shown>
    </Page>
  );
}
