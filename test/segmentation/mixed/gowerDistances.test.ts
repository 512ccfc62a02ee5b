import { describe, expect, it } from 'vitest';
import { gowerDistances } from '../../../src/segmentation/mixed/gowerDistances.js';
import { plantedCustomers, thrown } from './mixedRows.js';

describe('gowerDistances', () => {
  it('gives by hand the weighted mean over what is known of both, pair by pair', () => {
    const rows = [{ x: 0, c: 'a', b: true }, { x: 4, c: 'b', b: true }, { x: 10, c: null, b: false }, { x: null, c: null, b: null }];
    const found = Array.from(gowerDistances(rows));
    [(0.4 + 1 + 0) / 3, (1 + 1) / 2, NaN, (0.6 + 1) / 2, NaN, NaN].forEach((distance, i) => (Number.isNaN(distance) ? expect(found[i]).toBeNaN() : expect(found[i]).toBeCloseTo(distance, 12)));
    expect(gowerDistances(rows.slice(0, 2), { featureWeights: { c: 2, b: 0 } })[0]).toBeCloseTo(1, 12);
    expect(gowerDistances(rows.slice(0, 3), { features: ['x'] })[0]).toBeCloseTo(0.4, 12);
  });

  it('lies between 0 and 1, and changes with the unit of no number', () => {
    const { rows } = plantedCustomers(40, 3, 0.05);
    const distances = gowerDistances(rows);
    expect(distances.length).toBe(780);
    for (const distance of distances) expect(distance >= 0 && distance <= 1).toBe(true);
    const cents = gowerDistances(rows.map((row) => ({ ...row, spend: row.spend === null ? null : 100 * row.spend + 1e6 })));
    distances.forEach((distance, i) => expect(cents[i]).toBeCloseTo(distance, 9));
  });

  it('of one row has no pair, of constant columns 0', () => {
    expect(gowerDistances([{ x: 1, c: 'a' }]).length).toBe(0);
    expect(Array.from(gowerDistances([{ x: 1, c: 'a' }, { x: 1, c: 'a' }]))).toEqual([0]);
  });

  it('refuses more rows than memory should hold, naming the memory', () => {
    const found = thrown(() => gowerDistances({ x: new Float64Array(20_000) }));
    expect(found.code).toBe('INVALID_INPUT');
    expect(found.message).toContain('found 20000, whose pairs need 1600 MB');
    expect(thrown(() => gowerDistances([{ x: 1 }], { metric: 'gower' } as never)).code).toBe('INVALID_OPTION');
    expect(thrown(() => gowerDistances([])).code).toBe('EMPTY_INPUT');
  });
});
