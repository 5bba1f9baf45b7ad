import { Panel } from '../../design/page';
import { say } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { Position } from '../engagement/overview';
import { InvoiceList } from './invoice_list';

export default function EngagementInvoices({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} title={say('engagement.invoices')}>
      {() => (
        <>
          <Position id={id} />
          <Panel title={say('nav.invoices')} flush><InvoiceList query={{ engagement_id: id }} /></Panel>
        </>
      )}
    </EngagementFrame>
  );
}
