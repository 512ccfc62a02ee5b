import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from './scripts/chromium.mjs';
import { alias } from './vitest.config.js';

const report = process.env['BROWSER_TEST_REPORT'];

/** The contract of every model, and the loading of the library, in a real browser. */
export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/contract/**/*.test.ts', 'test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: report === undefined ? ['dot'] : ['dot', ['json', { outputFile: report }]],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: chromium,
          args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
