/* What usually comes after what: the templates that proposals begin with. */
import { LayoutTemplate, Plus } from 'lucide';
import { versionOf } from '../../api/ask';
import { change_milestone_template, create_milestone_template, list_milestone_templates, retire_milestone_template } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { may } from '../../api/session';
import { Icon } from '../../design/icon';
import { Empty, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, dayOf, percent, say, sayOne } from '../../messages';
import { SettingsFrame } from '../settings/frame';
import { shareOf } from './pieces';

type Template = components['schemas']['milestone_template'];
type Piece = components['schemas']['template_milestone'];

const columns = (pieces: Piece[]): Column<Piece>[] => [
  { title: sayOne('field', 'milestone_id'), plain: (row) => `${row.code} · ${row.title}`, show: (row) => <><strong dir="auto">{row.code} · {row.title}</strong>{row.description && <div class="faint lines" dir="auto">{row.description}</div>}</> },
  { title: say('template.due'), show: (row) => say('template.days', { count: row.due_days }), plain: (row) => row.due_days },
  { title: sayOne('field', 'after'), show: (row) => (row.after?.length ? row.after.join(', ') : '–'), plain: (row) => row.after?.join(' ') },
  { title: say('template.share'), number: true, show: (row) => percent(shareOf(pieces, row), 1), plain: (row) => row.weight },
];

const acts = (of: Template) => (
  <>
    {may(change_milestone_template) && <a class="button small" href={`/settings/templates/${of.id}`}>{sayOne('act', 'change_milestone_template')}</a>}
    <Act of={retire_milestone_template} path={{ milestone_template_id: of.id! }} version={versionOf(of)} tone="plain" small />
  </>
);

export function TemplatePanel({ of }: { of: Template }) {
  const name = of.name ?? '';
  return (
    <Panel title={name} flush acts={!of.retired_at && acts(of)}>
      {of.retired_at && <p class="tools soft">{say('template.retired', { day: day(dayOf(of.retired_at)) })}</p>}
      {of.description && <p class="tools soft lines" dir="auto">{of.description}</p>}
      <Table name={name} columns={columns(of.milestones)} rows={of.milestones} />
    </Panel>
  );
}

export default function Templates() {
  const templates = useAll(list_milestone_templates, { query: { sort: 'name' } });
  const add = may(create_milestone_template) && (
    <a class="button strong" href="/settings/templates/new"><Icon of={Plus} />{sayOne('act', 'create_milestone_template')}</a>
  );
  return (
    <SettingsFrame acts={templates.data?.items?.length ? add : null}>
      <p class="soft">{say('template.intro')}</p>
      <Shown of={templates}>
        {(data) => (data.items?.length
          ? data.items.map((one) => <TemplatePanel key={one.id} of={one} />)
          : <Panel><Empty icon={LayoutTemplate} title={say('template.none_title')} text={say('template.none_text')}>{add}</Empty></Panel>)}
      </Shown>
    </SettingsFrame>
  );
}
