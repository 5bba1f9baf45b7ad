/* Changing an estimate that is there. */
import { show_estimate, show_proposal } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Page, Shown } from '../../design/page';
import { say } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { EstimateWriter, type Draft } from './estimate-editor';

export default function EstimateEdit({ id }: { id: string }) {
  const asked = useAsk(show_estimate, { path: { estimate_id: id } });
  const estimate = asked.data;
  const proposal = useAsk(show_proposal, estimate ? { path: { proposal_id: estimate.proposal_id! } } : null);
  if (!estimate) return <Page title={say('estimate.title')}><Shown of={asked}>{() => null}</Shown></Page>;
  return (
    <EngagementFrame id={estimate.engagement_id!} tab="/proposals" title={say('estimate.edit_title')}>
      {() => (
        <Shown of={proposal}>
          {(data) => <EstimateWriter key={id} engagementId={estimate.engagement_id!} estimateId={id} plan={data.plan} version={asked.version} first={estimate as unknown as Draft} />}
        </Shown>
      )}
    </EngagementFrame>
  );
}
