/* Every paper and file of an engagement, with what proves it, and the whole as one file to check alone. */
import { Download, FileText, Fingerprint, FolderOpen } from 'lucide';
import type { ComponentChildren } from 'preact';
import {
  list_change_orders, list_comments, list_contracts, list_files, list_invoices, show_certificate_paper, show_change_paper, show_contract_paper,
  show_invoice_paper, show_signed_change_paper, show_signed_contract_paper, upload_file,
} from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { somethingChanged } from '../../api/kept';
import { useAll } from '../../api/query';
import { may } from '../../api/session';
import { Icon } from '../../design/icon';
import { Empty, Panel } from '../../design/page';
import { List, type Column } from '../../design/table';
import { day, dayOf, moment, say, sayOne, sayState } from '../../messages';
import { paperAt } from '../../parts/paper';
import { EngagementFrame } from '../engagement/frame';
import { FileDrop } from './hand-over';
import { size, useEngagement, useMilestones } from './shared';
import '../../parts/comments.css';

type File = components['schemas']['file'];

/* ---- papers ---- */

interface Paper { name: ComponentChildren; about: string; href: string; text?: string }

function usePapers(id: string): Paper[] {
  const whole = { path: { engagement_id: id } };
  const contracts = useAll(list_contracts, whole).data?.items ?? [];
  const changes = useAll(list_change_orders, whole).data?.items ?? [];
  const invoices = useAll(list_invoices, { query: { engagement_id: id } }).data?.items ?? [];
  const milestones = useMilestones(id);
  const zone = useEngagement(id)?.time_zone;
  return [
    ...contracts.filter((one) => one.sent_at).map((one) => ({
      name: <a href={`/contracts/${one.id}`}>{say('document.contract', { number: one.number })}</a>, about: say(one.active_at ? 'document.signed' : 'document.sent', { day: day(dayOf(one.active_at ?? one.sent_at, zone)) }),
      href: paperAt(one.active_at ? show_signed_contract_paper : show_contract_paper, one.id!) })),
    ...changes.filter((one) => one.proposed_at).map((one) => ({
      name: <a href={`/change-orders/${one.id}`}>{say('document.change', { number: one.number, title: one.title })}</a>, about: sayState('change_order', one.state),
      href: paperAt(one.approved_at ? show_signed_change_paper : show_change_paper, one.id!) })),
    ...milestones.filter((one) => one.certificate_id).map((one) => ({
      name: <a href={`/certificates/${one.certificate_id}`}>{say('certificate.title', { code: one.code })}</a>, about: say('milestone.is_accepted', { day: day(dayOf(one.accepted_at, zone)) }),
      href: paperAt(show_certificate_paper, one.certificate_id!) })),
    ...invoices.map((one) => ({
      name: <a href={`/invoices/${one.id}`}>{say('common.titled', { kind: sayOne('value', one.kind ?? ''), number: one.number })}</a>, about: day(one.issue_day), href: paperAt(show_invoice_paper, one.id!) })),
  ];
}

function Papers({ id }: { id: string }) {
  const papers = usePapers(id);
  return (
    <Panel title={say('document.papers')}>
      {papers.length > 0
        ? (
          <ul class="files">
            {papers.map((one) => (
              <li><div><strong>{one.name}</strong><div class="faint">{one.about}</div></div>
                <a class="button small" href={one.href} target="_blank" rel="noreferrer"><Icon of={FileText} />PDF</a></li>
            ))}
          </ul>
        )
        : <Empty icon={FileText} title={say('document.no_papers')} text={say('document.no_papers_text')} />}
    </Panel>
  );
}

/* ---- files ---- */

const columns = (): Column<File>[] => [
  { title: say('document.file'), show: (row) => <><strong dir="auto">{row.name}</strong><div class="code faint">{row.hash}</div></>, plain: (row) => row.name },
  { title: say('document.size'), number: true, show: (row) => size(row.size), plain: (row) => row.size },
  { title: say('document.since'), show: (row) => moment(row.created_at), plain: (row) => row.created_at },
  { title: say('common.download'), show: (row) => <a class="button small" href={`/api/v1/files/${row.id}/content`} download={row.name ?? ''} aria-label={say('document.download', { name: row.name })}><Icon of={Download} />{say('common.download')}</a>, plain: null },
];

function Files({ id }: { id: string }) {
  return (
    <Panel title={say('document.files')} flush>
      {may(upload_file) && <div class="bare"><FileDrop label={say('document.upload')} engagement_id={id} taken={somethingChanged} /></div>}
      <List of={list_files} input={{ path: { engagement_id: id } }} name={say('document.files')} columns={columns()}
        empty={<Empty icon={FolderOpen} title={say('document.no_files')} text={say('document.no_files_text')} />} />
    </Panel>
  );
}

/* ---- proof ---- */

function Proof({ id }: { id: string }) {
  return (
    <Panel title={say('document.proof')}>
      <p>{say('document.proof_text')}</p>
      <div class="acts">
        <a class="button strong" href={`/api/v1/engagements/${id}/evidence`} download="evidence.json"><Icon of={Fingerprint} />{say('document.evidence')}</a>
        <a class="button" href="/evidence">{say('document.how')}</a>
      </div>
    </Panel>
  );
}

function Talk({ id }: { id: string }) {
  const comments = useAll(list_comments, { path: { engagement_id: id } }).data?.items?.toReversed() ?? [];
  const milestones = useMilestones(id);
  if (comments.length === 0) return null;
  return (
    <Panel title={say('comment.title')}>
      <ul class="talk">
        {comments.map((one) => {
          const milestone = milestones.find((row) => row.id === one.subject_id);
          return (
            <li>
              <div class="faint"><strong>{one.author_name}</strong> · {moment(one.created_at)}</div>
              <p class="lines" dir="auto">{one.text}</p>
              {milestone && <div><a href={`/milestones/${milestone.id}`}>{`${milestone.code} ${milestone.title}`}</a></div>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

export default function Documents({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} title={say('engagement.documents')}>
      {() => <div class="split"><div class="stack"><Papers id={id} /><Files id={id} /></div><div class="stack"><Proof id={id} /><Talk id={id} /></div></div>}
    </EngagementFrame>
  );
}
