/* The evidence of one engagement: every leaf, payload and row of it, checked in this browser against the signed log. */
import { Download } from 'lucide';
import type { ComponentChildren } from 'preact';
import { show_engagement, show_evidence, show_evidence_log, show_leaf } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { may } from '../../api/session';
import { Icon } from '../../design/icon';
import { Figures, Page, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { moment, number, say, sayOne } from '../../messages';
import { fromBase64, isSame } from './bytes';
import { checkSignature, type Log } from './log';
import { canonical, hashOfLeaf, isSigned, payloadHashIn, readCheckpoint, rootFrom, saltedHash } from './proof';
import { Steps, useSteps, type Step } from './steps';

interface Named { kind: string; id: string; version: number }
interface BundleLeaf { index: number; leaf: string; inclusion: string[]; salt?: string; payload?: { rows: (Named & { hash: string })[] }; erased?: boolean }
interface BundleRow extends Named { row?: unknown; salt?: string; erased?: boolean }
interface Bundle { checkpoints: { note: string }[]; leaves: BundleLeaf[]; rows: BundleRow[]; documents: unknown[]; links: unknown[] }

const nameOf = (row: Named) => `${row.kind} ${row.id} ${row.version}`;

async function countGood<T>(items: T[], isGood: (item: T) => Promise<boolean>) {
  const good = await Promise.all(items.map(isGood));
  return good.filter(Boolean).length;
}

const counted = (key: 'leaves' | 'payloads' | 'rows', good: number, all: number): Step =>
  ({ title: say(`evidence.${key}_${good === all ? 'good' : 'bad'}`, { count: all, good }), isGood: good === all });

async function check(bundle: Bundle, log: Log): Promise<Step[]> {
  const head = readCheckpoint(bundle.checkpoints.at(-1)?.note ?? '');
  if (!head || !await isSigned(head, log.verifier_key ?? '')) return [{ title: say('evidence.not_signed'), isGood: false }];
  const leaves = await countGood(bundle.leaves, async (leaf) => {
    const root = await rootFrom(leaf.index, head.size, await hashOfLeaf(leaf.leaf), leaf.inclusion.map(fromBase64));
    return !!root && isSame(root, head.root);
  });
  const shown = bundle.leaves.filter((leaf) => leaf.salt && leaf.payload);
  const payloads = await countGood(shown, async (leaf) => isSame(await saltedHash(leaf.salt!, canonical(leaf.payload)), payloadHashIn(leaf.leaf)));
  const named = new Map(shown.flatMap((leaf) => leaf.payload!.rows.map((row) => [nameOf(row), { hash: row.hash, salt: leaf.salt! }])));
  const rows = bundle.rows.filter((row) => !row.erased);
  const goodRows = await countGood(rows, async (row) => {
    const record = named.get(nameOf(row));
    return !!record && isSame(await saltedHash(row.salt ?? record.salt, canonical(row.row)), fromBase64(record.hash));
  });
  return [await checkSignature(log), counted('leaves', leaves, bundle.leaves.length), counted('payloads', payloads, shown.length), counted('rows', goodRows, rows.length)];
}

const lines = (leaf: BundleLeaf) => leaf.leaf.split('\n');

const changed = (row: BundleLeaf) => (row.payload
  ? [...new Set(row.payload.rows.map((one) => sayOne('value', one.kind)))].join(', ')
  : say('evidence.is_erased'));

const columns = (): Column<BundleLeaf>[] => [
  { title: say('evidence.position'), show: (row): ComponentChildren => (may(show_leaf) ? <a href={`/evidence/leaves/${row.index}`}>{row.index}</a> : row.index), plain: (row) => row.index },
  { title: say('evidence.event'), show: (row) => <strong>{sayOne('event', lines(row)[1] ?? '')}</strong>, plain: (row) => lines(row)[1] },
  { title: say('evidence.at'), show: (row) => <span class="number">{moment(lines(row)[3])}</span>, plain: (row) => lines(row)[3] },
  { title: say('evidence.changed'), show: changed, plain: changed },
];

function Content({ bundle, log }: { bundle: Bundle; log: Log }) {
  const steps = useSteps(bundle.checkpoints.at(-1)?.note ?? 'none', () => check(bundle, log));
  const kept = bundle.rows.filter((row) => row.erased).length;
  return (
    <>
      <Figures rows={[
        { name: say('evidence.leaves'), value: number(bundle.leaves.length) },
        { name: say('evidence.rows'), value: number(bundle.rows.length), below: kept > 0 && say('evidence.rows_kept', { count: kept }) },
        { name: say('evidence.documents'), value: number(bundle.documents.length) },
        { name: say('evidence.links'), value: number(bundle.links.length) },
      ]} />
      <Panel title={say('evidence.checked_here')}><Steps steps={steps} /><p class="faint">{say('evidence.offline')}</p></Panel>
      <Panel title={say('evidence.what_happened')} flush><Table name={say('evidence.what_happened')} columns={columns()} rows={[...bundle.leaves].sort((one, other) => other.index - one.index)} /></Panel>
    </>
  );
}

export default function EngagementEvidence({ id }: { id: string }) {
  const engagement = useAsk(show_engagement, { path: { engagement_id: id } });
  const bundle = useAsk(show_evidence, { path: { engagement_id: id } });
  const log = useAsk(show_evidence_log);
  return (
    <Page title={engagement.data?.title ?? say('evidence.of_engagement')} eyebrow={<><a href="/evidence">{say('nav.evidence')}</a><span>/</span><a href={`/engagements/${id}`}>{say('engagement.title')}</a></>}
      acts={<a class="button" href={`/api/v1/engagements/${id}/evidence`} download="evidence.json"><Icon of={Download} />{say('evidence.bundle')}</a>}>
      <Shown of={bundle}>{(data) => <Shown of={log}>{(head) => <Content bundle={data as unknown as Bundle} log={head} />}</Shown>}</Shown>
    </Page>
  );
}
