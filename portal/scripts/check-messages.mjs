/* Holds the catalogues: no word outside of them, and every language says everything that English says.
   Prints what is wrong; exit code 1 if anything is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const source = fileURLToPath(new URL('../src', import.meta.url));
const LANGUAGES = ['de', 'fr', 'es', 'ar'];
const SPOKEN = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'text', 'name', 'empty', 'eyebrow']);
const NAMES = new Set(['waymark', 'CSV', 'XLSX', 'PDF', 'SHA-256', 'IBAN', 'BIC']); // the same in every language
const wrong = [];

/* ---- words outside of the catalogues ---- */

const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return ['generated', 'messages'].includes(entry.name) ? [] : files(path);
  return /\.tsx?$/.test(entry.name) ? [path] : [];
});

const isWord = (text) => {
  const rest = text.trim().replace(/[^\p{L}]+/gu, ' ').trim();
  return rest !== '' && !NAMES.has(text.trim()) && !/^\p{L}$/u.test(rest);
};

/* An attribute that is read by people; `name` only where it names a table or figure in words. */
const isSpoken = (attribute, text) => SPOKEN.has(attribute) && (attribute !== 'name' || /\s/.test(text.trim()));

function visit(node, tree, path) {
  const tell = (text) => wrong.push(`${path.slice(source.length + 1)}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}: "${text.trim()}" is in no catalogue`);
  if (ts.isJsxText(node) && isWord(node.text)) tell(node.text);
  const parent = node.parent;
  if (ts.isStringLiteralLike(node) && parent) {
    const isChild = ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent);
    const attribute = ts.isJsxAttribute(parent) ? parent.name.getText(tree)
      : ts.isPropertyAssignment(parent) && ['title', 'label'].includes(parent.name.getText(tree)) ? parent.name.getText(tree) : null;
    const isText = isChild || (attribute && isSpoken(attribute, node.text) && (ts.isJsxAttribute(parent) || !/^[a-z_]+\.[a-z_.]+$/.test(node.text)));
    if (isText && isWord(node.text)) tell(node.text);
  }
  ts.forEachChild(node, (child) => visit(child, tree, path));
}

for (const path of files(source))
  {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  visit(tree, tree, path);
}

/* ---- words of the first page ---- */

const ROOTS = ['main.tsx', 'pages/home.tsx']; // as vite.config.ts puts them into one file
const inMessages = (name) => readFileSync(join(source, 'messages', 'en', name), 'utf8');
const firstKeys = new Set([...inMessages('first.ts').matchAll(/'\.\/(\w+\.json)'/g)].flatMap(([, name]) => Object.keys(JSON.parse(inMessages(name)))));
const otherKeys = new Set(Object.keys(catalogue('en')).filter((key) => !firstKeys.has(key)));

const fileOf = (path) => ['', '.ts', '.tsx', '/index.ts'].map((end) => path + end).find((one) => /\.tsx?$/.test(one) && existsSync(one));

/* Each file that is there at once: what the roots import, without what is loaded later. */
function withImports(roots) {
  const found = new Set();
  for (const queue = [...roots]; queue.length > 0;) {
    const path = queue.pop();
    if (!path || found.has(path) || path.includes('generated')) continue;
    found.add(path);
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/^import (?!type )[^;]*?from '(\.[^']*)';/gm))
      queue.push(fileOf(join(dirname(path), from)));
  }
  return found;
}

for (const path of withImports(ROOTS.map((one) => join(source, one))))
  for (const [, key] of readFileSync(path, 'utf8').matchAll(/'([a-z_]+\.[a-z_.]+)'/g))
    if (otherKeys.has(key)) wrong.push(`${path.slice(source.length + 1)}: the first page says "${key}", which it has not yet`);

/* ---- languages against English ---- */

function catalogue(language) {
  const whole = {};
  for (const name of readdirSync(join(source, 'messages', language)).filter((one) => one.endsWith('.json'))) {
    const part = JSON.parse(readFileSync(join(source, 'messages', language, name), 'utf8'));
    for (const key of Object.keys(part)) if (key in whole) wrong.push(`${language}: "${key}" stands twice`);
    Object.assign(whole, part);
  }
  return whole;
}
const texts = (message) => (typeof message === 'string' ? [message] : Object.values(message));
const isRefusal = (key) => key.startsWith('refusal.');
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join(' ');
const forms = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

const english = catalogue('en');
for (const language of LANGUAGES) {
  const other = catalogue(language);
  for (const [key, message] of Object.entries(english)) {
    if (!(key in other)) { wrong.push(`${language}: "${key}" is missing`); continue; }
    if (typeof message === 'object' && !forms(language).every((form) => other[key][form])) wrong.push(`${language}: "${key}" lacks a plural form of ${forms(language).join(', ')}`);
    const wanted = places(texts(message).at(-1));
    if (isRefusal(key)) { // one may say less: what the person just did needs no name
      for (const place of places(other[key]).split(' '))
        if (place && !wanted.split(' ').includes(place)) wrong.push(`${language}: "${key}" has {${place}}, which English has not`);
      continue;
    }
    for (const text of texts(other[key]))
      if (typeof message === 'string' && places(text) !== wanted) wrong.push(`${language}: "${key}" has {${places(text)}} where English has {${wanted}}`);
  }
  for (const key of Object.keys(other)) // English has no genders: a state in the feminine stands beside that of all kinds
    if (!(key in english) && !(key.endsWith('.f') && key.slice(0, -2) in english && other['grammar.feminine'])) wrong.push(`${language}: "${key}" is not in English`);
}

