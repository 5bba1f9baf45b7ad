import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/* Where a server that was started by hand answers; only for `npm run dev` and `npm run preview`. */
const server = env.WAYMARK_URL ?? 'http://127.0.0.1:8080';

/* What the client's first page needs comes in one file: on a telephone each further one is a way there and back. */
const FIRST = ['/src/main.tsx', '/src/pages/home.tsx'];

function withImports(roots: string[], { getModuleInfo }: { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }) {
  const found = new Set<string>();
  for (const queue = roots; queue.length > 0;) {
    const id = queue.pop()!;
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...getModuleInfo(id)?.importedIds ?? []);
  }
  return found;
}

let first: Set<string> | undefined;

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows files only
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        manualChunks(id, graph) {
          first ??= withImports(FIRST.map((path) => fileURLToPath(new URL(`.${path}`, import.meta.url))), graph);
          return first.has(id) ? 'first' : undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
});
