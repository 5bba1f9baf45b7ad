import { Tabs } from '../../design/tabs';
import { say } from '../../messages';

export function PaymentTabs() {
  return <Tabs label={say('nav.payments')} tabs={[{ href: '/payments', text: say('payment.received') }, { href: '/refunds', text: say('refund.all') }]} />;
}
