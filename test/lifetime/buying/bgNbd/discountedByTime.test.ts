import { expect, it } from 'vitest';
import { discountedByTime } from '../../../../src/lifetime/buying/bgNbd/discountedByTime.js';
import { gaussLegendre } from '../../../../src/numeric/gaussLegendre.js';

const rule = gaussLegendre(12);

it('is the discounted sum of purchases at a constant rate, near and far', () => {
  for (const [ahead, delta] of [[1, 0.1], [300, 0.002], [5000, 0.5], [40, 1e-9]] as const) {
    const wanted = (-3 * Math.expm1(-delta * ahead)) / delta;
    expect(discountedByTime((time) => 3 * time, 10, ahead, delta, rule) / wanted).toBeCloseTo(1, 12);
  }
});

it('is exact for rates that fall as a power', () => {
  // E(u) = 1 - 1 / (1 + u / s): the sum of e^(-delta u) E'(u) by Simpson's rule on a fine grid.
  const [scale, ahead, delta] = [4, 52, 0.01];
  const n = 20_000;
  let simpson = 0;
  for (let i = 0; i <= n; i++) {
    const u = (ahead * i) / n;
    simpson += ((i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-delta * u)) / (scale * (1 + u / scale) ** 2);
  }
  expect(discountedByTime((u) => u / (scale + u), scale, ahead, delta, rule)).toBeCloseTo((simpson * ahead) / n / 3, 12);
});
