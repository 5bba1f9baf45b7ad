/* The client's first page: what awaits me, and each engagement with what was agreed, done, and is to be paid. */
import { CircleCheckBig } from 'lucide';
import type { components } from '../api/generated/types';
import { useAsk } from '../api/query';
import { viewer } from '../api/session';
import { Empty, Page, Panel, Shown } from '../design/page';
import { State } from '../design/state';
import { say } from '../messages';
import { isMine, TurnList } from '../parts/turns';
import { WhyLink } from '../parts/why-link';
import { BudgetPanel, MilestonesPanel, PositionPanel, Stages } from './engagement/panels';
import { engagementsAtHome, turnsAtHome } from './home_asks';

type Overview = components['schemas']['overview'];

function Awaiting() {
  const turns = useAsk(...turnsAtHome);
  const mine = turns.data?.items?.filter(isMine) ?? [];
  const others = turns.data?.items?.filter((turn) => !isMine(turn)) ?? [];
  return (
    <>
      <Panel title={say('today.mine')} flush>
        <Shown of={turns}>
          {() => (mine.length > 0
            ? <TurnList turns={mine} />
            : <Empty icon={CircleCheckBig} title={say('today.none_title')} text={say('today.none_text')} />)}
        </Shown>
      </Panel>
      {others.length > 0 && <Panel title={say('today.colleagues')} flush><TurnList turns={others} /></Panel>}
    </>
  );
}

const known = <T,>(data: T) => ({ data, refusal: undefined });

function Engagement({ of }: { of: Overview }) {
  const { engagement, position, milestones, budget } = of;
  const place = `/engagements/${engagement.id}`;
  return (
    <section class="page" aria-label={engagement.title ?? ''}>
      <div class="row"><h2><a href={place}>{engagement.title}</a></h2><State of="engagement" value={engagement.state} /></div>
      <Stages state={engagement.state} />
      <div class="split">
        <div class="stack">
          {position && <PositionPanel of={known(position)} acts={<WhyLink to={`${place}?why`} />} />}
          <MilestonesPanel of={known(milestones)} />
        </div>
        {budget && <BudgetPanel of={known(budget)} acts={<WhyLink to={`${place}?why_budget`} />} />}
      </div>
    </section>
  );
}

export default function Home() {
  const overviews = useAsk(...engagementsAtHome);
  return (
    <Page title={say('nav.home')} eyebrow={say('today.hello', { name: viewer()?.name })}>
      <Awaiting />
      <Shown of={overviews}>
        {(data) => [...(data.items ?? []).map((overview) => <Engagement of={overview} />),
          data.next_cursor && <div class="acts"><a class="button" href="/engagements">{say('nav.engagements')}</a></div>]}
      </Shown>
    </Page>
  );
}
