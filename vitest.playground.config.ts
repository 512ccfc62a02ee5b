import { defineConfig } from 'vitest/config';

/** The playground as built, in Chromium, as a user works it: `npm run test:playground`. Pictures of every panel go to build/screenshots. */
export default defineConfig({
  test: {
    include: ['test/playground/**/*.test.ts'],
    globalSetup: ['test/playground/serve.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // One browser a file, one file a core.
    maxWorkers: 2,
    reporters: process.env['PLAYGROUND_TEST_REPORT'] === undefined ? ['dot'] : ['dot', ['json', { outputFile: process.env['PLAYGROUND_TEST_REPORT'] }]],
  },
});
