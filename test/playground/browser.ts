/** The playground in a real Chromium, as a user works it. */
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { chromium as launcher, type Browser, type Locator, type Page } from 'playwright';
import { expect, inject } from 'vitest';
import { chromium } from '../../scripts/chromium.mjs';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = (): Promise<Browser> => launcher.launch({ executablePath: chromium, args, headless: true });

export interface PageOptions {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

/** A new page of the playground; any error in its console fails the test by `noComplaints`. */
export async function openPlayground(browser: Browser, { width = 1280, colorScheme = 'light' }: PageOptions = {}): Promise<Page & { complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce', acceptDownloads: true });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  // Nothing leaves the page: whatever is asked of another place fails the test.
  const home = inject('address');
  page.on('request', (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(home) && complaints.push(`asked for ${request.url()}`));
  await page.goto(home);
  return Object.assign(page, { complaints });
}

/** Takes the simulated company and goes to the panels; the first panel opens and computes by itself. */
export async function takeCompany(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take the simulated company' }).click();
  await page.getByRole('button', { name: 'Use these data' }).click();
}

/** Drops CSV text as a file. */
export async function takeFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByLabel('CSV files').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

/** Opens a panel by its name in the list and waits until it has computed; gives the panel. */
export async function openPanel(page: Page, label: string, id: string): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: label, exact: true }).click();
  const panel = page.locator(`[data-panel="${id}"]`);
  await panel.locator('[data-state=done], [data-state=failed], [data-state=lacking]').waitFor({ timeout: 100_000 });
  return panel;
}

/** The large figure of a name in a panel. */
export async function fact(panel: Locator, name: string): Promise<string> {
  return (await panel.locator('dl > div', { has: panel.page().getByText(name, { exact: true }) }).locator('dd').textContent()) ?? '';
}

/** A picture of the whole page for those who look: build/screenshots/<name>.png. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync('build/screenshots', { recursive: true });
  await page.screenshot({ path: `build/screenshots/${name}.png`, fullPage: true });
}

/** What axe finds serious or critical in the page as it stands: nothing, or the test fails with it. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`);
  });
  expect(found).toEqual([]);
}

/** The page as wide as its window: on a phone nothing but tables and pictures may scroll sideways, each within itself. */
export async function expectFitting(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content).toBeLessThanOrEqual(window!);
}
