/* What the client has to supply, by when, and what waits for it; a panel of the kickoff, and a page of its own. */
import { PackageOpen } from 'lucide';
import {
  change_obligation, create_obligation, fulfil_obligation, list_obligation_slips, list_obligations, list_tasks, reopen_obligation, waive_obligation,
} from '../../api/generated/operations';
import { versionOf } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { isClient } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import { ActMenu, menuItem } from '../../form/act-menu';
import { day, distance, say, sayOne } from '../../messages';
import { sayHere } from '../../parts/side';
import { EngagementFrame, type Engagement } from '../engagement/frame';
import { Moves } from './moves';
import { lateOf, useMilestones } from './shared';

type Obligation = components['schemas']['obligation'];

function Acts({ one }: { one: Obligation }) {
  const common = { path: { obligation_id: one.id! }, version: versionOf(one), small: true };
  const isOpen = one.state === 'open';
  return (
    <div class="acts end">
      <Act of={fulfil_obligation} {...common} tone={isClient() ? 'strong' : undefined} when={isOpen} />
      <ActMenu label={say('plan.more_of', { code: one.code })} items={[
        menuItem({ of: change_obligation, ...common, row: one, when: isOpen, around: { engagement_id: one.engagement_id ?? undefined } }),
        menuItem({ of: waive_obligation, ...common, when: isOpen }),
        menuItem({ of: reopen_obligation, ...common, when: !isOpen }),
      ]} />
    </div>
  );
}

function Row({ one, codes, zone }: { one: Obligation; codes: Map<string, string>; zone: string | null }) {
  const waiting = [...(one.milestones ?? []).map((row) => row.milestone_id), ...(one.tasks ?? []).map((row) => row.task_id)].map((id) => codes.get(id) ?? '').filter(Boolean);
  return (
    <li>
      <div>
        <strong>{one.code}</strong> <span dir="auto">{one.text}</span>
        <div class="faint">{[waiting.length > 0 ? say('obligation.waiting', { what: waiting.join(', ') }) : '', one.note ?? '', one.closed_by_name ? say('common.by', { name: one.closed_by_name }) : ''].filter(Boolean).join(' · ')}</div>
      </div>
      {one.state === 'open' && !one.days_late ? <span class="badge wait">{sayOne('value', 'open')}</span> : <State of="obligation" value={one.state} />}
      <div class="days">
        {day(one.due_day, 'near')} <span class="faint">{one.state === 'open' ? distance(one.due_day, zone) : ''}</span>
        {(one.days_late ?? 0) > 0 && <div><span class="badge bad">{say('plan.late_by', { count: one.days_late })}</span></div>}
      </div>
      <Acts one={one} />
    </li>
  );
}

export function ObligationsPanel({ engagement }: { engagement: Engagement }) {
  const id = engagement.id!;
  const path = { engagement_id: id };
  const asked = useAll(list_obligations, { path });
  const tasks = useAll(list_tasks, isClient() ? null : { path }).data?.items ?? [];
  const milestones = useMilestones(id);
  const codes = new Map([...milestones, ...tasks].map((one) => [one.id!, one.code ?? '']));
  return (
    <Panel title={sayHere('obligation.title')} flush acts={<Act of={create_obligation} path={path} around={path} small />}>
      <Shown of={asked}>
        {(data) => (data.items?.length
          ? <ul class="tasks">{data.items.map((one) => <Row key={one.id} one={one} codes={codes} zone={engagement.time_zone} />)}</ul>
          : <Empty icon={PackageOpen} title={say('obligation.none_title')} text={say('obligation.none_text')} />)}
      </Shown>
    </Panel>
  );
}

function Moved({ id }: { id: string }) {
  const slips = useAll(list_obligation_slips, { path: { engagement_id: id } }).data?.items ?? [];
  const obligations = useAll(list_obligations, { path: { engagement_id: id } }).data?.items ?? [];
  if (slips.length === 0) return null;
  return (
    <Panel title={say('obligation.moved')}>
      <ol class="timeline">
        {slips.toReversed().map((one) => (
          <li class="late">
            <strong>{day(one.late_day)}</strong> <span>{lateOf(one, obligations)}</span>
            <Moves moves={[...one.milestones ?? [], ...one.tasks ?? []]} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export default function Obligations({ id }: { id: string }) {
  return (
    <EngagementFrame id={id} tab="/kickoff" title={sayHere('obligation.title')}>
      {(engagement) => <><p class="soft">{sayHere('obligation.about')}</p><ObligationsPanel engagement={engagement} /><Moved id={id} /></>}
    </EngagementFrame>
  );
}
