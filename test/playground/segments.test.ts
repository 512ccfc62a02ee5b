import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('the panel of segments, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Segments', 'segments');
  });

  it('groups customers, says what marks each, and who moves', async () => {
    for (const title of ['What marks the groups', 'How clear-cut the groups are', 'Recency and frequency', 'Who moves']) expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    expect(await panel.getByRole('region', { name: 'Table: The usual segments' }).textContent()).toMatch(/champions/);
    await look(page, 'segments');
    await expectAccessible(page);
  });

  it('places a new customer', async () => {
    const form = panel.getByRole('region', { name: 'A new customer' });
    await form.getByLabel('recencyDays').fill('3');
    await form.getByLabel('frequency').fill('60');
    expect(await form.getByRole('status').textContent()).toMatch(/^Falls into “.+”, with a confidence of \d+ %/);
  });

  it('gives a verdict that follows the costs', async () => {
    const verdicts = (): Promise<string[]> => panel.getByRole('region', { name: 'Table: The verdict for each group' }).locator('tbody td:last-child').allTextContents();
    const actions = panel.getByRole('region', { name: 'Actions' });
    for (const [label, value] of [['Cost of a contact', '0.1'], ['As sure as a pilot of so many', '2000']] as const) {
      await actions.getByLabel(label, { exact: true }).fill(value);
      await actions.getByLabel(label, { exact: true }).press('Enter');
    }
    expect(new Set(await verdicts())).toEqual(new Set(['act']));
    await actions.getByLabel('Cost of a contact', { exact: true }).fill('20');
    await actions.getByLabel('Cost of a contact', { exact: true }).press('Enter');
    expect(new Set(await verdicts())).toEqual(new Set(['leave']));
  });

  it('groups by who they are, into as many as asked for', async () => {
    await panel.getByLabel('Group customers by').selectOption('who they are');
    await panel.getByLabel('Groups (0: as many as there are)', { exact: true }).fill('3');
    await panel.getByLabel('Groups (0: as many as there are)', { exact: true }).press('Tab');
    await panel.getByRole('button', { name: 'Compute' }).click();
    await expect.poll(() => panel.getByRole('region', { name: 'Table: The groups' }).locator('tbody tr').count(), { timeout: 60_000 }).toBe(3);
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of segments, on files of one’s own', () => {
  it('groups a table of customers, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const rows = Array.from({ length: 300 }, (_, i) => `${(i % 3) * 25 + 18 + (i % 7)},${(i % 3) * 400 + (i % 11) * 5},${['Lugo', 'Vigo', 'Tui'][(i * 7) % 3]}`);
    await takeFile(page, 'people.csv', `age,spend,city\n${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Segments', 'segments');
    await panel.getByRole('img', { name: 'What marks the groups' }).waitFor();
    await look(page, 'segments-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('passes on what the library says where there is nothing to group', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'two.csv', 'age,city\n20,Lugo\n30,Vigo\n');
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Segments', 'segments');
    expect((await panel.textContent())!.length).toBeGreaterThan(60);
    expect(page.complaints).toEqual([]);
  });
});
