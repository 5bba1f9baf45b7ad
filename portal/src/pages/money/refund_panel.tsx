import { list_refunds } from '../../api/generated/operations';
import type { Query } from '../../api/operation';
import { useAll } from '../../api/query';
import { Panel } from '../../design/page';
import { State } from '../../design/state';
import { money, say } from '../../messages';

export function RefundPanel({ of }: { of: Query<'list_refunds'> }) {
  const refunds = useAll(list_refunds, { query: of });
  if (!refunds.data?.items.length) return null;
  return (
    <Panel title={say('refund.all')} flush>
      <ul class="turns">
        {refunds.data.items.map((refund) => (
          <li><State of="refund" value={refund.state} /><div><a href={`/refunds/${refund.id}`}><strong>{refund.number}</strong></a><div class="faint">{refund.reason}</div></div><span class="number">{money(refund.amount)}</span></li>
        ))}
      </ul>
    </Panel>
  );
}
