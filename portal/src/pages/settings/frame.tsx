import type { ComponentChildren } from 'preact';
import { list_api_tokens } from '../../api/generated/operations';
import type { Operation } from '../../api/operation';
import { may, viewer } from '../../api/session';
import { Page } from '../../design/page';
import { Tabs } from '../../design/tabs';
import { say, type Key } from '../../messages';

/* With the operation that fills it, where that is not for everybody. */
const places: [string, Key, Operation?][] = [
  ['/settings', 'settings.company'], ['/settings/numbering', 'settings.numbering'], ['/settings/people', 'settings.people'],
  ['/settings/templates', 'template.title'], ['/settings/rate-cards', 'rate_card.title'],
  ['/settings/tokens', 'settings.tokens', list_api_tokens as Operation], ['/settings/webhooks', 'settings.webhooks'], ['/settings/profile', 'settings.profile'],
];

interface FrameProps { acts?: ComponentChildren; ownersOnly?: boolean; children: ComponentChildren }

export function SettingsFrame({ acts, ownersOnly, children }: FrameProps) {
  return (
    <Page title={say('nav.settings')} acts={acts}>
      <Tabs label={say('nav.settings')} tabs={places.filter(([, , shows]) => !shows || may(shows)).map(([href, text]) => ({ href, text: say(text) }))} />
      {ownersOnly && viewer()?.role !== 'owner' && <div class="note">{say('settings.owners_only')}</div>}
      {children}
    </Page>
  );
}
