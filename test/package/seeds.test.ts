import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as clientela from '../../src/index.js';

const root = resolve(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'seeds')).filter((file) => file !== 'README.md');

/** Rows of the claims table: claim, export, test, example. */
function claims(file: string): string[][] {
  const lines = readFileSync(join(root, 'seeds', file), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| ') && !line.startsWith('| claim'))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

describe('seeds', () => {
  it('has one file for each of the five documents, listed in its README', () => {
    const readme = readFileSync(join(root, 'seeds/README.md'), 'utf8');
    expect(files).toHaveLength(5);
    for (const file of files) expect(readme).toContain(`(${file})`);
  });

  it.each(files)('%s traces every claim to an export, a test and an example, or says not yet', (file) => {
    const rows = claims(file);
    expect(rows.length).toBeGreaterThan(5);
    for (const [claim, answer, test, example] of rows) {
      const names = [...answer!.matchAll(/`(\w+)`/g)].map((match) => match[1]!);
      expect(names.length > 0 || answer!.includes('**not yet**'), claim).toBe(true);
      for (const name of names) expect(Object.keys(clientela), `${claim}: ${name}`).toContain(name);
      if (names.length > 0) expect(test, claim).not.toBe('');
      for (const path of [test!, example!]) if (path !== '') expect(existsSync(join(root, path)), `${claim}: ${path}`).toBe(true);
    }
  });
});
