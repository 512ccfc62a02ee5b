import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, fact, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const number = (text: string): number => Number(text.replaceAll('\u2009', ''));

describe('the panel of churn, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Churn', 'churn');
  });

  it('finds what moves leaving in truth: complaints warn, and gold members stay', async () => {
    expect(await panel.textContent()).toContain('Who leaves has the event “membership”.');
    expect(await panel.getByRole('region', { name: 'Table: What is unusual of a customer before leaving' }).textContent()).toMatch(/complaint/);
    await panel.getByLabel('Curves by').selectOption('plan');
    const rows = await panel.getByRole('region', { name: 'Table: How long customers stay' }).locator('tbody tr').allTextContents();
    const after = (plan: string): number => Number(/(\d+\.\d) %(?!.*\d+\.\d %)/.exec(rows.find((row) => row.startsWith(plan))!)![1]);
    expect(after('gold')).toBeGreaterThan(after('basic'));
    await look(page, 'churn');
    await expectAccessible(page);
  });

  it('chooses whom to keep anew when the terms are dragged', async () => {
    const contacts = async (): Promise<number> => number((await fact(panel, 'contact')).split(' of ')[0]!);
    const before = await contacts();
    await panel.getByLabel('Keeps, of those who would leave (%)', { exact: true }).fill('90');
    await panel.getByLabel('Keeps, of those who would leave (%)', { exact: true }).press('Enter');
    expect(await contacts()).toBeGreaterThan(before);
    await panel.getByLabel('Cost of a contact', { exact: true }).fill('1000');
    await panel.getByLabel('Cost of a contact', { exact: true }).press('Enter');
    expect(await contacts()).toBe(0);
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of churn, on files of one’s own', () => {
  it('takes silence for leaving where nothing says it, on a phone in the dark', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const visits = Array.from({ length: 400 }, (_, i) => {
      const every = 6 + (i * 37) % 40;
      const visit = Array.from({ length: 2 + Math.floor((40 + (i * 53) % 420) / every) }, (_, k) => k * every);
      return visit.map((after) => `K${i},${new Date(Date.UTC(2025, 0, 1 + (i % 60) + after)).toISOString().slice(0, 10)},${5 + (i % 9)}`);
    }).flat();
    await takeFile(page, 'visits.csv', `client,date,total\n${visits.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Churn', 'churn');
    await panel.getByText('so silence counts').waitFor();
    await look(page, 'churn-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'people.csv', `name,age\n${Array.from({ length: 30 }, (_, i) => `n${i},${i}`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    expect(await (await openPanel(page, 'Churn', 'churn')).textContent()).toContain('This needs a log of events');
  });
});
