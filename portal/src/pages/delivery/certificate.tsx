/* A certificate of acceptance: what was accepted, by whom, with what reserved, and the paper. */
import { FileText } from 'lucide';
import { list_defects, show_certificate, show_certificate_paper, show_invoice, show_milestone } from '../../api/generated/operations';
import { useAll, useAsk } from '../../api/query';
import { Icon } from '../../design/icon';
import { Facts, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { moment, money, say, sayOne } from '../../messages';
import { Paper, paperAt } from '../../parts/paper';
import { DefectTable } from './defects';
import { useCriteria, Within } from './shared';
import { Decisions } from './submission';

export default function CertificatePage({ id }: { id: string }) {
  const asked = useAsk(show_certificate, { path: { certificate_id: id } });
  const certificate = asked.data;
  const milestone = useAsk(show_milestone, certificate ? { path: { milestone_id: certificate.milestone_id! } } : null).data;
  const known = useCriteria(certificate?.engagement_id);
  const defects = useAll(list_defects, certificate ? { path: { engagement_id: certificate.engagement_id! }, query: { certificate_id: id } } : null).data?.items ?? [];
  const invoice = useAsk(show_invoice, milestone?.invoice_id ? { path: { invoice_id: milestone.invoice_id } } : null).data;
  const paper = paperAt(show_certificate_paper, id);
  return (
    <Within tab="/acceptance" engagement_id={certificate?.engagement_id} milestone={milestone} title={say('certificate.title', { code: milestone?.code })} state={<State of="milestone" value={certificate?.kind} />}
      acts={<a class="button strong" href={paper} target="_blank" rel="noreferrer"><Icon of={FileText} />{say('certificate.paper')}</a>}>
      <Shown of={asked}>
        {(data) => (
          <div class="split">
            <div class="stack">
              {(data.decisions?.length ?? 0) > 0 && <Panel title={say('review.decisions')} flush><Decisions decisions={data.decisions ?? []} known={known} /></Panel>}
              {defects.length > 0 && <Panel title={say('certificate.defects')} flush><DefectTable rows={defects} known={known} /></Panel>}
              <Paper isBare of={show_certificate_paper} id={id} title={say('certificate.paper')} />
            </div>
            <Panel title={say('certificate.facts')}>
              <Facts facts={[
                [say('milestone.title'), milestone && <a href={`/milestones/${milestone.id}`}>{`${milestone.code} ${milestone.title}`}</a>],
                [say('milestone.price'), money(milestone?.price)],
                [say('certificate.by'), <>{data.accepted_by_name}<div class="faint">{data.accepted_by_role && sayOne('value', data.accepted_by_role)}</div></>],
                [say('certificate.at'), moment(data.accepted_at)],
                [say('certificate.method'), sayOne('value', data.method ?? '')],
                [say('certificate.reservations'), data.reservations ? <span class="lines" dir="auto">{data.reservations}</span> : say('certificate.no_reservations')],
                [say('submission.round'), <a href={`/submissions/${data.submission_id}`}>{say('milestone.see_round')}</a>],
                ...(milestone?.invoice_id ? [[say('milestone.invoice'), <a href={`/invoices/${milestone.invoice_id}`}>{invoice?.number ?? say('milestone.invoice')}</a>] as [string, preact.ComponentChildren]] : []),
              ]} />
            </Panel>
          </div>
        )}
      </Shown>
    </Within>
  );
}
