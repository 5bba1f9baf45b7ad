/* The first draft: empty, with terms that many contracts have. */
import { useState } from 'preact/hooks';
import type { Answered } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { show_client } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Shown } from '../../design/page';
import { say, today } from '../../messages';
import { EngagementFrame, type Engagement } from '../engagement/frame';
import { ProposalWriter, type Draft } from './proposal-edit';
import { TemplateStart } from './template-start';

type Client = components['schemas']['client'];
const DAY_MS = 86_400_000;
const VALID_DAYS = 30;
const ACCEPTANCE_DAYS = 10;

function draftFor(engagement: Engagement, client: Client): Draft {
  const currency = engagement.currency ?? client.currency ?? 'EUR';
  const until = new Date(Date.parse(today(engagement.time_zone)) + VALID_DAYS * DAY_MS).toISOString().slice(0, 10);
  return {
    valid_until_day: until,
    plan: {
      currency, total: { amount: '', currency }, milestones: [],
      terms: {
        payment_days: client.payment_days, acceptance_days: ACCEPTANCE_DAYS, acceptance_day_kind: 'business', silence: 'none',
        time_zone: engagement.time_zone ?? client.time_zone ?? 'UTC',
      },
    } as unknown as Draft['plan'],
  };
}

/* What the template's way has made and could not fill, the other goes on with. */
function Ways({ engagement, first }: { engagement: Engagement; first: Draft }) {
  const [made, make] = useState<Answered<'create_proposal'>>();
  return (
    <>
      <TemplateStart engagementId={engagement.id!} first={first} made={made} make={make} />
      <ProposalWriter engagementId={engagement.id!} first={first} made={made} />
    </>
  );
}

function Begin({ engagement }: { engagement: Engagement }) {
  const client = useAsk(show_client, { path: { client_id: engagement.client_id! } });
  return <Shown of={client}>{(data) => <Ways engagement={engagement} first={draftFor(engagement, data)} />}</Shown>;
}

export default function ProposalNew({ id }: { id: string }) {
  return <EngagementFrame id={id} tab="/proposals" title={say('proposal.new_title')}>{(engagement) => <Begin engagement={engagement} />}</EngagementFrame>;
}
