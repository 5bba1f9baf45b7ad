/* The form of an operation, for a custom one that adds something to it. */
import { useEffect, useState } from 'preact/hooks';
import type { Operation } from '../api/operation';
import type { Around } from './choices';
import { Fields } from './inputs';
import { shapeOf, type Field, type Value } from './shape';

export interface FormProps { value: Value; set: (value: Value) => void; wrong: { field: string; text: string } | null }
interface ShapedProps<K> extends FormProps { of: K; hide?: string[]; around?: Around }

export function Shaped({ of, value, set, wrong, hide = [], around = {} }: ShapedProps<Pick<Operation, 'name'>>) {
  const [fields, setFields] = useState<Field[]>([]);
  useEffect(() => { void shapeOf(of.name).then(setFields); }, []);
  return <Fields fields={fields} place={{ path: '', around, hide, wrong }} value={value} set={set} />;
}
