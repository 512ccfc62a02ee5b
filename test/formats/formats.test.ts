import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { customers } from '../contract/customers.js';
import { models } from '../contract/models.js';

/**
 * Every version of every model that was ever released stays readable: one stored file each, never changed, with what it predicted for
 * the first customers of the contract's portfolio. A new version of a format is a new file.
 */
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));

interface Stored {
  readonly model: unknown;
  readonly predictions: readonly number[];
}

describe('stored models', () => {
  it('exist for every model of the contract', () => {
    expect(files.map((file) => file.split('.')[0])).toEqual(expect.arrayContaining(models.map(({ format }) => format)));
  });

  it.each(files)('%s is read, and predicts what it predicted when it was stored', (file) => {
    const { model, predictions } = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Stored;
    const { fromJSON, predict } = models.find(({ format }) => format === file.split('.')[0])!;
    const found = predict(fromJSON(model), customers(5, 99));
    expect(found.length).toBe(predictions.length);
    predictions.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
  });
});
