import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, fact, launch, look, openPanel, openPlayground, takeCompany, takeFile } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const contacts = async (panel: Locator): Promise<number> => Number((await fact(panel, 'contact')).split(' of ')[0]!.replaceAll('\u2009', ''));

describe('the panel of scores, on the simulated company', () => {
  let page: Page & { complaints: string[] };
  let panel: Locator;
  beforeAll(async () => {
    page = await openPlayground(browser);
    await takeCompany(page);
    panel = await openPanel(page, 'Scores', 'scores');
  });

  it('says how good it is, and shows it', async () => {
    expect(Number.parseFloat(await fact(panel, 'ranks a yes above a no (AUC)'))).toBeGreaterThan(0.5);
    for (const title of ['Profit', 'Gains', 'Lift', 'Calibration']) expect(await panel.getByRole('img', { name: title }).count()).toBe(1);
    await look(page, 'scores');
    await expectAccessible(page);
  });

  it('chooses the target anew when a cost is dragged or typed', async () => {
    const before = await contacts(panel);
    await panel.getByLabel('Cost of a contact', { exact: true }).fill('4');
    await panel.getByLabel('Cost of a contact', { exact: true }).press('Enter');
    const dear = await contacts(panel);
    expect(dear).toBeLessThan(before);
    expect(await fact(panel, 'worth a contact above')).toBe('33.3 %');
    await panel.getByLabel('Cost of a contact, slider').focus();
    await page.keyboard.press('Home');
    expect(await contacts(panel)).toBeGreaterThan(dear);
    await panel.getByLabel('Budget', { exact: true }).fill('1');
    await panel.getByLabel('Budget', { exact: true }).press('Enter');
    expect(await contacts(panel)).toBe(20);
    expect(await fact(panel, 'what ends the list')).toBe('budget');
  });

  it('gives the list away as a file', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download Profit as CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('target.csv');
    const svg = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Download Gains as SVG' }).click();
    expect((await svg).suggestedFilename()).toBe('gains.svg');
    const png = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Download Lift as PNG' }).click();
    expect((await png).suggestedFilename()).toBe('lift.png');
  });

  it('stops when it is told to, and computes again', async () => {
    await panel.getByLabel('Learn from').selectOption('the log of events');
    await panel.getByRole('button', { name: 'Compute' }).click();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByText('Cancelled. Nothing was changed').waitFor();
    await panel.getByRole('button', { name: 'Compute' }).click();
    await panel.getByText('buys within 30 days').waitFor({ timeout: 60_000 });
    await look(page, 'scores-log');
    expect(page.complaints).toEqual([]);
  });
});

describe('the panel of scores, on files of one’s own', () => {
  it('fits a phone in the dark, and learns from a table without customer numbers', async () => {
    const page = await openPlayground(browser, { width: 390, colorScheme: 'dark' });
    const rows = Array.from({ length: 400 }, (_, i) => `${20 + (i % 50)},${['Lugo', 'Vigo', 'Tui'][i % 3]},${(i % 50) + (i % 7) * 6 > 40 ? 'yes' : 'no'}`);
    await takeFile(page, 'people.csv', `age,city,churned\n${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Scores', 'scores');
    await panel.getByRole('img', { name: 'Gains' }).waitFor();
    await look(page, 'scores-phone-dark');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });

  it('says what is missing, and passes on what the library says', async () => {
    const page = await openPlayground(browser);
    await takeFile(page, 'names.csv', `name,age\n${Array.from({ length: 60 }, (_, i) => `n${i},${i}`).join('\n')}\n`);
    await page.getByRole('button', { name: 'Use these data' }).click();
    const panel = await openPanel(page, 'Scores', 'scores');
    expect(await panel.textContent()).toContain('This needs a column to foretell: choose a target under Data, or add a log of events.');
    await page.getByRole('button', { name: 'Data', exact: true }).click();
    await takeFile(page, 'few.csv', 'age,churned\n20,yes\n30,no\n25,yes\n60,no\n');
    await page.getByRole('button', { name: 'Use these data' }).click();
    const few = await openPanel(page, 'Scores', 'scores');
    expect(await few.getByRole('alert').textContent()).toMatch(/fitTargetScore/);
    expect(page.complaints).toEqual([]);
  });
});
