/* The time of one engagement: the own week at a glance, then everybody's. */
import { say } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { TimeList } from './time-list';
import { Week } from './time-week';

export default function EngagementTime({ id }: { id: string }) {
  return <EngagementFrame id={id} title={say('engagement.time')}>{() => <><Week engagement_id={id} /><TimeList engagement_id={id} /></>}</EngagementFrame>;
}
