/* An input for each kind of field. */
import { useEffect, useId, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Plus, Trash2 } from 'lucide';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { currentLanguage, type Money, say, sayOne, sayState } from '../messages';
import { useAmount } from './amount_input';
import { choicesFor, countries, CURRENCIES, hasChoices, timeZones, type Around, type Choice } from './choices';
import { NumberInput } from './number_input';
import { likely, type Field, type Value } from './shape';

export interface Place {
  path: string; // of this input within the form, as refusals name it
  around: Around;
  hide: string[]; // fields that are given and need no asking
  wrong: { field: string; text: string } | null;
}

interface InputProps {
  field: Field;
  place: Place;
  value: unknown;
  set: (value: unknown) => void;
}

/* What every control of a field is given. */
interface Attributes {
  id: string;
  class: string;
  required: boolean;
  'aria-invalid': 'true' | undefined;
  'aria-describedby': string | undefined;
}

interface LabelledProps { field: Field; place: Place; children: (attributes: Attributes) => ComponentChildren; wide?: boolean }

/* A control with its name, and with what is wrong: what the server said of it, or that it is missing. */
function Labelled({ field, place, children, wide }: LabelledProps) {
  const id = useId();
  const [lack, tell] = useState<'form.missing' | 'form.unread' | null>(null);
  const wrong = lack ? say(lack) : place.wrong?.field === place.path ? place.wrong.text : null;
  return (
    <div class={`field ${wide ? 'wide' : ''}`} onInput={() => tell(null)}
      onInvalidCapture={({ target }) => tell((target as HTMLInputElement).validity.badInput ? 'form.unread' : 'form.missing')}>
      <label for={id}>{sayOne('field', field.name)}{!field.required && <span class="optional"> {say('form.optional')}</span>}</label>
      {children({
        id, class: 'input', required: field.required ?? false,
        'aria-invalid': wrong ? 'true' : undefined, 'aria-describedby': wrong ? `${id}-wrong` : undefined,
      })}
      {wrong && <span class="error" id={`${id}-wrong`}>{wrong}</span>}
    </div>
  );
}

/* ---- plain values ---- */

const types: Record<string, 'email' | 'password' | 'url' | 'tel'> = { email: 'email', billing_email: 'email', password: 'password', old_password: 'password', url: 'url', link: 'url', phone: 'tel' };

function Text({ field, place, value, set }: InputProps) {
  const typed = { value: (value as string) ?? '', maxLength: field.most, dir: 'auto' as const };
  return (
    <Labelled field={field} place={place} wide={field.kind === 'lines'}>
      {(attributes) => (field.kind === 'lines'
        ? <textarea {...attributes} {...typed} onInput={(event) => set(event.currentTarget.value)} />
        : <input {...attributes} {...typed} type={(types[field.name] ?? 'text') as 'text'} onInput={(event) => set(event.currentTarget.value)} />)}
    </Labelled>
  );
}

function Day({ field, place, value, set }: InputProps) {
  return (
    <Labelled field={field} place={place}>
      {(attributes) => <input {...attributes} type="date" value={(value as string) ?? ''} onInput={(event) => set(event.currentTarget.value)} />}
    </Labelled>
  );
}

