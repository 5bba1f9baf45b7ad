import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { engagementsAtHome, turnsAtHome } from './src/pages/home_asks';

/* Where a server that was started by hand answers; only for `npm run dev` and `npm run preview`. */
const server = env.WAYMARK_URL ?? 'http://127.0.0.1:8080';

/* What starts the page is one small file, and what the client's first page needs another: on a telephone each further one is
   a way there and back. */
const START = ['/src/start.ts'];
const FIRST = ['/src/main.tsx', '/src/pages/home.tsx'];

type Graph = { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null };

function withImports(roots: string[], { getModuleInfo }: Graph) {
  const found = new Set<string>();
  for (const queue = roots.map((path) => fileURLToPath(new URL(`.${path}`, import.meta.url))); queue.length > 0;) {
    const id = queue.pop()!;
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...getModuleInfo(id)?.importedIds ?? []);
  }
  return found;
}

/* A request for it would take one of the six connections that a browser has. */
const ICON = readFileSync(new URL('public/icon.svg', import.meta.url), 'utf8').trim().replace('<svg', '<svg aria-hidden="true"');

/* The page fetches both at once, and is not drawn before the small one has put on how it looks. */
const bothAtOnce: Plugin = {
  name: 'both-at-once',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const first = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.name === 'first');
      return {
        html: html.replace('<script type="module"', '<script type="module" blocking="render"').replaceAll(/<img src="\/icon.svg"[^>]*>/g, ICON),
        tags: first ? [{ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/${first.fileName}` }, injectTo: 'head' }] : [],
      };
    },
  },
};

const preload = ([{ path }, { query }]: typeof turnsAtHome | typeof engagementsAtHome) =>
  `<link rel="preload" as="fetch" crossorigin href="/api/v1${path}?${new URLSearchParams(query as Record<string, string>)}">`;

/* The client's first page is a file of its own: who comes there asks for what it shows before any script is here. */
const askingAhead: Plugin = {
  name: 'asking-ahead',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    if (page?.type !== 'asset') return;
    const asks = [turnsAtHome, engagementsAtHome].map(preload).join('').replaceAll('&', '&amp;');
    this.emitFile({ type: 'asset', fileName: 'home.html', source: String(page.source).replace('</head>', `${asks}</head>`) });
  },
};

let start: Set<string> | undefined;
let first: Set<string> | undefined;

export default defineConfig({
  plugins: [bothAtOnce, askingAhead],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows files only
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        manualChunks(id, graph) {
          start ??= withImports(START, graph);
          first ??= withImports(FIRST, graph);
          return start.has(id) ? 'start' : first.has(id) ? 'first' : undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
});
