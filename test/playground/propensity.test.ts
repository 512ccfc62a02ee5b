import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, fact, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const number = (text: string): number => Number(text.replaceAll('\u2009', ''));

describe('the panel of propensity, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Propensity', 'propensity');
  });

  it('finds what goes together in truth: savings with the card, fibre with the mobile line', async () => {
    const rules = await panel.getByRole('region', { name: 'Table: What is taken together' }).locator('tbody tr').allTextContents();
    expect(rules.some((rule) => /^savingscard/.test(rule) || /^credit(card|.*card)/.test(rule))).toBe(true);
    expect(rules.some((rule) => /^fibremobile/.test(rule))).toBe(true);
    for (const title of ['Ideal baskets', 'Potential of the portfolio', 'Propensity matrix']) expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    await look(page, 'propensity');
    await expectAccessible(page);
  });

  it('plans anew when the terms are dragged', async () => {
    const offers = async (): Promise<number> => number(await fact(panel, 'offers'));
    const before = await offers();
    expect(before).toBeLessThanOrEqual(600);
    await panel.getByLabel('Offers that can be made', { exact: true }).fill('100');
    await panel.getByLabel('Offers that can be made', { exact: true }).press('Enter');
    expect(await offers()).toBeLessThanOrEqual(100);
    await panel.getByLabel('Margin of a sale', { exact: true }).fill('1');
    await panel.getByLabel('Margin of a sale', { exact: true }).press('Enter');
    expect(await offers()).toBe(0);
  });

  it('says what to offer somebody new, and turns the page of customers', async () => {
    const offers = panel.getByRole('region', { name: 'Table: Offers, the likeliest first' });
    expect(await offers.textContent()).toContain('card');
    await panel.getByRole('region', { name: 'A new customer' }).getByRole('checkbox', { name: 'card' }).check();
    expect(await offers.textContent()).not.toContain('card');
    await panel.getByRole('button', { name: 'Later customers' }).click();
    await panel.getByText('Customers 13 to 24').waitFor();
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of propensity, on files of one’s own', () => {
  it('does without a table of customers, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const rows = Array.from({ length: 2400 }, (_, i) => `K${(i * 7919) % 600},${new Date(Date.UTC(2025, 0, 1 + ((i * 104729) % 500))).toISOString().slice(0, 10)},${['tea', 'bread', 'jam', 'oil', 'wine'][(i + Math.floor(i / 600) * (1 + (i % 3))) % 5]},${5 + (i % 9)}`);
    await takeFile(page, 'orders.csv', `client,date,product,total\n${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Propensity', 'propensity');
    await panel.getByRole('img', { name: 'Ideal baskets' }).waitFor();
    await look(page, 'propensity-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing, and what the library says when nothing is chosen', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'visits.csv', `client,date\n${Array.from({ length: 200 }, (_, i) => `K${i % 40},2025-0${1 + (i % 9)}-1${i % 9}`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    expect(await (await openPanel(page, 'Propensity', 'propensity')).textContent()).toContain('with a column of products');
  });
});
