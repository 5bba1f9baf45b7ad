/* Writing a template: a row for each milestone, with its weight of the price and the days after the start. */
import { Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { ask } from '../../api/ask';
import { change_milestone_template, create_milestone_template, show_milestone_template } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import type { Body } from '../../api/operation';
import { useAsk } from '../../api/query';
import { may } from '../../api/session';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Empty, Page, Panel, Shown } from '../../design/page';
import { toast } from '../../design/toast';
import { Input, type Place } from '../../form/inputs';
import { toBody, type Field, type Value } from '../../form/shape';
import { percent, say, sayOne } from '../../messages';
import { After, PieceActs } from './piece-parts';
import { nextCode, renamed, shareOf } from './pieces';
import type { Wrong } from './plan-editor';
import { useShape } from './proposal-edit';
import { Found, useDraft } from '../../form/draft';
import { isConflict, Refused, useSaving } from '../../form/save';
import { TemplatePanel } from './templates';
import './sales.css';

type Piece = components['schemas']['template_milestone'];
type Draft = Body<'create_milestone_template'>;

const LIST = '/settings/templates';
const FIRST_DAYS = 14;
const WEIGHT = 10;
const empty: Draft = { name: '', milestones: [] };

/* A new one comes after the last, as long after it as the last took. */
function fresh(pieces: Piece[]): Piece {
  const last = pieces.at(-1);
  const before = pieces.at(-2)?.due_days ?? 0;
  const days = last ? Math.max(1, last.due_days - before) : FIRST_DAYS;
  return { code: nextCode(pieces), title: '', weight: last?.weight ?? WEIGHT, due_days: (last?.due_days ?? 0) + days, after: last?.code ? [last.code] : [] };
}

interface PiecesProps { pieces: Piece[]; set: (pieces: Piece[]) => void; fields: Field[]; wrong: Wrong | null }

function PieceEditor({ pieces, set, fields, wrong, at }: PiecesProps & { at: number }) {
  const piece = pieces[at]!;
  const path = `milestones/${at}`;
  const place: Place = { path, around: {}, hide: [], wrong };
  const change = (name: string, value: unknown) =>
    set(name === 'code' ? renamed(pieces, at, value as string) : pieces.with(at, { ...piece, [name]: value } as Piece));
  const input = (name: string) => (
    <Input field={fields.find((field) => field.name === name)!} place={{ ...place, path: `${path}/${name}` }} value={(piece as unknown as Value)[name]}
      set={(value) => change(name, value)} />
  );
  const wrongAfter = wrong?.field.startsWith(`${path}/after`) ? wrong.text : undefined;
  return (
    <section class="piece" aria-label={say('plan.piece', { code: piece.code })}>
      <div class="basics">
        {['code', 'title', 'due_days', 'weight'].map(input)}
        <PieceActs pieces={pieces} at={at} set={set} />
      </div>
      <details open={!!wrongAfter || undefined}>
        <summary>{say('template.more', { share: percent(shareOf(pieces, piece), 1) })}{piece.after?.length ? ` · ${say('plan.after', { codes: piece.after.join(', ') })}` : ''}</summary>
        <div class="stack">
          <div class="form">{input('description')}</div>
          <After pieces={pieces} at={at} set={(after) => change('after', after)} wrong={wrongAfter} />
        </div>
      </details>
    </section>
  );
}

function Pieces(props: PiecesProps) {
  const { pieces, set } = props;
  return (
    <div class="stack">
      {pieces.length === 0 ? <Empty title={say('plan.none_title')} text={say('template.no_pieces')} /> : <p class="soft">{say('template.weights')}</p>}
      {pieces.map((_, at) => <PieceEditor {...props} at={at} />)}
      <div><Button onClick={() => set([...pieces, fresh(pieces)])}><Icon of={Plus} />{say('plan.add')}</Button></div>
    </div>
  );
}

interface WriterProps { id?: string; first: Draft; version?: string | undefined }

function Writer({ id, first, version }: WriterProps) {
  const { route } = useLocation();
  const shape = useShape(create_milestone_template.name);
  const held = useDraft(`template.${id ?? 'new'}`, first, version);
  const { draft, isChanged } = held;
  const { refusal, isBusy, save, clear } = useSaving();
  if (!shape) return null;
  const named = (name: string) => shape.find((field) => field.name === name)!;
  const wrong = refusal?.field && !isConflict(refusal) ? { field: refusal.field, text: refusal.detail } : null;
  const set = (part: Partial<Draft>) => held.set({ ...draft, ...part });
  const keep = async (as: string | undefined) => {
    const body = toBody(shape, draft as unknown as Value) as unknown as Draft;
    const kept = id
      ? await save(change_milestone_template, { path: { milestone_template_id: id }, body, ...(as ? { version: as } : {}) })
      : await save(create_milestone_template, { body });
    if (!kept) return;
    const isWhole = held.saved(draft, kept.version, `template.${kept.data.id}`);
    toast(say('template.saved'));
    if (isWhole) route(LIST);
    else if (!id) route(`${LIST}/${kept.data.id}`, true);
  };
  const theirs = () => ask(show_milestone_template, { path: { milestone_template_id: id! } });
  const take = async () => {
    const { data, version: now } = await theirs();
    held.put(draftOf(data), now);
    clear();
  };
  const input = (name: 'name' | 'description') => (
    <Input field={named(name)} place={{ path: name, around: {}, hide: [], wrong }} value={draft[name]} set={(value) => set({ [name]: value as string })} />
  );
  return (
    <form class="page" noValidate onSubmit={(event) => { event.preventDefault(); void keep(held.version); }}>
      <Refused refusal={refusal} take={take} keep={async () => keep((await theirs()).version)} />
      {held.isFound && <Found drop={held.drop} />}
      <Panel title={say('edit.about')}><div class="form">{input('name')}{input('description')}</div></Panel>
      <Pieces pieces={draft.milestones} set={(milestones) => set({ milestones })} fields={named('milestones').fields!} wrong={wrong} />
      <div class="sumbar">
        <span role="status" class="faint">{isChanged && say('proposal.unsaved')}</span>
        <div class="acts">
          <a class="button" href={LIST} onClick={held.leave}>{say(isChanged ? 'edit.leave' : 'common.back')}</a>
          <Button type="submit" tone="strong" busy={isBusy}>{say('template.save')}</Button>
        </div>
      </div>
    </form>
  );
}

function draftOf({ name, description, milestones }: components['schemas']['milestone_template']): Draft {
  return { name: name ?? '', description, milestones };
}

const way = () => <><a href="/settings">{say('nav.settings')}</a><span>/</span><a href={LIST}>{say('template.title')}</a></>;

export const TemplateNew = () => <Page title={sayOne('act', 'create_milestone_template')} eyebrow={way()}><Writer first={empty} /></Page>;

export default function TemplateEdit({ id }: { id: string }) {
  const asked = useAsk(show_milestone_template, { path: { milestone_template_id: id } });
  return (
    <Page title={asked.data?.name ?? sayOne('act', 'change_milestone_template')} eyebrow={way()}>
      <Shown of={asked}>{(data) => (may(change_milestone_template) && !data.retired_at ? <Writer key={id} id={id} first={draftOf(data)} version={asked.version} /> : <TemplatePanel of={data} />)}</Shown>
    </Page>
  );
}
