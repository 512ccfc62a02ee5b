import { defineConfig } from 'vite';
import { alias } from '../../vitest.config.js';

/** `npm run playground` serves it while one works; `npm run playground:build` writes build/playground, which any static server can give. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { alias },
  worker: { format: 'es' },
  build: { outDir: process.env['PLAYGROUND_OUT'] ?? '../../build/playground', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
});
