/* What a form asks for: the request body of an operation, as the contract describes it. */
export type Kind =
  | 'text' | 'lines' | 'day' | 'moment' | 'amount' | 'money' | 'choice' | 'integer' | 'percent' | 'minutes' | 'boolean' | 'id' | 'list' | 'object';

export interface Field {
  name: string;
  kind: Kind;
  required?: boolean;
  most?: number; // of a text bytes, of a number its value
  least?: number;
  choices?: string[];
  initial?: unknown; // what holds where nothing is said, unless that is nothing
  fields?: Field[]; // of an object, and of each item of a list
  item?: Field; // of a list of plain values
}

let shapes: Record<string, Field[]> | undefined;

export async function shapeOf(operation: string): Promise<Field[]> {
  shapes ??= (await import('../api/generated/forms.json')).default as unknown as Record<string, Field[]>;
  return shapes[operation] ?? [];
}

export type Value = Record<string, unknown>;

/* What is sent: texts without content and lists without items stay out, unless they were there before. */
export function toBody(fields: Field[], value: Value): Value {
  const body: Value = {};
  for (const field of fields) {
    const one = value[field.name];
    if (one === undefined || one === '') continue;
    if (field.kind === 'object' && field.fields && one) body[field.name] = toBody(field.fields, one as Value);
    else if (field.kind === 'list' && field.fields) body[field.name] = (one as Value[]).map((item) => toBody(field.fields!, item));
    else if (field.kind === 'money' && !(one as { amount?: string } | null)?.amount) continue;
    else body[field.name] = one;
  }
  return body;
}

/* What a new one starts with: what holds where nothing is said, and the zone that this device is in. */
export function likely(fields: Field[]): Value {
  const zone = fields.some((field) => field.name === 'time_zone' && field.required) ? { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone } : {};
  return { ...Object.fromEntries(fields.filter((field) => field.initial !== undefined).map((field) => [field.name, field.initial])), ...zone };
}

/* A row that was read, as the value of the form that changes it. */
export function fromRow(fields: Field[], row: Value): Value {
  return Object.fromEntries(fields.filter((field) => row[field.name] != null).map((field) => [field.name, row[field.name]]));
}
