/* The agency hands a milestone over: each thing that was agreed, as a file or a link, in one step. */
import { FileCheck2, Plus, Trash2, Upload } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';
import { submit_milestone } from '../../api/generated/operations';
import type { Refusal } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Problem } from '../../design/page';
import { Act } from '../../form/act';
import type { Value } from '../../form/shape';
import { percent, say, sayOne } from '../../messages';
import { size, useTerms, type Milestone } from './shared';
import { upload } from './upload';

type HandedOver = components['schemas']['hand_over'] & { row: number }; // row: which of the form's, however many are taken out
type Wrong = { field: string; text: string } | null;

let rowCount = 0;
const empty = (title: string, kind: 'file' | 'link', row = ++rowCount) => ({ title, kind, file_id: null, link: null, row }) as unknown as HandedOver;

/* A place for a file: dropped there, or chosen by the button, which is what a keyboard reaches. */
export function FileDrop({ label, engagement_id, taken }: { label: string; engagement_id: string; taken: (id: string, name: string) => void }) {
  const id = useId();
  const [sent, setSent] = useState<{ name: string; size: number; share: number; hash?: string }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isOver, setOver] = useState(false);
  const latest = useRef<File | null>(null); // of two that are sent at once the later one counts
  const take = async (file: File | undefined) => {
    if (!file) return;
    latest.current = file;
    const isLatest = () => latest.current === file;
    setRefusal(undefined);
    const about = { name: file.name, size: file.size };
    setSent({ ...about, share: 0 });
    try {
      const kept = await upload(engagement_id, file, (share) => { if (isLatest()) setSent({ ...about, share }); });
      if (!isLatest()) return;
      setSent({ ...about, share: 1, hash: kept.hash ?? '' });
      taken(kept.id!, file.name);
    } catch (no) {
      if (!isLatest()) return;
      setSent(undefined);
      setRefusal(no as Refusal);
    }
  };
  return (
    <>
      <label class={`drop ${isOver ? 'over' : ''}`} for={id} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); void take(event.dataTransfer?.files[0]); }}>
        <input id={id} class="hidden" type="file" aria-label={label} onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          currentTarget.value = ''; // the same one may be chosen again
        }} />
        <Icon of={sent?.hash ? FileCheck2 : Upload} />
        {sent
          ? <span><strong dir="auto">{sent.name}</strong> <span class="faint">{size(sent.size)}</span></span>
          : <span>{say('upload.choose')} <span class="faint">{say('upload.limit')}</span></span>}
      </label>
      {sent && !sent.hash && <div class="row"><progress value={sent.share} max={1} aria-label={say('upload.progress')} /><span class="faint" role="status">{percent(sent.share * 1e6)}</span></div>}
      {sent?.hash && <div class="code faint">{`SHA-256 ${sent.hash}`}</div>}
      {refusal && <Problem refusal={refusal} />}
    </>
  );
}

interface OneProps { value: HandedOver; agreed: boolean; place: string; wrong: Wrong; engagement_id: string; set: (change: Partial<HandedOver>) => void; remove: () => void }

