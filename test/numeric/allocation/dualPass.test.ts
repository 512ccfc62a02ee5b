import { describe, expect, it } from 'vitest';
import { dualPass, emptyPass } from '../../../src/numeric/allocation/dualPass.js';
import { createRandom } from '../../../src/numeric/random.js';
import { problem } from './instances.js';

const random = createRandom(2);
const values = Float64Array.from({ length: 200 * 3 }, () => (random.uniform() < 0.1 ? NaN : 10 * random.uniform() - 2));

describe('dualPass', () => {
  it('gives usage and spend as the slopes of the smoothed function, and curvature as theirs', () => {
    for (const costs of [Float64Array.of(1, 2, 0.5), Float64Array.from({ length: 600 }, (_, at) => (at % 7) / 3)]) {
      const given = problem(200, 3, values, { costs, budget: 50, widths: Uint8Array.from({ length: 200 }, (_, i) => (i % 9 === 0 ? 0 : 1)) });
      const at = Float64Array.of(0.5, 0.2, 0.7, 0.1, 0, 0.3, 0.9);
      const pass = emptyPass(3);
      dualPass(given, at, 0.4, pass);
      const [up, down] = [emptyPass(3), emptyPass(3)];
      // Prices of the most of each action, and of money: the slots of usage.
      [0, 1, 2, 6].forEach((place, j) => {
        const step = 1e-5;
        dualPass(given, moved(at, place, step), 0.4, up);
        dualPass(given, moved(at, place, -step), 0.4, down);
        expect((down.smooth - up.smooth) / (2 * step) / pass.usage[j]!).toBeCloseTo(1, 6);
        for (let b = 0; b <= j; b++) expect((down.usage[b]! - up.usage[b]!) / (2 * step)).toBeCloseTo(pass.curvature[j * 4 + b]!, 3);
      });
    }
  });

  it('is never below the exact function, and comes to it as the smoothing goes', () => {
    const given = problem(200, 3, values);
    const pass = emptyPass(3);
    let before = Infinity;
    for (const smoothing of [2, 0.5, 0.1, 0.01, 1e-4]) {
      dualPass(given, new Float64Array(7), smoothing, pass);
      expect(pass.smooth).toBeGreaterThanOrEqual(pass.exact);
      expect(pass.smooth).toBeLessThanOrEqual(before);
      before = pass.smooth;
    }
    expect(before / pass.exact - 1).toBeLessThan(1e-4);
    expect(pass.exact).toBeCloseTo(Array.from({ length: 200 }, (_, i) => Math.max(0, ...values.subarray(3 * i, 3 * i + 3).filter((v) => !Number.isNaN(v)))).reduce((a, b) => a + b), 9);
  });

  it('of sets with one action each is the same pass', () => {
    const given = problem(200, 3, values, { costs: Float64Array.of(1, 2, 0.5) });
    const at = Float64Array.of(0.5, 0.2, 0.7, 0, 0, 0, 0.3);
    const [single, sets] = [emptyPass(3), emptyPass(3)];
    dualPass(given, at, 0.3, single);
    dualPass({ ...given, width: 2, widths: new Uint8Array(200).fill(1) }, at, 0.3, sets);
    expect(sets.exact).toBeCloseTo(single.exact, 9);
    expect(sets.smooth).toBeCloseTo(single.smooth, 9);
    sets.usage.forEach((used, j) => expect(used).toBeCloseTo(single.usage[j]!, 9));
    sets.curvature.forEach((slope, j) => expect(slope).toBeCloseTo(single.curvature[j]!, 9));
  });
});

function moved(prices: Float64Array, place: number, by: number): Float64Array {
  const next = prices.slice();
  next[place]! += by;
  return next;
}
