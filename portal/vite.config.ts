import { env } from 'node:process';
import { defineConfig } from 'vite';

/* Where a server that was started by hand answers; only for `npm run dev` and `npm run preview`. */
const server = env.WAYMARK_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows files only
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
});
