import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, fact, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const number = (text: string): number => Number(text.replaceAll('\u2009', ''));

describe('the panel of potential, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Potential', 'potential');
  });

  it('finds the truth: a twentieth of what members spend is spent here', async () => {
    expect(number((await fact(panel, 'share here')).replace(' %', ''))).toBeGreaterThan(4);
    expect(number((await fact(panel, 'share here')).replace(' %', ''))).toBeLessThan(7);
    for (const title of ['From present spend to potential', 'Headroom and ease']) expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    await look(page, 'potential');
    await expectAccessible(page);
  });

  it('chooses whom to call anew when the terms are dragged, and adds up by another column', async () => {
    const wins = async (): Promise<number> => number(await fact(panel, 'customers to call'));
    const before = await wins();
    await panel.getByLabel('Cost of a call', { exact: true }).fill('1');
    await panel.getByLabel('Cost of a call', { exact: true }).press('Enter');
    expect(await wins()).toBeGreaterThan(before);
    await panel.getByLabel('Add up by').selectOption('plan');
    await panel.getByRole('region', { name: 'Table: From present spend to potential' }).getByText('gold').waitFor();
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of potential, on files of one’s own', () => {
  it('says what spend alone can tell, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const people = Array.from({ length: 300 }, (_, i) => `K${i},${20 + (i % 50)},${['Lugo', 'Vigo', 'Tui'][i % 3]}`);
    const orders = Array.from({ length: 2400 }, (_, i) => `K${(i * 7919) % 300},${new Date(Date.UTC(2025, 0, 1 + ((i * 104729) % 360))).toISOString().slice(0, 10)},${5 + ((i * 31) % 90) + ((i * 7919) % 300) % 50}`);
    await takeFile(page, 'orders.csv', `client,date,total\n${orders.join('\n')}\n`);
    await takeFile(page, 'people.csv', `client,age,city\n${people.join('\n')}\n`);
    await page.getByRole('group', { name: /^Customers/ }).waitFor();
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Potential', 'potential');
    await panel.getByText('Spend alone shows what the best of customers alike spend').waitFor();
    await look(page, 'potential-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'people.csv', `client,age,city\n${Array.from({ length: 60 }, (_, i) => `K${i},${20 + i},Lugo`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    expect(await (await openPanel(page, 'Potential', 'potential')).textContent()).toContain('This needs both: a log of events with amounts');
  });
});
