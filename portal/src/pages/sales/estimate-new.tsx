/* The first estimate of a proposal: every milestone, no effort yet. */
import { show_proposal } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Page, Shown } from '../../design/page';
import { say } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { EstimateWriter, type Draft } from './estimate-editor';

const DAY_MINUTES = 480;
const CONTINGENCY_PPM = 100_000;

export default function EstimateNew({ id }: { id: string }) {
  const asked = useAsk(show_proposal, { path: { proposal_id: id } });
  const proposal = asked.data;
  if (!proposal) return <Page title={say('estimate.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  const first = {
    rate_card_id: '', day_minutes: DAY_MINUTES, contingency_ppm: CONTINGENCY_PPM, milestones: proposal.plan.milestones.map((piece) => ({ code: piece.code, people: 1, efforts: [] })),
  } as Draft;
  return (
    <EngagementFrame id={proposal.engagement_id!} tab="/proposals" title={say('estimate.new_title', { revision: proposal.revision })}>
      {() => <EstimateWriter key={id} engagementId={proposal.engagement_id!} proposalId={id} plan={proposal.plan} first={first} />}
    </EngagementFrame>
  );
}
