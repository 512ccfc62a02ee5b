import { describe, expect, it } from 'vitest';
import { inverseMills, logNormalCdf, millsExcess, scaledNormalTail } from '../../src/numeric/logNormalCdf.js';
import { normalSurvival } from '../../src/numeric/normal.js';

describe('logNormalCdf, inverseMills and millsExcess', () => {
  // mpmath 1.4 with 50 digits.
  it.each([
    [-1e4, -50000010.129278915, 10000.000099999998, 9.99999980000001e-5],
    [-30, -454.3212439563432, 30.033259667433677, 0.033259667433677037],
    [-8, -35.01343715991455, 8.1213681122361127, 0.12136811223611268],
    [-0.5, -1.1759117615936186, 1.1410777703680645, 0.64107777036806448],
    [2, -0.023012909328963488, 0.055247862678989959, 2.05524786267899],
    [8, -6.2209605742717861e-16, 5.0522710835368954e-15, 8.0000000000000051],
  ])('have the full relative accuracy at %d', (z, log, mills, excess) => {
    for (const [found, wanted] of [[logNormalCdf(z), log], [inverseMills(z), mills], [millsExcess(z), excess]] as const) expect(Math.abs(found / wanted - 1)).toBeLessThan(3e-15);
  });

  it('join without a step where one approximation takes over from another', () => {
    for (const at of [0.67448975, Math.sqrt(32), 10]) expect(scaledNormalTail(at * (1 - 1e-14)) / scaledNormalTail(at)).toBeCloseTo(1, 13);
    expect(millsExcess(-10 - 1e-12) / millsExcess(-10 + 1e-12)).toBeCloseTo(1, 11);
  });

  it('agree with the tail of normal.ts', () => {
    for (let x = 0; x < 12; x += 0.37) expect(scaledNormalTail(x) * Math.exp((-x * x) / 2) / normalSurvival(x)).toBeCloseTo(1, 13);
  });

  it('stay finite however far out', () => {
    expect(logNormalCdf(-1e150)).toBeLessThan(-1e299);
    expect(inverseMills(-1e150)).toBeCloseTo(1e150, -140);
    expect([logNormalCdf(1e5), inverseMills(1e5), millsExcess(1e5)]).toEqual([-0, 0, 1e5]);
  });
});