function One({ value, agreed, place, wrong, engagement_id, set, remove }: OneProps) {
  const id = useId();
  const isMissing = wrong?.field.startsWith(place) && wrong.field !== `${place}/title` && !value.file_id && !value.link;
  const said = (field: string, text = wrong?.text) => wrong?.field === `${place}/${field}` && <span class="error">{text}</span>;
  return (
    <fieldset>
      <legend>{agreed ? <span dir="auto">{value.title}</span> : say('submission.another')}</legend>
      {!agreed && (
        <div class="form">
          <div class="field"><label for={`${id}-title`}>{sayOne('field', 'title')}</label><input class="input" id={`${id}-title`} required value={value.title} onInput={(event) => set({ title: event.currentTarget.value })} />{said('title')}</div>
          <div class="field">
            <label for={`${id}-kind`}>{sayOne('field', 'kind')}</label>
            <select class="input" id={`${id}-kind`} value={value.kind ?? 'file'} onChange={(event) => set(empty(value.title, event.currentTarget.value as 'file' | 'link', value.row))}>
              <option value="file">{sayOne('value', 'file')}</option>
              <option value="link">{sayOne('value', 'link')}</option>
            </select>
          </div>
        </div>
      )}
      {value.kind === 'link'
        ? <div class="field"><label for={`${id}-link`}>{sayOne('field', 'link')}</label><input class="input" id={`${id}-link`} type="url" value={value.link ?? ''} onInput={(event) => set({ link: event.currentTarget.value })} /></div>
        : <FileDrop label={value.title || say('submission.another')} engagement_id={engagement_id} taken={(file_id, name) => set({ file_id, ...(value.title ? {} : { title: name }) })} />}
      {isMissing && <span class="error">{say(value.kind === 'link' ? 'submission.missing_link' : 'submission.missing_file')}</span>}
      {value.link && said('link', say('submission.whole_link'))}
      {!agreed && <div><Button tone="plain" small onClick={remove}><Icon of={Trash2} />{say('form.remove')}</Button></div>}
    </fieldset>
  );
}

function Form({ milestone, value, set, wrong }: { milestone: Milestone; value: Value; set: (value: Value) => void; wrong: Wrong }) {
  const id = useId();
  const terms = useTerms(milestone.contract_id);
  const agreed = milestone.deliverables?.length ?? 0;
  const rows = (value.deliverables as HandedOver[] | undefined) ?? [];
  const latest = useRef(value); // files arrive while other things are typed
  latest.current = value;
  const change = (next: Value) => {
    latest.current = { ...latest.current, ...next };
    set(latest.current);
  };
  const setRows = (deliverables: HandedOver[]) => change({ deliverables });
  const now = () => (latest.current.deliverables as HandedOver[] | undefined) ?? [];
  const changeRow = (row: number, part: Partial<HandedOver>) => setRows(now().map((one) => (one.row === row ? { ...one, ...part } : one)));
  return (
    <>
      {rows.map((row, index) => (
        <One key={row.row} value={row} agreed={index < agreed} place={`deliverables/${index}`} wrong={wrong} engagement_id={milestone.engagement_id!}
          set={(part) => changeRow(row.row, part)} remove={() => setRows(now().filter((one) => one.row !== row.row))} />
      ))}
      {wrong?.field === 'deliverables' && <span class="error">{wrong.text}</span>}
      <div><Button small onClick={() => setRows([...rows, empty('', 'file')])}><Icon of={Plus} />{say(rows.length > 0 ? 'submission.add_another' : 'submission.add_first')}</Button></div>
      <div class="field">
        <label for={id}>{sayOne('field', 'note')} <span class="optional">{say('form.optional')}</span></label>
        <textarea class="input" id={id} dir="auto" value={(value.note as string) ?? ''} onInput={(event) => change({ note: event.currentTarget.value })} />
      </div>
      {rows.length === 0 && !value.note && <p class="note wait">{say('submission.nothing')}</p>}
      {terms && <p class="note">{say(terms.silence === 'deemed' ? 'submission.clock_deemed' : 'submission.clock_none', { days: say(terms.acceptance_day_kind === 'business' ? 'submission.days_business' : 'submission.days_calendar', { count: terms.acceptance_days ?? 0 }) })}</p>}
    </>
  );
}

export function HandOver({ milestone, version, when }: { milestone: Milestone; version: string | undefined; when: boolean }) {
  const deliverables = (milestone.deliverables ?? []).map((one) => empty(one.title, one.kind));
  return (
    <Act of={submit_milestone} path={{ milestone_id: milestone.id! }} version={version} tone="strong" icon={Upload} when={when} preset={{ deliverables }}>
      {(value, set, wrong) => <Form milestone={milestone} value={value} set={set} wrong={wrong} />}
    </Act>
  );
}
