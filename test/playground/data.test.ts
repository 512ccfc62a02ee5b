import { Buffer } from 'node:buffer';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectFitting, launch, look, openPlayground, takeFile } from './browser.js';

let browser: Browser;
let page: Page & { complaints: string[] };
beforeAll(async () => {
  browser = await launch();
  page = await openPlayground(browser);
});
afterAll(() => browser.close());

const alert = async (): Promise<string> => (await page.getByRole('alert').textContent()) ?? '';
const orders = `order;client;date;total;article\n${Array.from({ length: 400 }, (_, i) => `${i};K${i % 37};2026-0${1 + (i % 6)}-1${i % 9};${5 + (i % 50)};${['tea', 'bread', 'jam'][i % 3]}`).join('\n')}\n`;
const people = `client,age,city,churned\n${Array.from({ length: 37 }, (_, i) => `K${i},${20 + i},${['Lugo', 'Vigo'][i % 2]},${i % 3 === 0 ? 'yes' : 'no'}`).join('\n')}\n`;

describe('the first step of the playground', () => {
  it.each([
    ['an empty file', 'empty.csv', '', /empty\.csv is empty.*first line with the names of the columns/],
    ['a file without rows', 'head.csv', 'a,b\n', /head\.csv has a line of column names \(a, b\) and no rows/],
    ['a file with a column twice', 'twice.csv', 'a,a\n1,2\n', /two columns named "a"\. Rename one/],
    ['a workbook', 'book.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /book\.xlsx is not a text file\. Save the sheet as CSV/],
    ['a picture', 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), /picture\.csv is not a text file/],
  ])('says what is wrong with %s', async (_, name, content, message) => {
    await takeFile(page, name, content);
    await page.getByRole('alert').waitFor();
    expect(await alert()).toMatch(message);
    expect(await page.getByRole('button', { name: 'Use these data' }).count()).toBe(0);
  });

  it('reads a log with semicolons and a table of customers, and says what each column is for', async () => {
    await takeFile(page, 'orders.csv', orders);
    const events = page.getByRole('group', { name: /^Events: orders\.csv/ });
    await events.waitFor();
    expect(await events.getByLabel('Customer').inputValue()).toBe('=client');
    expect(await events.getByLabel('Date or time').inputValue()).toBe('=date');
    expect(await events.getByLabel('Amount').inputValue()).toBe('=total');
    expect(await events.getByLabel('Product or kind of event').inputValue()).toBe('=article');
    await takeFile(page, 'people.csv', people);
    const customers = page.getByRole('group', { name: /^Customers: people\.csv/ });
    await customers.waitFor();
    expect(await customers.getByLabel('Target: what to foretell').inputValue()).toBe('=churned');
    expect(await customers.getByLabel('Its value that means yes').inputValue()).toBe('=yes');
    expect(await customers.getByRole('checkbox', { name: 'age' }).isChecked()).toBe(true);
    await look(page, 'data');
    await expectAccessible(page);
  });

  it('takes a column out of what describes when it gets a role, and forgets a file that is removed', async () => {
    const customers = page.getByRole('group', { name: /^Customers/ });
    await customers.getByLabel('Target: what to foretell').selectOption('city');
    expect(await customers.getByRole('checkbox', { name: 'city' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Remove people.csv' }).click();
    expect(await customers.count()).toBe(0);
    await page.getByRole('button', { name: 'Remove orders.csv' }).click();
    expect(await page.getByRole('button', { name: 'Use these data' }).count()).toBe(0);
  });

  it('takes a file that is dropped', async () => {
    const drop = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
      return transfer;
    }, orders);
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: drop });
    await page.getByRole('group', { name: /^Events: dropped\.csv/ }).waitFor();
  });

  it('is worked by keyboard alone', async () => {
    await page.reload();
    const reach = async (name: string) => {
      for (let i = 0; i < 200; i++) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
      }
      throw new Error(`no Tab leads to ${name}`);
    };
    await reach('Take the simulated company');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Use these data' }).waitFor();
    await reach('Use these data');
    await page.keyboard.press('Enter');
    await page.locator('[data-panel]').first().waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#\/\w+/);
    await page.goBack();
    expect(await page.getByRole('heading', { name: 'Your data' }).isVisible()).toBe(true);
  });

  it('fits a phone, and has complained of nothing so far', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await look(page, 'data-phone');
    await expectFitting(page);
    await expectAccessible(page);
    expect(page.complaints).toEqual([]);
  });
});
