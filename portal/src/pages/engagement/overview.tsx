/* One page for both sides: what did we agree, what is done, what awaits whom, what is paid when. */
import { list_milestones, list_turns, show_budget, show_contract_position } from '../../api/generated/operations';
import * as operations from '../../api/generated/operations';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { Act } from '../../form/act';
import { say } from '../../messages';
import { TurnList } from '../../parts/turns';
import { Why } from '../../parts/why';
import { EngagementFrame, type Engagement } from './frame';
import { BudgetPanel, MilestonesPanel, PositionPanel, Stages } from './panels';
import { Timeline } from './timeline';

/* Nothing where there is no contract yet. */
export function Position({ id }: { id: string }) {
  const position = useAsk(show_contract_position, { path: { engagement_id: id } });
  return position.refusal ? null : <PositionPanel of={position} acts={<Why subject={{ of: 'position', path: { engagement_id: id } }} />} />;
}

function Milestones({ id }: { id: string }) {
  return <MilestonesPanel of={useAll(list_milestones, { path: { engagement_id: id } })} />;
}

function Budget({ id }: { id: string }) {
  const budget = useAsk(show_budget, { path: { engagement_id: id } });
  return budget.refusal ? null : <BudgetPanel of={budget} acts={<Why subject={{ of: 'budget', path: { engagement_id: id } }} />} />;
}

function TurnsPanel({ id }: { id: string }) {
  const turns = useAsk(list_turns, { query: { engagement_id: id } });
  const mySide = viewer()?.kind === 'contact' ? 'client' : 'agency';
  return (
    <Panel title={say('engagement.next')} flush>
      <Shown of={turns}>
        {(data) => (data.items?.length
          ? <TurnList turns={[...data.items].sort((one, other) => Number(other.side === mySide) - Number(one.side === mySide))} />
          : <Empty title={say('engagement.nothing_waits')} />)}
      </Shown>
    </Panel>
  );
}

/* What the agency does with the engagement as a whole. */
function Acts({ engagement, version }: { engagement: Engagement; version: string | undefined }) {
  const path = { engagement_id: engagement.id! };
  const is = (...states: string[]) => states.includes(engagement.state ?? '');
  const isBefore = is('consultation', 'proposal', 'contracting'); // nothing is signed yet
  return (
    <>
      <Act of={operations.change_engagement} path={path} version={version} row={engagement} when={!is('completed', 'terminated')} tone="plain" />
      <Act of={operations.suspend_engagement} path={path} version={version} when={is('active')} tone="plain" />
      <Act of={operations.resume_engagement} path={path} version={version} when={is('suspended')} tone="strong" />
      <Act of={operations.terminate_engagement} path={path} version={version} when={!is('completed', 'terminated')} tone="bad"
        {...(isBefore ? { text: say('engagement.drop'), about: say('engagement.drop_about') } : {})} />
      <Act of={operations.complete_engagement} path={path} version={version} when={is('active')} />
    </>
  );
}

export default function Overview({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} acts={(engagement, version) => <Acts engagement={engagement} version={version} />}>
      {(engagement) => (
        <>
          <Stages state={engagement.state} />
          <div class="split">
            <div class="stack">
              {engagement.summary && <Panel title={say('engagement.about')}><p class="lines" dir="auto">{engagement.summary}</p></Panel>}
              <Position id={id} />
              <Milestones id={id} />
              <Timeline engagement={engagement} />
            </div>
            <div class="stack urgent">
              <TurnsPanel id={id} />
              <Budget id={id} />
            </div>
          </div>
        </>
      )}
    </EngagementFrame>
  );
}
