/* All revisions of what was offered, the newest first. */
import { FilePen } from 'lucide';
import { create_proposal, list_estimates, list_proposals } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { may } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { day, dayOf, money, say, sayOne, sayState } from '../../messages';
import { EngagementFrame, isOpen, type Engagement } from '../engagement/frame';

type Proposal = components['schemas']['proposal'];

const columns = (zone: string | null): Column<Proposal>[] => [
  { title: say('proposal.revision'), show: (row) => <a href={`/proposals/${row.id}`}><strong>{say('proposal.name', { revision: row.revision })}</strong></a>, plain: (row) => row.revision, sort: 'revision' },
  { title: say('common.state'), show: (row) => <><State of="proposal" value={row.state} />{row.reason && <div class="faint" dir="auto">{row.reason}</div>}</>, plain: (row) => sayState('proposal', row.state) },
  { title: say('proposal.sent'), show: (row) => day(dayOf(row.sent_at, zone)), plain: (row) => dayOf(row.sent_at, zone) },
  { title: say('proposal.valid_until'), show: (row) => day(row.valid_until_day), plain: (row) => row.valid_until_day },
  { title: say('plan.milestones'), number: true, show: (row) => row.plan.milestones.length, plain: (row) => row.plan.milestones.length },
  { title: say('plan.total'), number: true, show: (row) => money(row.total), plain: (row) => row.total },
];

export default function Proposals({ id }: { id: string }) {
  const path = { engagement_id: id };
  const proposals = useAll(list_proposals, { path });
  const hasDraft = proposals.data?.items?.some((one) => one.state === 'draft');
  const begin = (engagement: Engagement) => isOpen(engagement) && may(create_proposal) && proposals.data && !hasDraft && (
    <a class={`button ${proposals.data.items?.length ? '' : 'strong'}`} href={`/engagements/${id}/proposals/new`}>{sayOne('act', 'create_proposal')}</a>
  );
  return (
    <EngagementFrame id={id} title={say('engagement.proposals')} acts={(engagement) => (
      <>{may(list_estimates) && <a class="button plain" href={`/engagements/${id}/estimates`}>{say('estimate.title')}</a>}{proposals.data?.items?.length ? begin(engagement) : null}</>
    )}>
      {(engagement) => (
        <Panel flush>
          <List of={list_proposals} input={{ path }} name={say('engagement.proposals')} columns={columns(engagement.time_zone)} sort="-revision"
            empty={<Empty icon={FilePen} title={say('proposal.none_title')} text={say(may(create_proposal) ? 'proposal.none_text' : 'proposal.none_client')}>{begin(engagement)}</Empty>} />
        </Panel>
      )}
    </EngagementFrame>
  );
}
