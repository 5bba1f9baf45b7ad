/* Makes src/api/generated/ from the published contract: its types, one constant for each operation,
   and the shape of each operation's form. Nothing of the API is written by hand. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import openapiTS, { astToString } from 'openapi-typescript';

const METHODS = ['get', 'post', 'put', 'delete'];
const contract = load(readFileSync(new URL('../../openapi/waymark.yaml', import.meta.url), 'utf8'));
const folder = new URL('../src/api/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });

/* A field of an answer is always there, perhaps null; of a request only what `required` names. */
for (const schema of Object.values(contract.components.schemas))
  if (schema.additionalProperties === false) schema.required ??= [];

const types = astToString(await openapiTS(structuredClone(contract), { propertiesRequiredByDefault: true }));
writeFileSync(new URL('types.d.ts', folder), types);

const resolve = (node) => {
  while (node.$ref) node = node.$ref.slice(2).split('/').reduce((at, part) => at[part], contract);
  const others = (node.oneOf ?? node.anyOf ?? []).filter((one) => one.type !== 'null');
  return others.length === 1 ? resolve(others[0]) : node;
};

const LONG_TEXT = 400; // bytes from which a text has lines
const IN_LINES = new Set(['answer', 'correction', 'note', 'reason', 'reservations']); // what people say, however long it may be
const kindOf = (name, schema, type) => {
  if (schema.properties?.amount && schema.properties?.currency) return 'money';
  if (schema.enum) return 'choice';
  if (type === 'integer') return name.endsWith('_ppm') ? 'percent' : name.endsWith('minutes') ? 'minutes' : 'integer';
  if (name.endsWith('_per_hour')) return 'amount'; // without its currency, which all of them share
  if (type === 'boolean') return 'boolean';
  if (type === 'array') return 'list';
  if (type === 'object') return 'object';
  const byFormat = { date: 'day', 'date-time': 'moment', uuid: 'id' };
  if (byFormat[schema.format]) return byFormat[schema.format];
  return (schema.maxLength ?? 0) > LONG_TEXT || IN_LINES.has(name) ? 'lines' : 'text';
};

const fieldOf = (name, node, required) => {
  const schema = resolve(node);
  const type = [schema.type].flat().find((one) => one !== 'null');
  const kind = kindOf(name, schema, type);
  const field = { name, kind };
  if (required) field.required = true;
  if (schema.maxLength) field.most = schema.maxLength;
  if (kind === 'choice') field.choices = schema.enum.filter((one) => one !== null);
  if (schema.minimum !== undefined) field.least = schema.minimum;
  if (schema.maximum !== undefined) field.most = schema.maximum;
  if (schema.default) field.initial = schema.default;
  if (kind === 'object') field.fields = fieldsOf(schema);
  if (kind === 'list') {
    const item = resolve(schema.items);
    if (item.properties) field.fields = fieldsOf(item);
    else field.item = fieldOf(name, item, true);
  }
  return field;
};
const fieldsOf = (schema) => Object.entries(schema.properties ?? {})
  .map(([name, node]) => fieldOf(name, node, schema.required?.includes(name)));

/* What the door, the frame and the client's first page do stands in a file of its own, which is small. */
const FIRST = new Set(['change_preferences', 'list_overviews', 'list_turns', 'redeem_link', 'request_link', 'search', 'show_door',
  'show_session', 'sign_in', 'sign_out']);

const constants = { first: [], other: [] };
const forms = {};
for (const [path, item] of Object.entries(contract.paths)) {
  for (const method of METHODS.filter((one) => item[one])) {
    const operation = item[method];
    const name = operation.operationId;
    const roles = operation['x-roles'] ?? [];
    constants[FIRST.has(name) ? 'first' : 'other'].push(`export const ${name} = /*#__PURE__*/ operation('${name}', '${method}', '${path}', ${JSON.stringify(roles.join(' '))});`);
    const body = operation.requestBody?.content?.['application/json']?.schema;
    if (body) forms[name] = fieldsOf(resolve(body));
  }
}
const made = (lines) => `import { operation } from '../operation';\n\n${lines.join('\n')}\n`;
writeFileSync(new URL('first_operations.ts', folder), made(constants.first));
writeFileSync(new URL('operations.ts', folder), `${made(constants.other)}export * from './first_operations';\n`);
writeFileSync(new URL('forms.json', folder), JSON.stringify(forms));
