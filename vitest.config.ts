import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = fileURLToPath(new URL('src', import.meta.url));

/** The package's own name means its source: examples and guides run without a build. */
export const alias = [
  { find: /^clientela$/, replacement: `${source}/index.ts` },
  { find: /^clientela\/([\w-]+)$/, replacement: `${source}/$1/index.ts` },
];

const report = process.env['TEST_REPORT'];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts', 'test/.examples/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/playground/**'],
    // Only what hangs: whole guides run as one test, and machines differ.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // On 2 cores every file pays its own start; the files are pure, so a thread can serve many.
    pool: 'threads',
    // The default leaves a core idle; of two that is half of the machine.
    maxWorkers: '100%',
    reporters: report === undefined ? ['dot'] : ['dot', ['json', { outputFile: report }]],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/index.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
});
