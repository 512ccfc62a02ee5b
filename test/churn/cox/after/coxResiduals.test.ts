import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coxResiduals } from '../../../../src/churn/cox/after/coxResiduals.js';
import { schoenfeldResiduals } from '../../../../src/churn/cox/after/schoenfeldResiduals.js';
import { scoreResiduals } from '../../../../src/churn/cox/after/scoreResiduals.js';
import { splitEpisodes } from '../../../../src/churn/cox/after/splitEpisodes.js';
import { CoxRegression } from '../../../../src/churn/cox/coxRegression.js';
import { fitCoxRegression } from '../../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../../src/numeric/random.js';

/** The six rows of the validation vignette of R's survival. */
const SIX = [[1, 1, 1], [1, 0, 1], [6, 1, 1], [6, 1, 0], [8, 0, 0], [9, 1, 0]].map(([time, status, x]) => ({ time: time!, status: status!, x: x! }));

/** A model at coefficients of 0, as the vignette has it. */
function atZero(ties: 'efron' | 'breslow'): CoxRegression {
  const state = fitCoxRegression(SIX, { duration: 'time', event: 'status', ties }).toJSON();
  return CoxRegression.fromJSON({ ...state, slopes: [0], effects: state.effects.map((effect) => ({ ...effect, slope: 0 })) });
}

function simulate(seed: number, n: number): { time: number; left: number; age: number; plan: string; weight: number; region: string }[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => ({ time: 1 + Math.floor(10 * random.uniform()), left: Number(i < 3 || random.uniform() < 0.6), age: random.normal(), plan: ['a', 'b', 'c'][i % 3]!, weight: 1 + Math.floor(3 * random.uniform()), region: i % 2 === 0 ? 'n' : 's' }));
}

