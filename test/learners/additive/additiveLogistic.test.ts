import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdditiveLogistic } from '../../../src/learners/additive/additiveLogistic.js';
import { fitAdditiveLogistic } from '../../../src/learners/additive/fitAdditiveLogistic.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { leavers } from './simulate.js';

const rows = leavers(800, 21, 1);
const options = { target: 'left', crosses: [['months', 'plan'], ['months', 'spend']] } as const;
const model = fitAdditiveLogistic(rows, options);
const later = leavers(60, 22);

describe('AdditiveLogistic', () => {
  it('explains log-odds to the last digit, by feature and by term', () => {
    for (const row of later) {
      const { baseline, contributions, terms, logOdds, probability } = model.explain(row);
      expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 12);
      expect(terms.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 12);
      expect(probability).toBe(model.predictProbabilityRow(row));
      expect(contributions).toHaveLength(4);
    }
  });

  it('gives half of a pair to each of the two', () => {
    const { contributions, terms } = model.explain(later[0]!);
    const of = (...features: string[]): number => terms.find((term) => term.features.join() === features.join())!.contribution;
    const plan = contributions.find(({ feature }) => feature === 'plan')!;
    expect(plan.contribution).toBeCloseTo(of('plan') + of('months', 'plan') / 2, 12);
    expect(plan.value).toBe(later[0]!.plan);
  });

  it('is what its tables say: at knots and levels, and straight between knots', () => {
    const shapes = model.terms();
    const at = (features: string, ...places: (string | number)[]): number => shapes.find((shape) => shape.features.join() === features)!.points.find((point) => point.at.join() === places.join())!.effect;
    const knots = shapes.find(({ features }) => features.join() === 'months')!.points.map((point) => point.at[0] as number);
    const coarse = [...new Set(shapes.find(({ features }) => features.join() === 'months,plan')!.points.map((point) => point.at[0] as number))];
    const shared = knots.find((knot) => coarse.includes(knot) && knot > 0)!;
    const { terms } = model.explain({ months: shared, spend: null, plan: 'gold', region: 'west' });
    const said = (features: string): number => terms.find((term) => term.features.join() === features)!.contribution;
    expect(said('months')).toBe(at('months', shared));
    expect(said('months,plan')).toBe(at('months,plan', shared, 'gold'));
    expect(said('region')).toBe(at('region', 'west'));
    expect(said('spend')).toBe(shapes.find(({ features }) => features.join() === 'spend')!.points.find((point) => point.at[0] === null)!.effect);
    const [low, high] = [knots[3]!, knots[4]!];
    const between = model.explain({ ...later[0]!, months: low + 0.25 * (high - low) }).terms.find(({ features }) => features.join() === 'months')!.contribution;
    expect(between).toBeCloseTo(0.75 * at('months', low) + 0.25 * at('months', high), 12);
  });

  it('has terms of mean 0 over the training rows, and bands around them', () => {
    const sums = new Map<string, number>();
    for (const row of rows) for (const { features, contribution } of model.explain(row).terms) sums.set(features.join(), (sums.get(features.join()) ?? 0) + contribution);
    for (const sum of sums.values()) expect(Math.abs(sum / rows.length)).toBeLessThan(1e-10);
    const [narrow, wide] = [0.5, 0.99].map((confidence) => model.terms({ confidence })[0]!.points[0]!);
    expect(wide!.lower < narrow!.lower && narrow!.lower < narrow!.effect && narrow!.effect < narrow!.upper && narrow!.upper < wide!.upper).toBe(true);
    expect(errorCode(() => model.terms({ confidence: 1 }))).toBe('INVALID_OPTION');
  });

  it('takes a number beyond the outer knots as the outer knot, and a level never seen as the average', () => {
    const row = later[0]!;
    expect(model.predictProbabilityRow({ ...row, months: 1e9 })).toBe(model.predictProbabilityRow({ ...row, months: 40 }));
    const unseen = model.explain({ ...row, region: 'moon' });
    expect(unseen.contributions.find(({ feature }) => feature === 'region')!.contribution).toBe(0);
    // Months were never missing: the average customer there, too.
    for (const { features, contribution } of model.explain({ ...row, months: null }).terms) if (features.includes('months')) expect(contribution).toBe(0);
    expect(errorCode(() => model.predictProbability([{ ...row, spend: -Infinity }]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => model.predictProbability([{ ...row, spend: Infinity }]))).toBe('NON_FINITE_VALUE');
  });

  it('travels as small JSON, to the bit', () => {
    const json = JSON.stringify(model);
    expect(json.length).toBeLessThan(12_000);
    const read = AdditiveLogistic.fromJSON(JSON.parse(json));
    expect(read.predictLogOdds(later)).toEqual(model.predictLogOdds(later));
    expect(read.terms()).toEqual(model.terms());
    expect(errorCode(() => AdditiveLogistic.fromJSON({ format: 'Glm' }))).toBe('MODEL_FORMAT');
  });

  it('does not depend on the order of the rows, and takes a weight for rows repeated', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = createRandom(seed);
        const some = leavers(250, seed, 1);
        const weights = Float64Array.from(some, () => random.integer(3));
        const fit = (data: object[], extra = {}): Float64Array => fitAdditiveLogistic(data as typeof some, { ...options, ...extra }).predictLogOdds(later);
        const plain = fit(some);
        fit(shuffle([...some], random)).forEach((value, row) => expect(value).toBeCloseTo(plain[row]!, 6));
        const repeated = fit(some.flatMap((row, i) => new Array<object>(weights[i]!).fill(row)));
        fit(some, { weights }).forEach((value, row) => expect(value).toBeCloseTo(repeated[row]!, 6));
      }),
      { numRuns: 6 },
    );
  });

  it('does not depend on the units of a number', () => {
    const moved = (data: typeof rows) => data.map((row) => ({ ...row, months: 1e9 + row.months * 1e6, spend: row.spend === null ? null : row.spend * 1e-9 }));
    const other = fitAdditiveLogistic(moved(rows), options).predictLogOdds(moved(later));
    model.predictLogOdds(later).forEach((value, row) => expect(other[row]).toBeCloseTo(value, 5));
  });
});
