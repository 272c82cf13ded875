/** Builds the window (`renderer/`) into `out/renderer`: plain files, relative addresses, no inline script or style. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root: `${root}renderer`,
  // Relative, so that the same files work below http://127.0.0.1:PORT/ and below app://.
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: `${root}out/renderer`,
    emptyOutDir: true,
    target: 'chrome120',
    // The content security policy allows scripts from our own origin only, never data: ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
});
