/* Every page brings the styles of what it shows: a class of a stylesheet that is not everybody's stands only where that stylesheet is
   imported, by the page or by what it is made of. Else it is dressed or not as one came to it. And no two of them
   dress the same class: a stylesheet stays when its page is left. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(root, { recursive: true }).map((name) => join(root, name)).filter((name) => !name.includes('generated'));
const textOf = (name) => readFileSync(name, 'utf8').replace(/\/\*.*?\*\//gs, '');

const nameOf = (from, path) => ['', '.tsx', '.ts', '/index.ts'].map((end) => join(dirname(from), path) + end).find((name) => existsSync(name) && /\.\w+$/.test(name));
const importsOf = (name) => (name.endsWith('.css') ? [] : [...textOf(name).matchAll(/^(?:import|export|\})[^;]*?'(\.[^']+)'/gm)].map(([, path]) => nameOf(name, path)).filter(Boolean));

/* All that comes with a module, itself among it. */
function broughtBy(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const one of importsOf(name)) broughtBy(one, seen);
  }
  return seen;
}

const classesIn = (text) => [...text.matchAll(/class="([^"]*)"|class=\{`([^`]*)`\}/g)].flatMap(([, plain, made]) => (plain ?? made.replace(/\$\{[^}]*\}/g, ' ')).split(/\s+/)).filter(Boolean);
const definedIn = (name) => new Set([...textOf(name).matchAll(/\.([a-z][\w-]*)/g)].map(([, one]) => one));

const everybodys = [...broughtBy(join(root, 'start.ts'))].filter((name) => name.endsWith('.css'));
const known = new Set(everybodys.flatMap((name) => [...definedIn(name)]));
const sheets = files.filter((name) => name.endsWith('.css') && !everybodys.includes(name)).map((name) => ({ name, classes: definedIn(name) }));
const pages = files.filter((name) => name.endsWith('.tsx') && /^export default function/m.test(textOf(name)));

const wrong = pages.flatMap((page) => {
  const brought = broughtBy(page);
  return [...brought].filter((name) => name.endsWith('.tsx')).flatMap((name) => classesIn(textOf(name)).filter((one) => !known.has(one)).flatMap((one) => {
    const owners = sheets.filter(({ classes }) => classes.has(one));
    return owners.length === 0 || owners.some((sheet) => brought.has(sheet.name)) ? []
      : [`${relative(root, page)}: .${one} of ${relative(root, name)} is in ${owners.map((sheet) => relative(root, sheet.name)).join(', ')}, which does not come with it`];
  }));
});

/* What a rule of its own dresses, not what is part of something else. */
const dressedBy = (name) => new Set([...textOf(name).matchAll(/^\.([a-z][\w-]*) \{/gm)].map(([, one]) => one));
const dressed = sheets.flatMap(({ name }) => [...dressedBy(name)].map((one) => ({ one, name: relative(root, name) })));
wrong.push(...dressed.filter(({ one, name }) => dressed.some((other) => other.one === one && other.name < name))
  .map(({ one, name }) => `${name}: .${one} is dressed in another stylesheet, too`));

if (pages.length === 0 || sheets.length === 0) throw new Error('there are no pages, or no stylesheets of theirs');
for (const line of new Set(wrong)) console.error(line);
if (wrong.length > 0) process.exit(1);
console.log(`${pages.length} pages bring their styles`);
