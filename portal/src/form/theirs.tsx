/* What somebody else wrote meanwhile into the fields of a form, beside what stands in it. */
import { say } from '../messages';
import type { Around } from './choices';
import { Fields } from './inputs';
import { toBody, type Field, type Value } from './shape';

const isSame = (field: Field, one: Value, other: Value) => JSON.stringify(toBody([field], one)) === JSON.stringify(toBody([field], other));

/* The fields, down to those within objects, that are one thing here and another there; both are whole. */
export function differing(fields: Field[], mine: Value, theirs: Value): Field[] {
  return fields.filter((field) => !isSame(field, mine, theirs)).map((field) => (field.kind === 'object' && field.fields
    ? { ...field, fields: differing(field.fields, (mine[field.name] ?? {}) as Value, (theirs[field.name] ?? {}) as Value) }
    : field));
}

interface TheirsProps { fields: Field[]; around: Around; mine: Value; theirs: Value }

/* Shown as the form shows it, as only an input knows how to name what it holds. */
export function Theirs({ fields, around, mine, theirs }: TheirsProps) {
  const other = differing(fields, mine, theirs);
  if (other.length === 0) return null;
  return (
    <fieldset disabled>
      <legend>{say('edit.theirs')}</legend>
      <Fields fields={other} place={{ path: '', around, hide: [], wrong: null }} value={theirs} set={() => {}} />
    </fieldset>
  );
}