describe('residuals of rows', () => {
  it('are the fractions of the vignette at coefficients of 0', () => {
    const near = (found: ArrayLike<number>, wanted: readonly number[]): void => wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 13));
    near(coxResiduals(atZero('breslow'), SIX), [5 / 6, -1 / 6, 1 / 3, 1 / 3, -2 / 3, -2 / 3]);
    near(scoreResiduals(atZero('breslow'), SIX, { kind: 'score' }).values[0]!, [5 / 12, -1 / 12, 7 / 24, -1 / 24, 5 / 24, 5 / 24]);
    near(scoreResiduals(atZero('efron'), SIX, { kind: 'score' }).values[0]!, [5 / 12, -1 / 12, 55 / 144, -5 / 144, 29 / 144, 29 / 144]);
    // At time 1 half of those at risk have x = 1, at 6 a quarter, at 9 none.
    near(schoenfeldResiduals(atZero('breslow'), SIX).values[0]!, [1 / 2, 3 / 4, -1 / 4, 0]);
    near(schoenfeldResiduals(atZero('efron'), SIX).values[0]!, [1 / 2, 1 - 5 / 24, -5 / 24, 0]);
  });

  it('add up to 0 over the training rows, whatever their order, strata and weights', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom('efron' as const, 'breslow' as const), (seed, ties) => {
        const rows = simulate(seed, 40);
        const model = fitCoxRegression(rows, { duration: 'time', event: 'left', features: ['age', 'plan'], strata: 'region', weights: 'weight', ties });
        const residuals = coxResiduals(model, rows);
        const scores = scoreResiduals(model, rows, { kind: 'score' });
        expect(scores.names).toEqual(['age', 'plan=b', 'plan=c']);
        const weighted = (values: Float64Array): number => Math.abs(values.reduce((sum, value, i) => sum + rows[i]!.weight * value, 0));
        expect(weighted(residuals)).toBeLessThan(1e-9);
        scores.values.forEach((values) => expect(weighted(values)).toBeLessThan(1e-6));
        const backwards = coxResiduals(model, [...rows].reverse()).reverse();
        backwards.forEach((value, i) => expect(value).toBeCloseTo(residuals[i]!, 11));
        const deviances = coxResiduals(model, rows, { kind: 'deviance' });
        deviances.forEach((value, i) => expect(Math.sign(value)).toBe(Math.sign(residuals[i]!)));
      }),
      { numRuns: 20 },
    );
  });

  it('of a row cut in time add up to that of the row', () => {
    const rows = simulate(3, 60);
    const model = fitCoxRegression(rows, { duration: 'time', event: 'left', features: ['age', 'plan'] });
    const pieces = splitEpisodes(rows.map((row, customer) => ({ ...row, customer })), { duration: 'time', event: 'left', at: [2, 5.5, 7] });
    const cut = fitCoxRegression(pieces, { duration: 'time', event: 'left', entry: 'entry', features: ['age', 'plan'] });
    cut.coefficients.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(model.coefficients[j]!.estimate, 9);
      expect(standardError).toBeCloseTo(model.coefficients[j]!.standardError!, 9);
    });
    const whole = coxResiduals(model, rows);
    const sums = new Float64Array(rows.length);
    const residuals = coxResiduals(cut, pieces);
    pieces.toRows().forEach(({ customer }, i) => (sums[customer as number]! += residuals[i]!));
    whole.forEach((value, i) => expect(sums[i]).toBeCloseTo(value, 9));
  });

  it('count a row of weight 2 as two rows, and leave out those of weight 0', () => {
    const rows = simulate(5, 30).map((row, i) => ({ ...row, weight: i % 3 }));
    const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
    const columns = { duration: 'time', event: 'left', features: ['age'], ties: 'breslow' } as const;
    const weighted = fitCoxRegression(rows, { ...columns, weights: 'weight' });
    const plain = fitCoxRegression(repeated, columns);
    const found = coxResiduals(weighted, rows);
    const wanted = coxResiduals(plain, repeated);
    let at = 0;
    rows.forEach(({ weight }, i) => {
      if (weight === 0) expect(found[i]).toBeNaN();
      else expect(found[i]).toBeCloseTo(wanted[at]!, 8);
      at += weight;
    });
    // Weights as an array are not in the model: they are given again.
    const array = rows.map(({ weight }) => weight);
    const again = fitCoxRegression(rows, { ...columns, weights: array });
    expect(coxResiduals(again, rows, { weights: array })).toEqual(found);
  });

  it('dfbeta foretells what happens without a row, dfbetas in standard errors', () => {
    const rows = simulate(8, 200);
    const columns = { duration: 'time', event: 'left', features: ['age', 'plan'] } as const;
    const model = fitCoxRegression(rows, columns);
    const { values } = scoreResiduals(model, rows);
    const scaled = scoreResiduals(model, rows, { kind: 'dfbetas' });
    for (const i of [0, 50, 121]) {
      const without = fitCoxRegression(rows.filter((_, row) => row !== i), columns);
      model.coefficients.forEach(({ estimate, standardError }, j) => {
        expect(Math.abs(values[j]![i]! - (estimate - without.coefficients[j]!.estimate))).toBeLessThan(0.15 * Math.abs(values[j]![i]!) + 1e-4);
        expect(scaled.values[j]![i]).toBeCloseTo(values[j]![i]! / standardError!, 12);
      });
    }
  });

  it('scaled Schoenfeld residuals have the coefficients for their mean', () => {
    const rows = simulate(9, 120);
    const model = fitCoxRegression(rows, { duration: 'time', event: 'left', features: ['age', 'plan'], strata: 'region' });
    const { values, times, rows: events } = schoenfeldResiduals(model, rows, { scaled: true });
    values.forEach((of, j) => expect(of.reduce((sum, value) => sum + value, 0) / of.length).toBeCloseTo(model.coefficients[j]!.estimate, 6));
    times.forEach((time, e) => expect([rows[events[e]!]!.time, rows[events[e]!]!.left]).toEqual([time, 1]));
  });

  it('say what they cannot take', () => {
    const exact = fitCoxRegression(SIX.slice(1), { duration: 'time', event: 'status', ties: 'exact' });
    expect(() => coxResiduals(exact, SIX)).toThrow(/ties 'efron' or 'breslow'/);
    const model = fitCoxRegression(SIX, { duration: 'time', event: 'status' });
    expect(() => coxResiduals(model, SIX, { kind: 'score' as 'deviance' })).toThrow(/kind as one of martingale, deviance/);
    expect(() => scoreResiduals(model, SIX, { scaled: true } as object)).toThrow(/no option "scaled"/);
    expect(() => schoenfeldResiduals(model, SIX.map((row) => ({ ...row, status: 0 })))).toThrow(/schoenfeldResiduals needs some rows that ended with the event/);
    expect(() => coxResiduals(model, [])).toThrow(/rows, found none/);
    const without = CoxRegression.fromJSON({ ...model.toJSON(), inverse: null });
    expect(() => scoreResiduals(without, SIX)).toThrow(/scoreResiduals needs a fit with standard errors/);
    expect(() => schoenfeldResiduals(without, SIX, { scaled: true })).toThrow(/schoenfeldResiduals needs a fit with standard errors/);
  });
});
