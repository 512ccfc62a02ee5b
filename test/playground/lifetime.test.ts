import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, fact, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const number = (text: string): number => Number(text.replaceAll('\u2009', ''));

describe('the panel of lifetime value, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Lifetime value', 'lifetime');
  });

  it('finds the law of the company, and shows what it says', async () => {
    expect(await panel.textContent()).toMatch(/bgNbd/);
    for (const title of ['Value by group', 'Concentration of the value', 'Who is still a customer', 'Purchases, month by month', 'Purchases a customer', 'The next six months']) {
      expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    }
    const [alive, all] = (await fact(panel, 'still buying')).split(' of ').map(number);
    // In truth about half of the members still buy.
    expect(alive! / all!).toBeGreaterThan(0.4);
    expect(alive! / all!).toBeLessThan(0.65);
    await look(page, 'lifetime');
    await expectAccessible(page);
  });

  it('values anew when the terms are dragged', async () => {
    const before = number(await fact(panel, 'value of all'));
    await panel.getByLabel('Margin of a sale (%)', { exact: true }).fill('50');
    await panel.getByLabel('Margin of a sale (%)', { exact: true }).press('Enter');
    expect(number(await fact(panel, 'value of all')) / before).toBeCloseTo(2, 2);
    await panel.getByLabel('Days ahead', { exact: true }).fill('30');
    await panel.getByLabel('Days ahead', { exact: true }).press('Enter');
    expect(number(await fact(panel, 'value of all'))).toBeLessThan(before);
    await panel.getByLabel('Add up by').selectOption('province');
    await panel.getByRole('region', { name: 'Table: Value by group' }).getByText('Albamar').waitFor();
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of lifetime value, on files of one’s own', () => {
  it('does without amounts, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const visits = Array.from({ length: 300 }, (_, i) => {
      const every = 8 + (i * 37) % 60;
      return Array.from({ length: 1 + Math.floor((90 + (i * 53) % 260) / every) }, (_, k) => `K${i},${new Date(Date.UTC(2025, 0, 1 + (i % 40) + k * every)).toISOString().slice(0, 10)}`);
    }).flat();
    await takeFile(page, 'visits.csv', `client,date\n${visits.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Lifetime value', 'lifetime');
    await panel.getByText('in purchases, as there are no amounts').waitFor();
    await look(page, 'lifetime-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'people.csv', `name,age\n${Array.from({ length: 30 }, (_, i) => `n${i},${i}`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Lifetime value', 'lifetime');
    expect(await panel.textContent()).toContain('This needs a log of events');
  });
});
