import { describe, expect, it } from 'vitest';
import { createRowBlock } from '../../../src/potential/frontier/rowBlock.js';
import { deriveRows } from '../../../src/potential/frontier/rowDerivatives.js';
import { createRowSlopes, slopesOfRows } from '../../../src/potential/frontier/rowSlopes.js';

/** Residuals far out on both sides, where the two ways round 0 and the continued fraction beyond 10 are taken, under inefficiency of two sizes. */
const residuals = [-40, -12, -3, -0.5, -1e-9, 0, 1e-9, 0.4, 2, 6];
const sizes = [-2, -2, 0.3, 0.3, 1];

describe.each(['halfNormal', 'exponential', 'none'] as const)('slopesOfRows, %s', (law) => {
  it.each([-1.5, 0, 0.7])('gives the density and the first derivatives of deriveRows, ln sigmaV %d', (lnV) => {
    const block = createRowBlock();
    block.rows = residuals.length * sizes.length;
    for (let i = 0; i < block.rows; i++) [block.e[i], block.lnU[i], block.lnV[i]] = [residuals[i % residuals.length]!, sizes[Math.floor(i / residuals.length)]!, lnV];
    const found = createRowSlopes();
    slopesOfRows(law, block.rows, block.e, block.lnU, lnV, found);
    const sum = deriveRows(law, block, null);
    expect(found.value.subarray(0, block.rows).reduce((total, value) => total + value, 0) / sum).toBeCloseTo(1, 12);
    for (let i = 0; i < block.rows; i++) {
      [found.byE, found.byU, found.byV].forEach((values, kind) => {
        const right = law === 'none' && kind === 1 ? 0 : block.first[kind]![i]!;
        expect(Math.abs(values[i]! - right), `row ${i}, kind ${kind}`).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(right)));
      });
    }
  });
});
