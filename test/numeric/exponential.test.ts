import { describe, expect, it } from 'vitest';
import { exponential, powerTables } from '../../src/numeric/exponential.js';

describe('exponential', () => {
  it('equals Math.exp to a relative 1e-15', () => {
    const tables = powerTables();
    expect(exponential(0, tables)).toBe(1);
    for (let x = -700; x <= 700; x += 0.0371) expect(Math.abs(exponential(x, tables) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    for (const x of [-740, 700]) expect(Math.abs(exponential(x, tables) / Math.exp(x) - 1)).toBeLessThan(0.05);
  });
});
