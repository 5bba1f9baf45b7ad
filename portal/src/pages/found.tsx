/* What has no page of its own: leads to the page of its engagement that shows it. */
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { Refusal } from '../api/ask';
import { show_communication, show_meeting, show_obligation } from '../api/generated/operations';
import { useAsk } from '../api/query';
import { Page, Shown } from '../design/page';
import { say } from '../messages';

interface Found { data: { engagement_id: string | null } | undefined; refusal: Refusal | undefined }

function Follow({ found, tab }: { found: Found; tab: string }) {
  const { route } = useLocation();
  const engagement = found.data?.engagement_id;
  useEffect(() => { if (engagement) route(`/engagements/${engagement}/${tab}`, true); }, [engagement]);
  return <Page title={say('common.loading')}><Shown of={found}>{() => null}</Shown></Page>;
}

export const Meeting = ({ id }: { id: string }) => <Follow found={useAsk(show_meeting, { path: { meeting_id: id } })} tab="kickoff" />;
export const Communication = ({ id }: { id: string }) =>
  <Follow found={useAsk(show_communication, { path: { communication_id: id } })} tab="kickoff" />;
export const Obligation = ({ id }: { id: string }) =>
  <Follow found={useAsk(show_obligation, { path: { obligation_id: id } })} tab="obligations" />;
