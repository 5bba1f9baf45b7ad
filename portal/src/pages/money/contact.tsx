/* A contact is shown with its client. */
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { show_contact } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Shown } from '../../design/page';

export default function Contact({ id }: { id: string }) {
  const { route } = useLocation();
  const asked = useAsk(show_contact, { path: { contact_id: id } });
  useEffect(() => { if (asked.data) route(isClient() ? '/details' : `/clients/${asked.data.client_id}`, true); }, [asked.data]);
  return <Shown of={asked}>{() => null}</Shown>;
}
