/* What every page of one engagement has around it: its name, its state, and the way to the others. */
import type { ComponentChildren } from 'preact';
import { show_client, show_engagement } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { isClient } from '../../api/session';
import { Page, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Tabs } from '../../design/tabs';
import { say } from '../../messages';
import { tabs } from './tabs';

export type Engagement = components['schemas']['engagement'];

/* Whether what is wanted and offered can still change. */
export const isOpen = ({ state }: Engagement) => state === 'consultation' || state === 'proposal';

/* at: the path of that one which the page is below, where it is none of them itself. */
export function EngagementTabs({ id, title, at }: { id: string; title: string | null | undefined; at?: string | undefined }) {
  return <Tabs label={title ?? ''} at={at && `/engagements/${id}${at}`} tabs={tabs.filter((tab) => !tab.agencyOnly || !isClient())
    .map((tab) => ({ href: `/engagements/${id}${tab.path}`, text: say(tab.text) }))} />;
}

interface FrameProps {
  id: string;
  tab?: string; // that of its pages which this one is below
  title?: string; // of the page; the engagement's own where it is the overview
  acts?: (engagement: Engagement, version: string | undefined) => ComponentChildren;
  children: (engagement: Engagement, version: string | undefined) => ComponentChildren;
}

export function EngagementFrame({ id, tab: at, title, acts, children }: FrameProps) {
  const asked = useAsk(show_engagement, { path: { engagement_id: id } });
  const engagement = asked.data;
  const client = useAsk(show_client, engagement && !title && !isClient() ? { path: { client_id: engagement.client_id! } } : null).data;
  return (
    <Page title={title ?? engagement?.title ?? ''} of={title && engagement?.title} state={!title && <State of="engagement" value={engagement?.state} />}
      eyebrow={<><a href="/engagements">{say('nav.engagements')}</a>{title && engagement && <><span>/</span><a href={`/engagements/${id}`}>{engagement.title}</a></>}{!title && client && <><span>/</span><a href={`/clients/${client.id}`}>{client.name}</a></>}</>}
      acts={engagement && acts?.(engagement, asked.version)}>
      <EngagementTabs id={id} title={engagement?.title} at={at} />
      <Shown of={asked}>{(data) => children(data, asked.version)}</Shown>
    </Page>
  );
}
