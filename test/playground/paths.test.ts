import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('the panel of paths, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Paths', 'paths');
  });

  it('finds the truth: fibre requires mobile, and a complaint leads to leaving', async () => {
    const order = await panel.getByRole('region', { name: 'Table: What comes before what' }).locator('tbody tr').allTextContents();
    expect(order).toContain('mobilefibrerequires');
    const [first] = await panel.getByRole('region', { name: /Paths before membership/ }).locator('tbody tr').allTextContents();
    expect(first).toMatch(/^complaint.*yes$/);
    for (const title of ['Ways customers walk', 'The most frequent paths, and their times', 'What comes before what']) expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    await look(page, 'paths');
    await expectAccessible(page);
  });

  it('shows the times of another path, and computes for another outcome', async () => {
    await panel.getByLabel('Times of the path').selectOption({ index: 2 });
    await panel.getByLabel('What paths lead to').selectOption('card');
    await panel.getByRole('button', { name: 'Compute' }).click();
    await panel.getByRole('heading', { name: 'What leads to card' }).waitFor();
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of paths, on files of one’s own', () => {
  it('works with shopping carts, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const rows = Array.from({ length: 2400 }, (_, i) => `K${(i * 7919) % 600},${new Date(Date.UTC(2025, 0, 1 + ((i * 104729) % 500))).toISOString().slice(0, 10)},${['tea', 'bread', 'jam', 'oil', 'wine'][(i + Math.floor(i / 600) * (1 + (i % 3))) % 5]},${5 + (i % 9)}`);
    await takeFile(page, 'orders.csv', `client,date,product,total\n${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Paths', 'paths');
    await panel.getByRole('img', { name: 'Ways customers walk' }).waitFor();
    await look(page, 'paths-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'visits.csv', `client,date\n${Array.from({ length: 200 }, (_, i) => `K${i % 40},2025-0${1 + (i % 9)}-1${i % 9}`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    expect(await (await openPanel(page, 'Paths', 'paths')).textContent()).toContain('with a column that says what happened');
  });
});
