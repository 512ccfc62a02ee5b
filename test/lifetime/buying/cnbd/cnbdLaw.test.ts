import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BetaGeometricLaw } from '../../../../src/lifetime/buying/bgNbd/betaGeometricLaw.js';
import { CnbdLaw } from '../../../../src/lifetime/buying/cnbd/cnbdLaw.js';

/** k, first, [r, alpha, a, b], x, last, tenure, ahead: and by mpmath with 40 digits, delta = ln(1.15) / 52, see each column. */
const REFERENCE: readonly (readonly [number, 0 | 1, readonly number[], number, number, number, number, Answers])[] = [
  [2, 1, [1.329176, 2.812552, 0.424709, 0.7900287], 3, 20, 40, 52, { alive: 0.28127778389468555, expected: 4.289932041109687, survives: 0.7402266591597428, tails: [0.995627225122783, 0.8839694003148347, 0.41858375293317124], median: 4.796892125475577, ever: 17.388436908310126, soon: 4.0263810817203565 }],
  [2, 0, [0.359, 1.129, 0.5228, 2.785], 0, 0, 10, 300, { alive: 1, expected: 4.189758407607459, survives: 0.6721138726688796, tails: [0.6894776199637848, 0.49749463499262925, 0.2614386980174958], median: 70.79846128811559, ever: 4.266354666354914, soon: 3.052228195627186 }],
  [1, 0, [0.243, 4.414, 0.793, 2.426], 2, 30.43, 38.86, 39, { alive: 0.726578570080673, expected: 1.687399305805313, survives: 0.7805598169031601, tails: [0.7633408976752831, 0.4339629786314336, 0.06431507266282895], median: 15.669468476069842, ever: 7.114927609086435, soon: 1.60675613914269 }],
  [3, 1, [0.7, 2, 1.5, 2.5], 12, 30, 33, 52, { alive: 0.7689143317581634, expected: 10.54862852894528, survives: 0.31220146222422274, tails: [0.9999999999999, 0.9117647058552527, 0.7120656858689498], median: 1.0716525017310525, ever: 18.390628678448895, soon: 9.987527141854011 }],
  [12, 1, [0.7, 2, 0.3, 0.5], 2, 10, 12, 90, { alive: 0.8925760204780456, expected: 11.179589183359296, survives: 0.5928807160107408, tails: [0.999999999999999, 0.9210526315680846, 0.7826932623941587], median: 3.7537669104609663, ever: 30.740843729752296, soon: 10.024645625340263 }],
  [3, 0, [0.2, 2.8, 3, 0.2], 0, 0, 5, 100, { alive: 1, expected: 0.363360776172781, survives: 0.6649993331159737, tails: [0.34271594318217125, 0.015253161410229945, 0.00045976921964342244], median: 429.36920086521513, ever: 0.45119960304502754, soon: 0.3345227166073375 }],
  [2, 1, [0.1, 2.8, 0.05, 0.07], 0, 0, 3, 52, { alive: 0.5778806438295896, expected: 0.5818217873583799, survives: 0.9868175567892568, tails: [0.172583750542482, 0.1053033159162172, 0.0395254939596977], median: 9294.940486559626, ever: 4.001898062208112, soon: 0.5423343284244942 }],
  [4, 1, [5, 2.8, 50, 70], 3, 20, 22, 52, { alive: 0.5752676846557316, expected: 2.4581229205733703, survives: 0.019696951221184998, tails: [0.9999995043441471, 0.5967498933151989, 0.12816169375824962], median: 3.2896674586176156, ever: 2.426085244500542, soon: 2.3826997057203876 }],
];

interface Answers {
  readonly alive: number;
  readonly expected: number;
  readonly survives: number;
  /** Of 1, 2 and 5 purchases or more. */
  readonly tails: readonly number[];
  /** Time to the next purchase. */
  readonly median: number;
  /** Discounted, for ever. */
  readonly ever: number;
  /** Discounted, in the time ahead. */
  readonly soon: number;
}

const DELTA = Math.log(1.15) / 52;
const near = (found: number, wanted: number, within = 1e-12): void => expect(Math.abs(found / wanted - 1)).toBeLessThan(within);
const shapes = fc.record({
  theta: fc.tuple(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.double({ min: 0.5, max: 20, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true })),
  x: fc.integer({ min: 0, max: 20 }),
  last: fc.double({ min: 0.1, max: 30, noNaN: true }),
  silent: fc.double({ min: 0, max: 30, noNaN: true }),
  ahead: fc.double({ min: 0.01, max: 60, noNaN: true }),
  k: fc.integer({ min: 1, max: 6 }),
  first: fc.constantFrom<0 | 1>(0, 1),
}).map(({ theta, x, last, silent, ...others }) => ({ ...others, theta: Float64Array.from(theta), x, last: x === 0 ? 0 : last, tenure: (x === 0 ? 0 : last) + silent }));

