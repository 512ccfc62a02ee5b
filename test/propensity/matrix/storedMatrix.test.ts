import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PropensityMatrix } from '../../../src/propensity/matrix/propensityMatrix.js';
import type { ProductPropensity, PropensityRow } from '../../../src/propensity/matrix/propensityRow.js';

it('a matrix stored once stays readable, and foretells what it foretold', () => {
  const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/holdings/PropensityMatrix.v1.json'), 'utf8')) as { model: unknown; row: PropensityRow; expected: ProductPropensity[] };
  const found = PropensityMatrix.fromJSON(stored.model).predictRow(stored.row);
  expect(found.map(({ product, method, status }) => [product, method, status])).toEqual(stored.expected.map(({ product, method, status }) => [product, method, status]));
  found.forEach(({ probability, interval }, i) => {
    expect(probability).toBeCloseTo(stored.expected[i]!.probability, 12);
    expect(interval.upper).toBeCloseTo(stored.expected[i]!.interval.upper, 12);
  });
});
