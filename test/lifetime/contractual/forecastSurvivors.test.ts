import { describe, expect, it } from 'vitest';
import { fitBetaDiscreteWeibull } from '../../../src/lifetime/contractual/fitBetaDiscreteWeibull.js';
import { fitShiftedBetaGeometric } from '../../../src/lifetime/contractual/fitShiftedBetaGeometric.js';
import { forecastSurvivors, type SurvivorForecast } from '../../../src/lifetime/contractual/forecastSurvivors.js';
import { ShiftedBetaGeometric } from '../../../src/lifetime/contractual/shiftedBetaGeometric.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const uniform = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 1 });

describe('forecastSurvivors', () => {
  it('goes on from the last count of each cohort', () => {
    const [first, second] = forecastSurvivors(uniform, [{ survivors: [100] }, { survivors: [90, 70, 60, 50, 40] }], { periods: 2 });
    expect([...first!.expected].map((value) => Number(value.toFixed(10)))).toEqual([50, 33.3333333333]);
    expect([...second!.expected].map((value) => Number(value.toFixed(10)))).toEqual([Number((40 * 5 / 6).toFixed(10)), Number((40 * 5 / 7).toFixed(10))]);
    // Of 100 at a half: the binomial interval.
    expect([first!.lower[0], first!.upper[0]]).toEqual([40, 60]);
  });

  it('is as sure as the counts are many, and wider for a fitted law', () => {
    const cohort = { survivors: [1000, 869, 743, 653, 593] };
    const fitted = fitBetaDiscreteWeibull({ unit: 'year', cohorts: [cohort] });
    const known = forecastSurvivors(ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 6 }), [cohort], { periods: 5 })[0]!;
    const learnt = forecastSurvivors(fitted, [cohort], { periods: 5 })[0]!;
    const width = ({ lower, upper }: typeof known, t: number): number => upper[t]! - lower[t]!;
    expect(width(learnt, 4)).toBeGreaterThan(width(known, 4));
    expect(width(forecastSurvivors(fitted, [cohort], { periods: 5, confidence: 0.5 })[0]!, 4)).toBeLessThan(width(learnt, 4));
    // What came: 551, 517, 491, 468, 445.
    [551, 517, 491, 468, 445].forEach((count, t) => {
      expect(learnt.lower[t]).toBeLessThan(count);
      expect(learnt.upper[t]).toBeGreaterThan(count);
    });
  });

  it('covers what it says', () => {
    const random = createRandom(11);
    let [covered, all] = [0, 0];
    for (let run = 0; run < 150; run++) {
      const survivors = [300, 0, 0, 0, 0, 0, 0];
      for (let i = 0; i < 300; i++) {
        // Beta(1, 2): the least of two.
        const leaves = Math.min(random.uniform(), random.uniform());
        for (let t = 1; t < 7 && random.uniform() >= leaves; t++) survivors[t]!++;
      }
      const past = { survivors: survivors.slice(0, 5) };
      const { lower, upper } = forecastSurvivors(fitShiftedBetaGeometric({ unit: 'year', cohorts: [past] }), [past], { periods: 2, confidence: 0.9 })[0]!;
      all++;
      if (lower[1]! <= survivors[6]! && survivors[6]! <= upper[1]!) covered++;
    }
    expect(covered / all).toBeGreaterThan(0.83);
    expect(covered / all).toBeLessThan(0.97);
  });

  it('misses a binomial count with no more than it says, few of many or nearly all of few', () => {
    for (const [count, share] of [[1, 0.8], [10, 0.98], [50, 0.999], [50, 0.98], [200, 0.02], [1000, 0.001], [400, 0.5]] as const) {
      // As good as without differences between customers.
      const alike = ShiftedBetaGeometric.fromParameters({ unit: 'month', alpha: 1e9 * (1 - share), beta: 1e9 * share });
      const [{ lower, upper }] = forecastSurvivors(alike, [{ survivors: [count] }], { periods: 1 }) as [SurvivorForecast];
      let probability = (1 - share) ** count;
      let [below, above] = [0, 0];
      for (let k = 0; k <= count; k++) {
        if (k < lower[0]!) below += probability;
        if (k > upper[0]!) above += probability;
        probability *= ((count - k) * share) / ((k + 1) * (1 - share));
      }
      expect(below).toBeLessThan(0.026);
      expect(above).toBeLessThan(0.026);
      // And is not much wider than that: the binomial standard deviation and a whole customer each way.
      expect(upper[0]! - lower[0]!).toBeLessThan(2 * (2.2 * Math.sqrt(count * share * (1 - share)) + 1.5));
    }
  });

  it('has no doubt where there is nobody, or nothing to happen', () => {
    const [gone] = forecastSurvivors(uniform, [{ survivors: [100, 0] }], { periods: 1 });
    expect([gone!.expected[0], gone!.lower[0], gone!.upper[0]]).toEqual([0, 0, 0]);
    const loyal = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1e-20, beta: 1 });
    expect(forecastSurvivors(loyal, [{ survivors: [7] }], { periods: 1 })[0]!.lower[0]).toBe(7);
    expect(forecastSurvivors(uniform, [], { periods: 1 })).toEqual([]);
  });

  it('refuses what is no forecast', () => {
    expect(errorCode(() => forecastSurvivors(uniform, [{ survivors: [1] }], { periods: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => forecastSurvivors(uniform, [{ survivors: [1] }], { periods: 1, confidence: 95 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => forecastSurvivors(uniform, [{ survivors: [1, 2] }], { periods: 1 }))).toBe('INVALID_VALUE');
    expect(errorCode(() => forecastSurvivors(uniform, { survivors: [1] } as never, { periods: 1 }))).toBe('INVALID_INPUT');
    expect(() => forecastSurvivors(uniform, [{ survivors: [1] }, null as never], { periods: 1 })).toThrow('cohorts[1].survivors');
  });
});
