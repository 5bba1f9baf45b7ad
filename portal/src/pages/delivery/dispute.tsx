/* One dispute: why, since when, and who has already agreed to settle it. */
import { resolve_dispute, show_dispute, show_milestone, withdraw_dispute } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { moment, say, sayOne } from '../../messages';
import { Within } from './shared';

export default function DisputePage({ id }: { id: string }) {
  const asked = useAsk(show_dispute, { path: { dispute_id: id } });
  const dispute = asked.data;
  const milestone = useAsk(show_milestone, dispute ? { path: { milestone_id: dispute.milestone_id! } } : null).data;
  const mySide = isClient() ? 'client' : 'agency';
  const haveSettled = isClient() ? dispute?.client_at : dispute?.agency_at;
  const common = { path: { dispute_id: id }, version: asked.version };
  return (
    <Within acceptance engagement_id={dispute?.engagement_id} milestone={milestone} title={say('dispute.of', { code: milestone?.code })} state={<State value={dispute?.state} />}
      acts={dispute && (
        <>
          <Act of={withdraw_dispute} {...common} tone="plain" when={dispute.state === 'open' && dispute.side === mySide} />
          <Act of={resolve_dispute} {...common} tone="strong" when={dispute.state === 'open' && !haveSettled} />
        </>)}>
      <Shown of={asked}>
        {(data) => (
          <>
            {data.state === 'open' && <div class="note wait"><strong>{say('dispute.stopped', { count: data.days_left ?? 0 })}</strong><span>{say(haveSettled ? 'dispute.wait_other' : 'dispute.how')}</span></div>}
            <Panel title={say('dispute.history')}>
              <ol class="timeline">
                <li class="late"><strong>{say('dispute.opened', { side: sayOne('value', data.side ?? '') })}</strong> <span class="faint">{data.opened_by_name} · {moment(data.opened_at)}</span><p class="lines" dir="auto">{data.reason}</p></li>
                {data.agency_at && <li class="done"><strong>{say('dispute.agency_settled')}</strong> <span class="faint">{data.agency_name} · {moment(data.agency_at)}</span><p class="lines" dir="auto">{data.agency_note}</p></li>}
                {data.client_at && <li class="done"><strong>{say('dispute.client_settled')}</strong> <span class="faint">{data.client_name} · {moment(data.client_at)}</span><p class="lines" dir="auto">{data.client_note}</p></li>}
                {data.ended_at && <li class="done"><strong>{sayOne('value', data.state ?? '')}</strong> <span class="faint">{moment(data.ended_at)}</span>{data.note && <p class="lines" dir="auto">{data.note}</p>}</li>}
              </ol>
              <a href={`/submissions/${data.submission_id}`}>{say('milestone.see_round')}</a>
            </Panel>
          </>
        )}
      </Shown>
    </Within>
  );
}
