/* One price reduction: how much less, why, and what the client said. */
import { show_milestone, show_price_reduction } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Figures, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { sumOf } from '../../form/amount';
import { moment, money, type Money, say, sayState } from '../../messages';
import { sayHere } from '../../parts/side';
import { ReductionActs, type Reduction } from './reductions';
import { CriterionText, useCriteria, Within } from './shared';

/* What it would cost then; an agreed one is in the price already. */
function priceAfter(price: Money | undefined, reduction: Reduction): Money | null {
  if (!price?.amount || !price.currency || !reduction.amount?.amount) return null;
  return { currency: price.currency, amount: sumOf([price.amount, `-${reduction.amount.amount}`], price.currency) };
}

export default function ReductionPage({ id }: { id: string }) {
  const asked = useAsk(show_price_reduction, { path: { price_reduction_id: id } });
  const reduction = asked.data;
  const milestone = useAsk(show_milestone, reduction ? { path: { milestone_id: reduction.milestone_id! } } : null).data;
  const known = useCriteria(reduction?.engagement_id);
  return (
    <Within tab="/acceptance" engagement_id={reduction?.engagement_id} milestone={milestone} title={say('reduction.of', { code: milestone?.code })} state={<State of="price_reduction" value={reduction?.state} />}
      acts={reduction && <ReductionActs reduction={reduction} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            <Figures rows={[
              { name: say('reduction.amount'), value: money(data.amount) },
              { name: say('milestone.price'), value: money(milestone?.price) },
              ...(data.state === 'proposed' ? [{ name: say('reduction.after'), value: money(priceAfter(milestone?.price, data)) }] : []),
            ]} />
            <Panel title={say('reduction.reason')}>
              <p class="lines" dir="auto">{data.reason}</p>
              {data.criterion && <p><CriterionText code={data.criterion} known={known} /></p>}
              <ol class="timeline">
                <li class="done"><strong>{say('reduction.proposed')}</strong> <span class="faint">{data.proposed_by_name} · {moment(data.proposed_at)}</span></li>
                {data.decided_at && <li class="done"><strong>{sayState('price_reduction', data.state)}</strong> <span class="faint">{data.decided_by_name} · {moment(data.decided_at)}</span>{data.answer && <p class="lines" dir="auto">{data.answer}</p>}</li>}
                {data.state === 'proposed' && <li class="soft">{sayHere('reduction.next')}</li>}
              </ol>
            </Panel>
          </>
        )}
      </Shown>
    </Within>
  );
}
