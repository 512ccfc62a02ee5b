import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { Ease } from '../../../src/propensity/engines/ease.js';
import { ItemNeighbours } from '../../../src/propensity/engines/itemNeighbours.js';

/** What was stored once stays readable: files that never change, with what they predicted. */
describe('stored engines', () => {
  it.each([
    ['Ease.v1.json', (json: unknown) => Ease.fromJSON(json)],
    ['ItemNeighbours.v1.json', (json: unknown) => ItemNeighbours.fromJSON(json)],
  ] as const)('%s is read, and scores what it scored when it was stored', (file, read) => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/holdings', file), 'utf8')) as { model: unknown; held: string[][]; predictions: number[] };
    const rows = stored.held.flatMap((products, who) => products.map((what) => ({ who, what })));
    const holdings = Holdings.fromRows(rows, { customer: 'who', product: 'what' }, { customers: stored.held.map((_, who) => who) });
    const scores = read(stored.model).scores(holdings);
    expect(scores.length).toBe(stored.predictions.length);
    stored.predictions.forEach((prediction, i) => expect(scores[i]).toBeCloseTo(prediction, 12));
  });
});
