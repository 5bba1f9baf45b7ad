import { Compass } from 'lucide';
import { homeOf } from '../api/session';
import { Empty, Page, Panel } from '../design/page';
import { say } from '../messages';

export function Missing() {
  return (
    <Page title={say('missing.title')}>
      <Panel><Empty icon={Compass} title={say('missing.title')} text={say('missing.text')}><a class="button" href={homeOf()}>{say('missing.home')}</a></Empty></Panel>
    </Page>
  );
}
