/* One dispute: why, since when, and who has already agreed to settle it. */
import { resolve_dispute, show_dispute, show_milestone, withdraw_dispute } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Facts, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { day, moment, money, say, sayOne, sayState } from '../../messages';
import { sayHere } from '../../parts/side';
import { Within } from './shared';

type Dispute = components['schemas']['dispute'];

const isObjection = (dispute: Dispute | undefined) => dispute?.kind === 'objection';

/* How much of the invoice is credited: what is offered, or what was agreed. */
function Credit({ dispute }: { dispute: Dispute }) {
  if (!isObjection(dispute) || !dispute.credit) return null;
  const isNothing = /^[0.]*$/.test(dispute.credit.amount);
  return (
    <Facts facts={[
      [say(dispute.state === 'open' ? 'objection.offered' : 'objection.credited'), isNothing ? say('objection.nothing') : money(dispute.credit)],
      ...(dispute.credit_note_id ? [[sayOne('value', 'credit_note'), <a href={`/invoices/${dispute.credit_note_id}`}>{say('common.open')}</a>] as [string, preact.ComponentChildren]] : []),
    ]} />
  );
}

/* The side that did not open it, then whichever has not said how it is settled. */
const asked = ({ side, agency_at, client_at }: Dispute) => (agency_at || (!client_at && side === 'agency') ? 'client' : 'agency');

function Waiting({ dispute, haveSettled }: { dispute: Dispute; haveSettled: boolean }) {
  const ways = isObjection(dispute) ? 'objection' : 'dispute';
  return (
    <div class="note wait">
      <strong>{isObjection(dispute) ? say('objection.rests') : say('dispute.stopped', { count: dispute.days_left ?? 0 })}</strong>
      <span>{say(haveSettled ? `${ways}.wait_other` : `${ways}.how`)}</span>
      {dispute.answer_by_day && <span>{say('dispute.answer_by', { side: sayOne('value', asked(dispute)), day: day(dispute.answer_by_day) })}</span>}
    </div>
  );
}

export default function DisputePage({ id }: { id: string }) {
  const shown = useAsk(show_dispute, { path: { dispute_id: id } });
  const dispute = shown.data;
  const milestone = useAsk(show_milestone, dispute ? { path: { milestone_id: dispute.milestone_id! } } : null).data;
  const mySide = isClient() ? 'client' : 'agency';
  const haveSettled = isClient() ? dispute?.client_at : dispute?.agency_at;
  const common = { path: { dispute_id: id }, version: shown.version };
  return (
    <Within tab="/acceptance" engagement_id={dispute?.engagement_id} milestone={milestone} title={say(isObjection(dispute) ? 'objection.of' : 'dispute.of', { code: milestone?.code })} state={<State of="dispute" value={dispute?.state} />}
      acts={dispute && (
        <>
          <Act of={withdraw_dispute} {...common} tone="plain" when={dispute.state === 'open' && dispute.side === mySide}
            {...(isObjection(dispute) ? { text: say('objection.withdraw'), about: say('objection.about_withdraw') } : {})} />
          {isObjection(dispute)
            ? (
              <Act of={resolve_dispute} {...common} tone="strong" when={dispute.state === 'open' && !haveSettled} hide={['currency']}
                preset={{ credit: dispute.credit ?? { amount: '', currency: dispute.currency ?? '' } }} text={say('objection.answer')} about={say('objection.about_answer')} />
            )
            : <Act of={resolve_dispute} {...common} tone="strong" when={dispute.state === 'open' && !haveSettled} hide={['currency', 'credit']} />}
        </>)}>
      <Shown of={shown}>
        {(data) => (
          <>
            {data.state === 'open' && <Waiting dispute={data} haveSettled={!!haveSettled} />}
            <Panel title={say('dispute.history')}>
              <Credit dispute={data} />
              <ol class="timeline">
                <li class="late"><strong>{say('dispute.opened', { side: sayOne('value', data.side ?? '') })}</strong> <span class="faint">{data.opened_by_name} · {moment(data.opened_at)}</span><p class="lines" dir="auto">{data.reason}</p></li>
                {data.agency_at && <li class="done"><strong>{say('dispute.agency_settled')}</strong> <span class="faint">{data.agency_name} · {moment(data.agency_at)}</span><p class="lines" dir="auto">{data.agency_note}</p></li>}
                {data.client_at && <li class="done"><strong>{sayHere('dispute.client_settled')}</strong> <span class="faint">{data.client_name} · {moment(data.client_at)}</span><p class="lines" dir="auto">{data.client_note}</p></li>}
                {data.ended_at && <li class="done"><strong>{sayState('dispute', data.state)}</strong> <span class="faint">{moment(data.ended_at)}</span>{data.note && <p class="lines" dir="auto">{data.note}</p>}</li>}
              </ol>
              <a href={`/submissions/${data.submission_id}`}>{say('milestone.see_round')}</a>
            </Panel>
          </>
        )}
      </Shown>
    </Within>
  );
}
