/* The question as a link: to the page that answers it. */
import { CircleHelp } from 'lucide';
import { Icon } from '../design/icon';
import { say } from '../messages';

export const WhyLink = ({ to }: { to: string }) => <a class="button plain small" href={to}><Icon of={CircleHelp} />{say('common.why')}</a>;
