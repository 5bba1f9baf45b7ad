/* Everybody's time, found by person, state and day. */
import { Page } from '../../design/page';
import { say } from '../../messages';
import { TimeList } from './time-list';
import { Week } from './time-week';

export default function Time() {
  return <Page title={say('nav.time')}><Week /><TimeList /></Page>;
}
