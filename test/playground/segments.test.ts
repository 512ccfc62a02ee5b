import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, launch, look, openPanel, openPlayground, takeCompany } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('the panel of segments', () => {
  it('shows recency and frequency of the simulated company', async () => {
    const page = await openPlayground(browser);
    await takeCompany(page);
    const panel = await openPanel(page, 'Segments', 'segments');
    expect(await panel.getByRole('img').count()).toBeGreaterThan(0);
    await look(page, 'segments');
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('fits a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    await takeCompany(page);
    await openPanel(page, 'Segments', 'segments');
    await look(page, 'segments-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
  });
});