describe('CnbdLaw', () => {
  it('is by hand where customers are alike: two stages at one rate, dropout of one half', () => {
    // r and alpha huge: a rate of stages of 1. Silent for 2, fewer than two stages have been made: e^-2 (1 + 2) of those alive.
    const theta = Float64Array.of(1e8, 1e8, 1e8, 1e8);
    const law = new CnbdLaw(2, 1);
    near(law.alive(theta, 3, 10, 12), (3 * Math.exp(-2)) / (3 * Math.exp(-2) + 1), 1e-6);
    // One stage made already with probability 2 / 3: in time t a purchase with 1 - e^-t, else 1 - e^-t (1 + t).
    near(law.atLeast(theta, 3, 10, 12, 1.5, 1), (2 / 3) * (1 - Math.exp(-1.5)) + (1 / 3) * (1 - Math.exp(-1.5) * 2.5), 1e-6);
  });

  it('equals sums and integrals with 40 digits', () => {
    for (const [k, first, parameters, x, last, tenure, ahead, wanted] of REFERENCE) {
      const law = new CnbdLaw(k, first);
      const theta = Float64Array.from(parameters);
      near(law.alive(theta, x, last, tenure), wanted.alive);
      near(law.expected(theta, x, last, tenure, ahead), wanted.expected);
      near(law.survives(theta, x, last, tenure, ahead), wanted.survives);
      [1, 2, 5].forEach((least, i) => near(law.atLeast(theta, x, last, tenure, ahead, least), wanted.tails[i]!));
      near(law.waits(theta, x, last, tenure, 0.5), wanted.median);
      near(law.discounted(theta, x, last, tenure, Infinity, DELTA), wanted.ever);
      near(law.discounted(theta, x, last, tenure, ahead, DELTA), wanted.soon);
    }
  });

  it('is the BG/NBD and the MBG/NBD at one stage', () => {
    fc.assert(
      fc.property(shapes, ({ theta, x, last, tenure, ahead, first }) => {
        const [law, twin] = [new CnbdLaw(1, first), new BetaGeometricLaw(first)];
        near(law.alive(theta, x, last, tenure), twin.alive(theta, x, last, tenure), 1e-13);
        near(law.expected(theta, x, last, tenure, ahead), twin.expected(theta, x, last, tenure, ahead), 1e-11);
        near(law.survives(theta, x, last, tenure, ahead), twin.survives(theta, x, last, tenure, ahead), 1e-11);
        near(law.atLeast(theta, x, last, tenure, ahead, 3), twin.atLeast(theta, x, last, tenure, ahead, 3));
        near(law.waits(theta, x, last, tenure, 0.3), twin.waits(theta, x, last, tenure, 0.3), 1e-13);
        near(law.discounted(theta, x, last, tenure, Infinity, 0.01), twin.discounted(theta, x, last, tenure, Infinity, 0.01), 1e-11);
        near(law.discounted(theta, x, last, tenure, ahead, 0.01), twin.discounted(theta, x, last, tenure, ahead, 0.01), 1e-11);
        const [own, other] = [law.posterior(theta, x, last, tenure), twin.posterior(theta, x, last, tenure)];
        expect(own).toHaveLength(other.length);
        own.forEach(({ weight, purchaseRate, dropout }, i) => {
          expect(weight).toBeCloseTo(other[i]!.weight, 13);
          for (const part of [0, 1] as const) {
            near(purchaseRate[part], other[i]!.purchaseRate[part]);
            near(dropout![part], other[i]!.dropout![part]);
          }
        });
      }),
      { numRuns: 30 },
    );
  });

  it('agrees with itself: tails add up to the mean, the wait undoes the chance to buy, value without discount is the mean', () => {
    fc.assert(
      fc.property(shapes, ({ theta, x, last, tenure, ahead, k, first }) => {
        const law = new CnbdLaw(k, first);
        const expected = law.expected(theta, x, last, tenure, ahead);
        let [sum, tail] = [0, 1];
        for (let least = 1; tail > 1e-14 && least < 3000; least++) sum += tail = law.atLeast(theta, x, last, tenure, ahead, least);
        near(sum, expected, 1e-9);
        const once = law.atLeast(theta, x, last, tenure, ahead, 1);
        if (once > 1e-12 && once < 1 - 1e-6) near(law.waits(theta, x, last, tenure, once), ahead, 1e-8);
        near(law.discounted(theta, x, last, tenure, ahead, 1e-14), expected, 1e-10);
        expect(law.discounted(theta, x, last, tenure, ahead, 0.05)).toBeLessThan(expected);
        near(law.discounted(theta, x, last, tenure, 900, 0.05), law.discounted(theta, x, last, tenure, Infinity, 0.05), 1e-10);
        const weights = law.posterior(theta, x, last, tenure).map(({ weight }) => weight);
        expect(weights.reduce((all, weight) => all + weight, 0)).toBeCloseTo(1, 13);
      }),
      { numRuns: 30 },
    );
  });

  it('follows the scale of time', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(1e-9, 1 / 7, 24, 1e9), ({ theta, x, last, tenure, ahead, k, first }, scale) => {
        const law = new CnbdLaw(k, first);
        const scaled = theta.slice();
        scaled[1]! *= scale;
        near(law.alive(scaled, x, last * scale, tenure * scale), law.alive(theta, x, last, tenure), 1e-11);
        near(law.expected(scaled, x, last * scale, tenure * scale, ahead * scale), law.expected(theta, x, last, tenure, ahead), 1e-11);
        near(law.waits(scaled, x, last * scale, tenure * scale, 0.4) / scale, law.waits(theta, x, last, tenure, 0.4), 1e-10);
        near(law.discounted(scaled, x, last * scale, tenure * scale, Infinity, 0.01 / scale), law.discounted(theta, x, last, tenure, Infinity, 0.01), 1e-11);
      }),
      { numRuns: 20 },
    );
  });

  it('knows what happens at once, never, for ever', () => {
    const theta = Float64Array.of(0.5, 2, 1.5, 2.5);
    for (const first of [0, 1] as const) {
      const law = new CnbdLaw(3, first);
      expect(law.expected(theta, 4, 10, 11, 0)).toBe(0);
      expect(law.survives(theta, 4, 10, 11, 0)).toBe(1);
      expect(law.atLeast(theta, 4, 10, 11, 0, 1)).toBe(0);
      // The mean of 1 / p, p beta with shapes 1.5 and 2.5 + 4 + first.
      near(law.discounted(theta, 4, 10, 11, Infinity, 0), (1.5 + 6.5 + first - 1) / 0.5, 1e-14);
      near(law.expected(theta, 4, 10, 11, 1e12), (1.5 + 6.5 + first - 1) / 0.5, 1e-4);
      expect(law.discounted(Float64Array.of(0.5, 2, 1, 2.5), 4, 10, 11, Infinity, 0)).toBe(Infinity);
      expect(law.alive(theta, 4, 10, 1e9)).toBeLessThan(1e-60);
      expect(law.survives(theta, 0, 0, 0, 1e9)).toBeLessThan(0.3);
    }
    expect(new CnbdLaw(3, 0).alive(theta, 0, 0, 1e9)).toBe(1);
  });

  it('holds for customers of a hundred thousand purchases', () => {
    const theta = Float64Array.of(0.5, 2, 0.8, 2.5);
    for (const k of [1, 2, 12]) {
      const law = new CnbdLaw(k, 1);
      // 100,000 purchases in 365 days, looked at 0.001 days after the last: 0.27 mean gaps.
      near(law.expected(theta, 1e5, 364.999, 365, 1), 1e5 / 367, 0.02);
      const alive = law.alive(theta, 1e5, 364.999, 365);
      expect(alive > 0.999 && alive <= 1).toBe(true);
      expect(law.alive(theta, 1e5, 364.9, 365)).toBeLessThan(0.5);
      expect(law.discounted(theta, 1e5, 364.999, 365, Infinity, 0.001)).toBeGreaterThan(1e3);
      expect(law.waits(theta, 1e5, 364.999, 365, 0.5) * 1e5).toBeLessThan(365);
    }
  });

  it('ends, with probabilities and means, wherever parameters lie', () => {
    const wide = (reach: number): fc.Arbitrary<number> => fc.double({ min: -reach, max: reach, noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(fc.tuple(wide(8), wide(8), wide(8), wide(8)), shapes, wide(6), ([r, alpha, a, b], { x, last, tenure, k, first }, ahead) => {
        const law = new CnbdLaw(k, first);
        const theta = Float64Array.of(r, alpha, a, b);
        for (const chance of [law.alive(theta, x, last, tenure), law.survives(theta, x, last, tenure, ahead), law.atLeast(theta, x, last, tenure, ahead, 2)]) expect(chance >= 0 && chance <= 1 + 1e-9).toBe(true);
        const expected = law.expected(theta, x, last, tenure, ahead);
        expect(expected >= 0 && expected < Infinity).toBe(true);
        expect(law.discounted(theta, x, last, tenure, Infinity, 0.01)).toBeGreaterThanOrEqual(0);
        expect(law.waits(theta, x, last, tenure, 0.3)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
    // So likely to stop that the chance to survive has no double: this series once had no end.
    expect(new CnbdLaw(11, 0).survives(Float64Array.of(3477, 0.31, 1048, 0.33), 2, 0.15, 5.7, 8.3)).toBeLessThan(1e-15);
  });
});
