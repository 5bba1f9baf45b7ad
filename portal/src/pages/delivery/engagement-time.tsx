/* The time of one engagement: the own week at a glance, then everybody's. */
import { say } from '../../messages';
import { EngagementFrame } from '../engagement/frame';
import { TimeList } from './time-list';
import { Week } from './time-week';

export default function EngagementTime({ id }: { id: string }) {
  return <EngagementFrame id={id} title={say('engagement.time')}>{(engagement) => <><Week engagement={engagement} /><TimeList engagement_id={id} /></>}</EngagementFrame>;
}