/* ---- refusals: the English ones are those of the server ---- */

const server = fileURLToPath(new URL('../../src', import.meta.url));
const CONVERSION = /%(?:%|[-0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-z])/g;
const A_VALUE = '\0';
const joined = (text) => text.replace(/\0(?: ?\0)*/g, A_VALUE); // "%s %s" is one amount

const sources = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return sources(path);
  return entry.name.endsWith('.c') ? [readFileSync(path, 'utf8')] : [];
});

/* Every text of the C sources, as it is once the parts that stand beside one another are joined. */
const literals = new Set(sources(server).flatMap((source) =>
  [...source.matchAll(/"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*/g)].map(([parts]) => {
    const text = [...parts.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((part) => part[1]).join('').replace(/\\(.)/g, '$1');
    return joined(text.replace(CONVERSION, (conversion) => (conversion === '%%' ? '%' : A_VALUE)));
  })));

for (const [key, text] of Object.entries(english))
  if (isRefusal(key) && !literals.has(joined(text.replace(/\{\w+\}/g, A_VALUE)))) wrong.push(`en: "${key}" is no refusal of the server: "${text}"`);

/* ---- events: those that docs/events.md names ---- */

const named = new Set(readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| `'))
  .flatMap((row) => [...row.split('|')[1].matchAll(/`([a-z_.]+)`/g)].map(([, event]) => `event.${event}`)));
for (const key of named) if (!(key in english)) wrong.push(`en: "${key}" is missing, docs/events.md names it`);
for (const key of Object.keys(english)) if (key.startsWith('event.') && !named.has(key)) wrong.push(`en: "${key}" is no event of docs/events.md`);

/* ---- terms: docs/terms.md names each thing, and what it is not called ---- */

const CODES = ['en', 'de', 'fr', 'es', 'ar']; // as the columns of the first table
const termRows = readFileSync(new URL('../../docs/terms.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| '))
  .map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));

/* Each text of a language: those of the portal, and those of papers and mails by their names. */
function textsOf(code) {
  const words = ['paper', 'mail'].flatMap((name) => readFileSync(join(server, 'words', code, `${name}.def`), 'utf8').split(/^WORD\(/m).slice(1)
    .map((entry) => [entry.slice(0, entry.indexOf(',')), [...entry.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((part) => part[1]).join('').replace(/\\n/g, '\n')]));
  return [...Object.entries(catalogue(code)).flatMap(([key, message]) => texts(message).map((text) => [key, text])), ...words];
}

CODES.forEach((code, column) => {
  const all = textsOf(code);
  const whole = all.map(([, text]) => text).join('\n').toLowerCase();
  for (const row of termRows) {
    if (row.length === CODES.length && column > 0 && row[0] !== 'English' && !whole.includes(row[column].toLowerCase()) && !/^-+$/.test(row[0]))
      wrong.push(`${code}: no text says "${row[column]}", docs/terms.md does`);
    if (row.length !== 3 || row[0] !== code) continue;
    const isSaid = code === 'ar' ? { test: (text) => text.includes(row[1]) } : new RegExp(`(?<![\\p{L}-])${row[1]}`, 'iu');
    for (const [key, text] of all) if (isSaid.test(text.replace(/\{\w+\}/g, '{}'))) wrong.push(`${code}: "${key}" says "${row[1]}", docs/terms.md calls it "${row[2]}"`);
  }
});

/* ---- spaces that hold a mark to its word: a line never begins with a mark ---- */

const LOOSE = {
  fr: /[^\u00a0](?:[;!?»]|:(?!\/\/))|«[^\u00a0]|[\d}] %/u,
  de: /[\d}] %/u,
  es: /[\d}] %/u,
};
for (const [code, loose] of Object.entries(LOOSE))
  for (const [key, text] of textsOf(code))
    if (loose.test(text)) wrong.push(`${code}: "${key}" lets a line break before a mark: "${text}"`);

/* ---- names that forms need ---- */

const shapes = JSON.parse(readFileSync(join(source, 'api', 'generated', 'forms.json'), 'utf8'));
const needs = (field) => {
  const keys = [`field.${field.name}`, ...(field.choices ?? []).map((one) => `value.${one}`)];
  for (const key of keys) if (!(key in english)) wrong.push(`en: "${key}" is missing, a form asks for it`);
  [...(field.fields ?? []), ...(field.item?.choices ? [field.item] : [])].forEach(needs);
};
Object.values(shapes).flat().forEach(needs);
for (const name of Object.keys(shapes)) if (!(`act.${name}` in english)) wrong.push(`en: "act.${name}" is missing`);

const told = [...new Set(wrong)];
console.log(told.join('\n') || 'every word is in every catalogue');
process.exitCode = told.length > 0 ? 1 : 0;
