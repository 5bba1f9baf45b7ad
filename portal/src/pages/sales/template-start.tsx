/* Beginning a proposal with a template: the draft is made and the server shares out the total by the template's weights. */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { apply_milestone_template, create_proposal, list_milestone_templates } from '../../api/generated/operations';
import type { Answered } from '../../api/ask';
import type { components } from '../../api/generated/types';
import type { Body } from '../../api/operation';
import { useAll } from '../../api/query';
import { Button } from '../../design/button';
import { isComplete } from '../../design/dialog';
import { Panel, Problem } from '../../design/page';
import { Fields } from '../../form/inputs';
import { toBody, type Value } from '../../form/shape';
import { say } from '../../messages';
import { useShape, type Draft } from './proposal-edit';
import { useSaving } from '../../form/save';

type Template = components['schemas']['milestone_template'];
type Applied = Body<'apply_milestone_template'>;
type Made = Answered<'create_proposal'>;

/* A draft has a milestone at least; the template puts its own in place of it. */
function seedOf(first: Draft, template: Template, wanted: Applied): Draft {
  const { code, title } = template.milestones![0]!;
  const piece = { code, title, price: wanted.total, tax_category: wanted.tax_category, tax_rate_ppm: wanted.tax_rate_ppm ?? null, due_day: wanted.start_day };
  return { ...first, plan: { ...first.plan, total: wanted.total, milestones: [piece] } as unknown as Draft['plan'] };
}

const editOf = ({ data }: Made) => `/proposals/${data.id}/edit`;

/* made: the draft, where the template was refused after. */
interface TemplateStartProps { engagementId: string; first: Draft; made: Made | undefined; make: (made: Made) => void }

export function TemplateStart({ engagementId, first, made: draft, make }: TemplateStartProps) {
  const { route } = useLocation();
  const templates = useAll(list_milestone_templates);
  const shape = useShape('apply_milestone_template');
  const currency = first.plan.currency;
  const [value, setValue] = useState<Value>({ currency, total: { amount: '', currency }, tax_category: 'standard' });
  const { refusal, isBusy, save } = useSaving();
  if (!shape || !templates.data?.items?.length) return null;
  const start = async () => {
    const wanted = toBody(shape, value) as unknown as Applied;
    const template = templates.data!.items!.find((one) => one.id === wanted.milestone_template_id);
    if (!template) return;
    const made = draft ?? await save(create_proposal, { path: { engagement_id: engagementId }, body: seedOf(first, template, wanted) });
    if (!made) return;
    make(made);
    const applied = await save(apply_milestone_template, { path: { proposal_id: made.data.id! }, body: wanted, ...(made.version ? { version: made.version } : {}) });
    if (applied) route(editOf(made), true);
  };
  const wrong = refusal?.field ? { field: refusal.field, text: refusal.detail } : null;
  return (
    <Panel title={say('template.start')} acts={<a href="/settings/templates">{say('template.all')}</a>}>
      <p class="soft">{say('template.start_text')}</p>
      {refusal && <Problem refusal={refusal} />}
      {refusal && draft && <div class="note wait"><span>{say('template.draft_made')}</span><div><a class="button" href={editOf(draft)}>{say('template.to_draft')}</a></div></div>}
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); if (isComplete(event.currentTarget)) void start(); }}>
        <Fields fields={shape} place={{ path: '', around: {}, hide: ['currency'], wrong }} value={value} set={setValue} />
        <div><Button type="submit" busy={isBusy}>{say('template.begin')}</Button></div>
      </form>
    </Panel>
  );
}
