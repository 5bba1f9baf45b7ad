/* What was asked for, numbered, with what each is accepted by; and what of it the client has confirmed. */
import { ListChecks, Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { versionOf } from '../../api/ask';
import * as operations from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll, useAsk } from '../../api/query';
import { isClient, may } from '../../api/session';
import { Empty, Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { moment, number, say, sayOne } from '../../messages';
import { Comments } from '../../parts/comments';
import { sayHere } from '../../parts/side';
import { EngagementFrame, isOpen, type Engagement } from '../engagement/frame';
import { Next } from './next';

type Requirement = components['schemas']['requirement'];
type Set = components['schemas']['requirement_set'];
type Confirmation = components['schemas']['requirement_confirmation'];

const priorities = ['must', 'should', 'could', 'out_of_scope'] as const;

/* ---- confirming ---- */

function Standing({ id, set, all }: { id: string; set: Set; all: Requirement[] }) {
  const changed = (set.requirements ?? []).filter((one) => !all.find((row) => row.code === one.code && row.state === 'current')?.confirmed_at).map((one) => one.code);
  if (!set.requirements?.length) return null;
  if (set.is_confirmed) return <div class="note good">{sayHere('requirement.confirmed', { moment: moment(set.confirmed_at) })}</div>;
  return (
    <Next title={say(isClient() ? 'requirement.please_confirm' : 'requirement.waits')}
      text={<>
        {changed.length > 0 && changed.length < set.requirements.length ? say('requirement.changed_since', { codes: changed.join(', ') }) : say('requirement.why')}
        {set.asked_at && <div class="faint">{sayHere('requirement.asked', { moment: moment(set.asked_at) })}</div>}
      </>}>
      <Act of={operations.send_requirements} path={{ engagement_id: id }} tone="strong" />
      <Act of={operations.confirm_requirements} path={{ engagement_id: id }} preset={{ set_hash: set.set_hash ?? '' }} hide={['set_hash']} tone="strong" />
    </Next>
  );
}

/* ---- the list ---- */

function Criteria({ of }: { of: Requirement }) {
  if (!of.criteria?.length) return of.priority === 'out_of_scope' ? null : <p class="faint">{say('requirement.no_criteria')}</p>;
  return (
    <div class="parts">
      <div>
        <h4>{say('requirement.accepted_by')}</h4>
        <ul class="bullets">{of.criteria.map((one) => <li><strong>{one.code}</strong> <bdi>{one.text}</bdi>{one.measure && <div class="faint">{say('requirement.measured', { how: one.measure })}</div>}{one.checked_by && <div class="faint">{say('requirement.checked', { who: one.checked_by })}</div>}</li>)}</ul>
      </div>
    </div>
  );
}

function Item({ of, earlier, engagement }: { of: Requirement; earlier: Requirement[]; engagement: Engagement }) {
  const { query, path } = useLocation();
  const isShown = query.about === of.id;
  const at = { requirement_id: of.id! };
  return (
    <li id={of.code ?? ''}>
      <div class="line">
        <h3 class="row">{of.code}{of.revision > 1 && <span class="faint">{say('requirement.revision', { revision: of.revision })}</span>}{!of.confirmed_at && <span class="badge wait">{say('requirement.unconfirmed')}</span>}</h3>
        <div class="acts">
          <Act of={operations.revise_requirement} small tone="plain" when={isOpen(engagement)} path={at} version={versionOf(of)} row={of} />
          <Act of={operations.withdraw_requirement} small tone="plain" when={isOpen(engagement)} path={at} version={versionOf(of)} />
          <a class="button plain small" aria-expanded={isShown} href={isShown ? path : `${path}?about=${of.id}`}>{say('comment.title')}</a>
        </div>
      </div>
      <p class="lines" dir="auto">{of.text}</p>
      <Criteria of={of} />
      {earlier.length > 0 && (
        <details>
          <summary class="faint">{say('requirement.earlier', { count: earlier.length })}</summary>
          <ul class="stack tight">{earlier.map((one) => <li class="soft lines"><span class="faint">{say('requirement.revision', { revision: one.revision })}, {moment(one.created_at)}: </span><bdi>{one.text}</bdi></li>)}</ul>
        </details>
      )}
      {isShown && <Comments engagement_id={engagement.id!} subject_kind="requirement" subject_id={of.id!} before={earlier.map((one) => one.id)} />}
    </li>
  );
}

function Groups({ all, engagement }: { all: Requirement[]; engagement: Engagement }) {
  const current = all.filter((one) => one.state === 'current');
  return (
    <>
      {priorities.map((priority) => {
        const rows = current.filter((one) => one.priority === priority).sort((one, other) => (one.code ?? '').localeCompare(other.code ?? '', 'en', { numeric: true }));
        return rows.length > 0 && (
          <Panel title={`${sayOne('value', priority)} · ${number(rows.length)}`} flush>
            <ol class="plan">{rows.map((one) => <Item key={one.id} of={one} engagement={engagement} earlier={all.filter((row) => row.code === one.code && row.state === 'superseded')} />)}</ol>
          </Panel>
        );
      })}
    </>
  );
}

function Withdrawn({ all }: { all: Requirement[] }) {
  if (all.length === 0) return null;
  return <Panel title={say('requirement.withdrawn')}><ul class="stack tight">{all.map((one) => <li class="soft"><strong>{one.code}</strong> <bdi>{one.text}</bdi> <State of="requirement" value={one.state} /></li>)}</ul></Panel>;
}

const columns = (): Column<Confirmation>[] => [
  { title: say('requirement.confirmed_on'), show: (row) => moment(row.confirmed_at), plain: (row) => row.confirmed_at },
  { title: say('engagement.requirements'), number: true, show: (row) => row.requirement_count, plain: (row) => row.requirement_count },
  { title: say('signing.fingerprint'), show: (row) => <span class="code">{row.set_hash}</span>, plain: (row) => row.set_hash },
];

function Confirmations({ id }: { id: string }) {
  const { data } = useAll(operations.list_requirement_confirmations, { path: { engagement_id: id } });
  if (!data?.items?.length) return null;
  return <Panel title={say('requirement.confirmations')} flush><Table name={say('requirement.confirmations')} columns={columns()} rows={[...data.items].reverse()} /></Panel>;
}

export default function Requirements({ id }: { id: string }) {
  const path = { engagement_id: id };
  const all = useAll(operations.list_requirements, { path });
  const superseded = useAll(operations.list_requirements, { path, query: { state: 'superseded' } }).data?.items ?? [];
  const withdrawn = useAll(operations.list_requirements, { path, query: { state: 'withdrawn' } }).data?.items ?? [];
  const set = useAsk(operations.show_requirement_set, { path });
  const add = (engagement: Engagement, tone?: 'strong') => <Act of={operations.add_requirement} when={isOpen(engagement)} path={path} tone={tone} icon={Plus} preset={{ priority: 'must' }} />;
  return (
    <EngagementFrame id={id} title={say('engagement.requirements')} acts={(engagement) => (all.data?.items?.length ? add(engagement) : null)}>
      {(engagement) => (
        <Shown of={all}>
          {(data) => (data.items?.length
            ? <>{set.data && <Standing id={id} set={set.data} all={data.items} />}<Groups all={[...data.items, ...superseded]} engagement={engagement} /><Withdrawn all={withdrawn} /><Confirmations id={id} /></>
            : <Panel><Empty icon={ListChecks} title={say('requirement.none_title')} text={say(may(operations.add_requirement) ? 'requirement.none_text' : 'requirement.none_client')}>{add(engagement, 'strong')}</Empty></Panel>)}
        </Shown>
      )}
    </EngagementFrame>
  );
}
