import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/numeric/normal.js';
import { inefficiencyMoment, meanInefficiency, residualCdf, residualLogDensity, residualSurvival, type FrontierLaw } from '../../../src/potential/frontier/frontierLaw.js';
import { posteriorLocation, posteriorMean, posteriorMode, posteriorMoment, posteriorQuantile, posteriorSpread, posteriorVariance } from '../../../src/potential/frontier/posterior.js';

const law = (distribution: FrontierLaw['distribution'], sigmaU: number, sigmaV: number, mu = 0): FrontierLaw => ({ distribution, sigmaU, sigmaV, mu });

/** Integrals of mpmath with 25 digits: ln density of e, P(v - u <= e), E[e^-u], E[u]; then given e: E[u], Var[u], E[e^-u], E[e^u], E[e^2u]. */
const REFERENCE: readonly (readonly [FrontierLaw, number, readonly number[]])[] = [
  [law('halfNormal', 0.7, 0.35), -0.8, [-0.52380607839159, 0.30519559547986, 0.61827583820219, 0.55851919256201, 0.65577294044419, 0.087656532465461, 0.54176691274398, 2.0146106991731, 4.4498698701659]],
  [law('exponential', 0.3, 0.2), 0.4, [-2.8052627559385, 0.99539713047612, 0.76923076923077, 0.3, 0.061698195398986, 0.0032876284717162, 0.94166631817637, 1.0654477559077, 1.1392962382151]],
  [law('truncatedNormal', 0.9, 0.3, -2.2), -0.5, [-0.22512129324215, 0.27976405953583, 0.76899052006434, 0.29497926948425, 0.33361864470289, 0.046430888188273, 0.73234072274293, 1.4304120308331, 2.1579029774043]],
  [law('truncatedNormal', 0.5, 0.3, 0.5), -1, [-0.5747990839926, 0.23245207005895, 0.564851374589, 0.64379998546959, 0.86799475202136, 0.065874674717202, 0.43382887025478, 2.4619795080913, 6.4751286541423]],
];
const ALL: readonly FrontierLaw[] = [...REFERENCE.map(([one]) => one), law('halfNormal', 3, 0.1), law('halfNormal', 0.05, 1), law('exponential', 0.9, 0.05), law('truncatedNormal', 10, 0.3, -200), law('truncatedNormal', 0.3, 0.3, 2)];

describe('the law of noise less inefficiency', () => {
  it.each(REFERENCE)('%o at %d agrees with numerical integration', (one, e, wanted) => {
    const [location, spread] = [posteriorLocation(one, e), posteriorSpread(one)];
    const found = [residualLogDensity(one, e), residualCdf(one, e), inefficiencyMoment(one, -1), meanInefficiency(one), posteriorMean(location, spread), posteriorVariance(location, spread), posteriorMoment(location, spread, -1), posteriorMoment(location, spread, 1), posteriorMoment(location, spread, 2)];
    found.forEach((value, i) => expect(Math.abs(value / wanted[i]! - 1)).toBeLessThan(1e-11));
  });

  it('has a distribution function whose slope is the density, from 0 to 1', () => {
    for (const one of ALL) {
      for (const e of [-2.5, -0.7, -0.05, 0, 0.3, 1.1]) {
        const step = 1e-4 * one.sigmaV;
        const density = Math.exp(residualLogDensity(one, e));
        expect(Math.abs((residualCdf(one, e + step) - residualCdf(one, e - step)) / (2 * step) - density)).toBeLessThan(1e-6 * (1 + density) / one.sigmaV);
        expect(residualSurvival(one, e)).toBe(1 - residualCdf(one, e));
      }
      expect(residualCdf(one, -60)).toBeLessThan(1e-9);
      expect(residualCdf(one, 60)).toBeCloseTo(1, 14);
    }
  });

  it('knows noise alone', () => {
    const noise = law('halfNormal', 0, 2);
    expect(residualLogDensity(noise, 1)).toBeCloseTo(Math.log(Math.exp(-0.125) / (2 * Math.sqrt(2 * Math.PI))), 14);
    expect(residualCdf(noise, 1)).toBe(normalCdf(0.5));
    expect([inefficiencyMoment(noise, -1), meanInefficiency(noise)]).toEqual([1, 0]);
  });

  it('has no mean of e^u where the exponential falls too slowly', () => {
    expect(inefficiencyMoment(law('exponential', 1.2, 1), 1)).toBe(Infinity);
    expect(inefficiencyMoment(law('exponential', 0.5, 1), 1)).toBeCloseTo(2, 14);
  });
});

describe('u given e', () => {
  it('lies below its quantile q with probability q', () => {
    for (const location of [-30, -2, -0.1, 0, 0.4, 3, 40]) {
      for (const spread of [0.05, 0.5, 2]) {
        const z = location / spread;
        for (const q of [0.025, 0.5, 0.975]) {
          const u = posteriorQuantile(location, spread, q);
          expect(u).toBeGreaterThanOrEqual(0);
          // Far below 0 the probabilities themselves vanish.
          if (z > -8) expect(1 - normalCdf(z - u / spread) / normalCdf(z)).toBeCloseTo(q, 11);
          else expect(u / (-Math.log1p(-q) / (-z / spread))).toBeCloseTo(1, 1);
        }
      }
    }
  });

  it('stays in bounds and finite far out: 0 < E[e^-u] <= 1 <= E[e^u], E[u] >= 0', () => {
    for (const location of [-1e6, -1e3, -1, 0, 1, 300]) {
      for (const spread of [1e-3, 0.3, 1]) {
        const [share, times] = [posteriorMoment(location, spread, -1), posteriorMoment(location, spread, 1)];
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(times).toBeGreaterThanOrEqual(1);
        expect(times).toBeLessThan(Infinity);
        expect(posteriorMean(location, spread)).toBeGreaterThan(0);
        expect(posteriorVariance(location, spread)).toBeGreaterThan(0);
      }
    }
    expect([posteriorMode(-3), posteriorMode(0.4)]).toEqual([0, 0.4]);
  });

  it('spans 0 where one end of the moment is on each side', () => {
    // E[e^u] = exp(w² / 2) Phi(w) / (exp(z² / 2) Phi(z)) with z = -0.5, w = 1.5.
    expect(posteriorMoment(-1, 2, 1)).toBeCloseTo((Math.exp(1.125) * normalCdf(1.5)) / (Math.exp(0.125) * normalCdf(-0.5)), 12);
  });
});
