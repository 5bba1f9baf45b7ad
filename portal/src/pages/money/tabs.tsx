import { isClient } from '../../api/session';
import { Tabs } from '../../design/tabs';
import { say } from '../../messages';

export function PaymentTabs() {
  return <Tabs label={say('nav.payments')} tabs={[{ href: '/payments', text: say(isClient() ? 'payment.mine' : 'payment.received') }, { href: '/refunds', text: say('refund.all') }]} />;
}
