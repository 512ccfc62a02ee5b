import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeIncidence } from '../../../src/numeric/survival/cumulativeIncidence.js';
import { incidenceVariance } from '../../../src/numeric/survival/incidenceVariance.js';
import { survivalCurve } from '../../../src/numeric/survival/survivalCurve.js';

// R 4.2.2, survival 3.5-3: survfit(Surv(t, factor(s, 0:2)) ~ 1), the estimator of Aalen and Johansen
const TIMES = Float64Array.of(2, 3, 3, 4, 5, 5, 5, 7, 8, 9, 9, 10);
const CAUSES = [1, 2, 0, 1, 1, 2, 0, 1, 0, 2, 1, 0];
const EVENT_TIMES = [2, 3, 4, 5, 7, 9];
const NONE = [0.916666666667, 0.833333333333, 0.740740740741, 0.555555555556, 0.444444444444, 0.148148148148];
const FIRST = [0.0833333333333, 0.0833333333333, 0.1759259259259, 0.2685185185185, 0.3796296296296, 0.5277777777778];
const SECOND = [0, 0.0833333333333, 0.0833333333333, 0.1759259259259, 0.1759259259259, 0.3240740740741];

const close = (found: Float64Array, figures: readonly number[], digits = 11): void => {
  expect(found).toHaveLength(figures.length);
  figures.forEach((figure, i) => expect(found[i]).toBeCloseTo(figure, digits));
};

const randomRows = fc.array(fc.record({ time: fc.integer({ min: 0, max: 6 }), cause: fc.constantFrom(0, 1, 2, 3) }), { minLength: 1, maxLength: 14 });

describe('cumulativeIncidence', () => {
  it('gives each cause its part of what goes: half by half', () => {
    // Of 4 one goes by cause 1; of the 3 left one by cause 2; then one is censored and the last goes by cause 1.
    const { survival, incidence } = cumulativeIncidence(Float64Array.of(1, 2, 3, 4), [1, 2, 0, 1], 2);
    close(survival, [3 / 4, 1 / 2, 0], 15);
    close(incidence[0]!, [1 / 4, 1 / 4, 3 / 4], 15);
    close(incidence[1]!, [0, 1 / 4, 1 / 4], 15);
  });

  it('has the probabilities in state of R survfit', () => {
    const { times, survival, incidence, atRisk } = cumulativeIncidence(TIMES, CAUSES, 2);
    expect(Array.from(times)).toEqual(EVENT_TIMES);
    expect(Array.from(atRisk)).toEqual([12, 11, 9, 8, 5, 3]);
    close(survival, NONE);
    close(incidence[0]!, FIRST);
    close(incidence[1]!, SECOND);
  });

  it('has the weighted ones', () => {
    const { survival, incidence } = cumulativeIncidence(TIMES, CAUSES, 2, Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1, 1, 1));
    close(survival, [0.935483870968, 0.806451612903, 0.771388499299, 0.490883590463, 0.409069658719, 0.136356552906]);
    close(incidence[0]!, [0.0645161290323, 0.0645161290323, 0.0995792426367, 0.1697054698457, 0.2515194015895, 0.3878759544959]);
    close(incidence[1]!, [0, 0.129032258065, 0.129032258065, 0.339410939691, 0.339410939691, 0.475767492598]);
  });

  it('adds up to one with those without any, and is the complement of survival where there is one cause', () => {
    fc.assert(fc.property(randomRows, (rows) => {
      const times = Float64Array.from(rows, ({ time }) => time);
      const { survival, incidence } = cumulativeIncidence(times, rows.map(({ cause }) => cause), 3);
      survival.forEach((share, i) => expect(share + incidence.reduce((sum, shares) => sum + shares[i]!, 0)).toBeCloseTo(1, 12));
      const one = cumulativeIncidence(times, rows.map(({ cause }) => Math.min(cause, 1)), 1);
      close(one.incidence[0]!, Array.from(survival, (share) => 1 - share), 12);
    }), { seed: 20261122, numRuns: 100 });
  });

  it('is empty where nothing happens', () => {
    expect(cumulativeIncidence(new Float64Array(0), [], 2).incidence).toEqual([new Float64Array(0), new Float64Array(0)]);
  });
});

describe('incidenceVariance', () => {
  it('has the standard errors of R survfit', () => {
    const steps = cumulativeIncidence(TIMES, CAUSES, 2);
    close(incidenceVariance(steps, 0).map(Math.sqrt), [0.079785592313, 0.079785592313, 0.113328777579, 0.133047604798, 0.15178942057, 0.170023634012]);
    close(incidenceVariance(steps, 1).map(Math.sqrt), [0, 0.079785592313, 0.079785592313, 0.113328777579, 0.113328777579, 0.159715885244]);
  });

  it('is the variance of Greenwood with one cause, and none at the end of a curve that ends at all', () => {
    fc.assert(fc.property(randomRows, (rows) => {
      const times = Float64Array.from(rows, ({ time }) => time);
      const happened = rows.map(({ cause }) => Math.min(cause, 1));
      const found = incidenceVariance(cumulativeIncidence(times, happened, 1), 0);
      close(found, Array.from(survivalCurve(times, happened).variance), 12);
    }), { seed: 20261122, numRuns: 100 });
  });
});