const toLocal = (moment: string) => new Date(Date.parse(moment) - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function Moment({ field, place, value, set }: InputProps) {
  return (
    <Labelled field={field} place={place}>
      {(attributes) => <input {...attributes} type="datetime-local" value={value ? toLocal(value as string) : ''}
        onInput={(event) => set(event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : '')} />}
    </Labelled>
  );
}

/* A whole number, and what people write as a share or as hours. */
const scales: Record<string, { by: number; unit: string }> = {
  integer: { by: 1, unit: '' }, percent: { by: 10_000, unit: '%' }, minutes: { by: 60, unit: 'h' },
};

function Numeric({ field, place, value, set }: InputProps) {
  const { by, unit } = scales[field.kind]!;
  return (
    <Labelled field={field} place={place}>
      {(attributes) => (
        <span class="with-unit">
          <NumberInput {...attributes} step={by === 1 ? 1 : 'any'} by={by} value={value as number | null | undefined} set={set} />
          {unit && <span class="unit">{unit}</span>}
        </span>
      )}
    </Labelled>
  );
}

function Amount({ field, place, value, set }: InputProps) {
  const typed = useAmount(value as string | null | undefined, set);
  return <Labelled field={field} place={place}>{(attributes) => <input {...attributes} {...typed} />}</Labelled>;
}

function MoneyInput({ field, place, value, set }: InputProps) {
  const [isGiven] = useState(() => !!(value as Money | undefined)?.currency && (value as Money).amount != null);
  const money = (value ?? {}) as Money;
  const currency = money.currency ?? place.around.currency ?? 'EUR';
  const typed = useAmount(money.amount, (amount) => set({ amount, currency }));
  return (
    <Labelled field={field} place={place}>
      {(attributes) => (
        <span class="with-unit">
          <input {...attributes} {...typed} />
          {isGiven
            ? <span class="unit">{money.currency}</span>
            : <Options aria-label={sayOne('field', 'currency')} value={currency} choices={CURRENCIES.map((one) => ({ value: one, text: one }))}
                set={(one) => set({ amount: money.amount ?? '', currency: one })} />}
        </span>
      )}
    </Labelled>
  );
}

function Tick({ field, value, set }: InputProps) {
  return (
    <label class="tick wide">
      <input type="checkbox" checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />
      <span>{sayOne('field', field.name)}</span>
    </label>
  );
}

/* ---- choices ---- */

interface OptionsProps extends Partial<Attributes> { 'aria-label'?: string; value: string; choices: Choice[]; set: (value: string) => void; open?: boolean }

/* What holds is among the choices, whether it could be chosen or not; without a name until the others have one. */
function Options({ value, choices, set, open, ...attributes }: OptionsProps) {
  const isThere = !value || choices.some((choice) => choice.value === value);
  return (
    <select class="input" {...attributes} value={value} onChange={(event) => set(event.currentTarget.value)}>
      {open && <option value="" />}
      {!isThere && <option value={value}>{choices.length > 0 ? value : ''}</option>}
      {choices.map((choice) => <option value={choice.value} disabled={choice.isNote}>{choice.text}</option>)}
    </select>
  );
}

const fixedChoices: Record<string, () => Choice[]> = {
  currency: () => CURRENCIES.map((value) => ({ value, text: value })),
  country: () => countries(currentLanguage()),
  time_zone: () => timeZones().map((value) => ({ value, text: value.replaceAll('_', ' ') })),
};

function Choose({ field, place, value, set }: InputProps) {
  const [choices, setChoices] = useState<Choice[] | null>(() => {
    if (field.choices) return field.choices.map((one) => ({ value: one, text: sayState(field.name, one) }));
    return fixedChoices[field.name]?.() ?? null;
  });
  useEffect(() => {
    if (!choices) choicesFor(field.name, place.around).then(setChoices, () => setChoices([]));
  }, []);
  return (
    <Labelled field={field} place={place}>
      {(attributes) => <Options {...attributes} value={(value as string) ?? ''} choices={choices ?? []} set={set} open />}
    </Labelled>
  );
}

/* ---- what has parts ---- */

function ListInput({ field, place, value, set }: InputProps) {
  const items = (value as unknown[] | undefined) ?? [];
  const fresh = field.fields ? likely(field.fields) : '';
  return (
    <fieldset>
      <legend>{sayOne('field', field.name)}</legend>
      {items.map((item, index) => {
        const inner = { ...place, path: `${place.path}/${index}` };
        const change = (next: unknown) => set(items.with(index, next));
        return (
          <div class="item">
            {field.fields
              ? <Fields fields={field.fields} place={inner} value={item as Value} set={change} />
              : <Input field={{ ...field.item!, name: field.name }} place={inner} value={item} set={change} />}
            <Button tone="plain" small label={say('form.remove')} onClick={() => set(items.toSpliced(index, 1))}><Icon of={Trash2} /></Button>
          </div>
        );
      })}
      <div><Button small onClick={() => set([...items, fresh])}><Icon of={Plus} />{say('form.add')}</Button></div>
    </fieldset>
  );
}

function ObjectInput({ field, place, value, set }: InputProps) {
  return (
    <fieldset>
      <legend>{sayOne('field', field.name)}</legend>
      <Fields fields={field.fields ?? []} place={place} value={(value as Value) ?? {}} set={set} />
    </fieldset>
  );
}

function inputFor(field: Field) {
  if (field.choices || field.name in fixedChoices || (hasChoices(field.name) && (field.kind === 'id' || field.name === 'criterion'))) return Choose;
  const inputs = {
    text: Text, lines: Text, id: Text, day: Day, moment: Moment, amount: Amount, money: MoneyInput, choice: Choose, integer: Numeric, percent: Numeric,
    minutes: Numeric, boolean: Tick, list: ListInput, object: ObjectInput,
  };
  return inputs[field.kind];
}

export function Input(props: InputProps) {
  const Kind = inputFor(props.field);
  return <Kind {...props} />;
}

interface FieldsProps { fields: Field[]; place: Place; value: Value; set: (value: Value) => void }

/* All fields of an object, those that must be given first. */
export function Fields({ fields, place, value, set }: FieldsProps) {
  const shown = fields.filter((field) => !place.hide.includes(field.name));
  const first = shown.filter((field) => field.required);
  const rest = shown.filter((field) => !field.required);
  return (
    <div class="form">
      {[...first, ...rest].map((field) => (
        <Input field={field} value={value[field.name]} set={(one) => set({ ...value, [field.name]: one })}
          place={{ ...place, path: place.path ? `${place.path}/${field.name}` : field.name }} />
      ))}
    </div>
  );
}
