/* The client's first page: what awaits me, and each engagement with what was agreed, done, and is to be paid. */
import { CircleCheckBig } from 'lucide';
import { list_engagements, list_turns } from '../api/generated/operations';
import { useAsk } from '../api/query';
import { viewer } from '../api/session';
import { Empty, Page, Panel, Shown } from '../design/page';
import { State } from '../design/state';
import { say } from '../messages';
import { TurnList } from '../parts/turns';
import { BudgetPanel, MilestonesPanel, PositionPanel, Stages } from './engagement/overview';

function Awaiting() {
  const turns = useAsk(list_turns, { query: { side: 'client' } });
  return (
    <Panel title={say('today.mine')} flush>
      <Shown of={turns}>
        {(data) => (data.items?.length
          ? <TurnList turns={data.items} />
          : <Empty icon={CircleCheckBig} title={say('today.none_title')} text={say('today.none_text')} />)}
      </Shown>
    </Panel>
  );
}

export default function Home() {
  const engagements = useAsk(list_engagements, { query: { limit: 20 } });
  return (
    <Page title={say('nav.home')} eyebrow={say('today.hello', { name: viewer()?.name })}>
      <Awaiting />
      <Shown of={engagements}>
        {(data) => (data.items ?? []).map((engagement) => (
          <section class="page" aria-label={engagement.title ?? ''}>
            <div class="row"><h2><a href={`/engagements/${engagement.id}`}>{engagement.title}</a></h2><State value={engagement.state} /></div>
            <Stages state={engagement.state} />
            <div class="split">
              <div class="stack"><PositionPanel id={engagement.id!} /><MilestonesPanel id={engagement.id!} /></div>
              <BudgetPanel id={engagement.id!} />
            </div>
          </section>
        ))}
      </Shown>
    </Page>
  );
}
