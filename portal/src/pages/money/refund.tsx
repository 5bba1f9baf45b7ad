/* Money on its way back: requested, then paid by the bank, or cancelled. */
import { cancel_refund, pay_refund, return_refund, show_payment, show_refund } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Facts, Page, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { day, moment, money, say, sayOne, today } from '../../messages';
import { sayHere } from '../../parts/side';

export default function RefundPage({ id }: { id: string }) {
  const asked = useAsk(show_refund, { path: { refund_id: id } });
  const refund = asked.data;
  const payment = useAsk(show_payment, refund?.payment_id ? { path: { payment_id: refund.payment_id } } : null);
  const path = { refund_id: id };
  return (
    <Page title={refund ? say('common.titled', { kind: say('refund.one'), number: refund.number }) : say('refund.one')} state={<State of="refund" value={refund?.state} />}
      eyebrow={<><a href="/payments">{say('nav.payments')}</a><span>/</span><a href="/refunds">{say('refund.all')}</a></>}
      acts={refund && (
        <>
          <Act of={pay_refund} path={path} version={asked.version} when={refund.state === 'requested'} tone="strong" preset={{ paid_day: today() }} />
          <Act of={cancel_refund} path={path} version={asked.version} when={refund.state === 'requested'} tone="bad" />
          <Act of={return_refund} path={path} version={asked.version} when={refund.state === 'paid'} tone="bad" />
        </>
      )}>
      <Shown of={asked}>
        {(data) => (
          <>
            <div class={`note ${data.state === 'requested' ? 'wait' : data.state === 'paid' ? 'good' : ''}`}>{sayHere(`refund.is_${data.state ?? 'requested'}`)}</div>
            <Panel title={say('payment.about')}>
              <Facts facts={[
                [say('common.amount'), <strong>{money(data.amount)}</strong>],
                [say('refund.of'), data.payment_id ? <a href={`/payments/${data.payment_id}`}>{payment.data?.number ?? say('payment.one')}</a> : <a href={`/invoices/${data.credit_note_id}`}>{sayOne('value', 'credit_note')}</a>],
                [sayOne('field', 'reason'), data.reason],
                [sayOne('field', 'paid_day'), day(data.paid_day)],
                [say('refund.requested'), moment(data.created_at)],
              ]} />
            </Panel>
          </>
        )}
      </Shown>
    </Page>
  );
}
