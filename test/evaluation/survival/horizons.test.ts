import { describe, expect, it } from 'vitest';
import { concordanceIndex, integratedBrier, survivalBrier, timeDependentAuc, type HorizonOptions, type IntegratedBrierOptions } from '../../../src/evaluation/index.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { forLifetimes, naiveJackknife, naiveUncensored, type Lifetimes } from './lifetimes.js';

const all: Pick<HorizonOptions, 'leastObservable'> = { leastObservable: 0 };
const survivalOf = ({ risks }: Pick<Lifetimes, 'risks'>) => (time: number): number[] => risks.map((risk) => Math.exp((-time / 12) * Math.exp(0.4 * (risk - 1))));

/** What a row counts at a time: nothing if censored before it. */
function naiveShare({ durations, events, weights }: Lifetimes, row: number, time: number): number {
  const end = durations[row]!;
  if (end > time) return weights[row]! / naiveUncensored(durations, events, weights, time, true);
  return events[row] === 1 ? weights[row]! / naiveUncensored(durations, events, weights, end) : 0;
}

function naiveAuc(rows: Lifetimes, time: number): number {
  const { durations: t, risks: r } = rows;
  let [won, counted] = [0, 0];
  for (let i = 0; i < t.length; i++) {
    for (let j = 0; j < t.length; j++) {
      if (t[i]! > time || t[j]! <= time) continue;
      const pair = naiveShare(rows, i, time) * naiveShare(rows, j, time);
      counted += pair;
      won += pair * (r[i]! > r[j]! ? 1 : r[i] === r[j] ? 0.5 : 0);
    }
  }
  return won / counted;
}

function naiveBrier(rows: Lifetimes, survival: readonly number[], time: number): number {
  const total = rows.weights.reduce((sum, weight) => sum + weight, 0);
  return rows.durations.reduce((sum, end, row) => sum + naiveShare(rows, row, time) * (survival[row]! - (end > time ? 1 : 0)) ** 2, 0) / total;
}

describe('timeDependentAuc', () => {
  it('is the weighted share of pairs in the right order, with the error of moving the weight of each row a little', () => {
    forLifetimes((rows) => {
      const { durations, events, risks, weights } = rows;
      const found = timeDependentAuc(durations, events, risks, { times: [2, 4.5, 7], weights, ...all });
      expect(found.at.length + found.omitted.length).toBe(3);
      for (const one of found.at) {
        expect(one.estimate).toBeCloseTo(naiveAuc(rows, one.time), 11);
        expect(one.standardError).toBeCloseTo(naiveJackknife(weights, (moved) => naiveAuc({ ...rows, weights: [...moved] }, one.time)), 6);
        const half = 1.959963984540054 * one.standardError;
        expect(one.lower).toBeCloseTo(Math.max(0, one.estimate - half), 10);
        expect(one.upper).toBeCloseTo(Math.min(1, one.estimate + half), 10);
        expect(one.cases).toBe(durations.reduce((sum, end, row) => sum + (end <= one.time ? events[row]! * weights[row]! : 0), 0));
        expect(one.controls).toBe(durations.reduce((sum, end, row) => sum + (end > one.time ? weights[row]! : 0), 0));
        const shares = durations.map((_, row) => naiveShare(rows, row, one.time));
        expect(one.effectiveSize).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) ** 2 / shares.reduce((sum, share) => sum + share * share, 0), 9);
      }
    }, 30);
  });

  it('is without censoring the area under the plain ROC curve', () => {
    // By 2.5 the first two have gone: of the 2 x 2 pairs (3, 2) and (3, 1) are right, (1, 2) wrong and (1, 1) a tie.
    const { at, mean } = timeDependentAuc([1, 2, 3, 4], [1, 1, 1, 1], [3, 1, 2, 1], { times: [2.5] });
    expect(at[0]).toMatchObject({ estimate: 2.5 / 4, cases: 2, controls: 2, effectiveSize: 4 });
    expect(mean).toBe(2.5 / 4);
  });

  it('takes another order for each time where there is one, and means over the share who leave in between', () => {
    const [durations, events] = [[1, 2, 3, 4, 5, 6], [1, 0, 1, 1, 0, 0]];
    const risks = (time: number): number[] => durations.map((end) => (time < 2 ? -end : end));
    const { at, mean } = timeDependentAuc(durations, events, risks, { times: [1, 4] });
    expect(at.map((one) => one.estimate)).toEqual([1, 0]);
    // Survival is 5/6 at 1 and 5/6 x 3/4 x 2/3 at 4.
    expect(mean).toBeCloseTo(1 / 6 / (1 - 5 / 12), 12);
  });

  it('goes without the times that cannot be judged, and says why', () => {
    const found = timeDependentAuc([2, 3, 5, 8], [1, 0, 1, 1], [4, 3, 2, 1], { times: [1, 2, 7, 8, 9] });
    expect(found.at.map((one) => one.time)).toEqual([2, 7]);
    expect(found.until).toBe(8);
    expect(found.omitted).toEqual([
      { time: 1, reason: 'no event yet' },
      { time: 8, reason: 'nobody left' },
      { time: 9, reason: 'beyond follow-up' },
    ]);
    expect(timeDependentAuc([1, 2], [0, 0], [1, 2], { times: [1] })).toEqual({ at: [], mean: null, until: 1, omitted: [{ time: 1, reason: 'no event yet' }] });
    // At 4 one of two is censored: only half speak for the rest.
    const few = { times: [3, 5], leastObservable: 0.5 };
    expect(timeDependentAuc([1, 2, 4, 6], [1, 1, 0, 1], [4, 3, 2, 1], few)).toMatchObject({ until: 2, omitted: [{ time: 3 }, { time: 5 }] });
    expect(timeDependentAuc([1, 2, 4, 6], [1, 1, 0, 1], [4, 3, 2, 1], { ...few, leastObservable: 0.49 }).until).toBe(6);
  });

  it('takes rows of weight 0 for none, weights for repetition, and any order of rows', () => {
    forLifetimes(({ durations, events, risks, weights }) => {
      const often = (values: readonly number[]): number[] => values.flatMap((value, row) => new Array<number>(weights[row]!).fill(value));
      const options = { times: [3, 6], ...all };
      const figures = ({ at }: ReturnType<typeof timeDependentAuc>): (readonly number[])[] => at.map((one) => [one.time, one.estimate, one.cases, one.controls].map((figure) => Math.round(figure * 1e9) / 1e9));
      const right = timeDependentAuc(durations, events, risks, { ...options, weights });
      expect(figures(timeDependentAuc(often(durations), often(events), often(risks), options))).toEqual(figures(right));
      const none = timeDependentAuc([...durations, 99, 1], [...events, 0, 1], [...risks, 3, 9], { ...options, weights: [...weights, 0, 0] });
      expect(figures(none)).toEqual(figures(right));
      expect(none.until).toBe(right.until);
      const order = shuffle([...durations.keys()], createRandom(4));
      const by = (values: readonly number[]): number[] => order.map((row) => values[row]!);
      expect(figures(timeDependentAuc(by(durations), by(events), by(risks).map(Math.exp), { ...options, weights: by(weights) }))).toEqual(figures(right));
    });
  });

  it('has errors near what new samples show', () => {
    const estimates: number[] = [];
    let errors = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const random = createRandom(seed);
      const risks = Array.from({ length: 200 }, () => random.normal());
      const events = risks.map((risk) => -Math.log(1 - random.uniform()) / Math.exp(risk));
      const ends = risks.map(() => 3 * random.uniform());
      const { at } = timeDependentAuc(events.map((event, i) => Math.min(event, ends[i]!)), events.map((event, i) => event <= ends[i]!), risks, { times: [1.5] });
      estimates.push(at[0]!.estimate);
      errors += at[0]!.standardError / 150;
    }
    const mean = estimates.reduce((sum, one) => sum + one, 0) / 150;
    const spread = Math.sqrt(estimates.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 149);
    expect(errors / spread).toBeGreaterThan(0.85);
    expect(errors / spread).toBeLessThan(1.15);
  });
});

describe('survivalBrier', () => {
  it('is the weighted mean of squared errors, with the error of moving the weight of each row a little', () => {
    forLifetimes((rows) => {
      const { durations, events, weights } = rows;
      const survival = survivalOf(rows);
      const found = survivalBrier(durations, events, survival, { times: [2, 4.5, 7], weights, ...all });
      for (const one of found.at) {
        expect(one.estimate).toBeCloseTo(naiveBrier(rows, survival(one.time), one.time), 11);
        expect(one.standardError).toBeCloseTo(naiveJackknife(weights, (moved) => naiveBrier({ ...rows, weights: [...moved] }, survival(one.time), one.time)), 6);
        expect(one.scaled).toBeCloseTo(one.nullModel > 0 ? 1 - one.estimate / one.nullModel : 0, 12);
      }
      const arrays = survivalBrier(durations, events, [2, 4.5, 7].map(survival), { times: [2, 4.5, 7], weights, ...all });
      expect(arrays).toEqual(found);
    }, 30);
  });

  it('has a null model that promises the curve of all, the best of what is the same for everybody', () => {
    forLifetimes(({ durations, events }) => {
      const { at } = survivalBrier(durations, events, (time) => durations.map(() => time / 20), { times: [4], ...all });
      for (const { nullModel } of at) {
        expect(nullModel).toBeLessThanOrEqual(0.25 + 1e-12);
        for (const promise of [0.1, 0.5, 0.9]) {
          expect(survivalBrier(durations, events, () => durations.map(() => promise), { times: [4], ...all }).at[0]!.estimate).toBeGreaterThanOrEqual(nullModel - 1e-12);
        }
      }
    }, 20);
  });

  it('takes censoring and the null curve from a training sample where there is one', () => {
    const training = { durations: [1, 2, 3, 4], events: [0, 1, 0, 1] };
    const { at, until } = survivalBrier([1, 2, 3, 3], [1, 1, 0, 1], () => [0.2, 0.4, 0.6, 0.8], { times: [2.5], training });
    // Not censored just before 2: 3 of 4, as at 2.5. Training survival at 2.5: 2 of 3.
    expect(at[0]!.estimate).toBeCloseTo((0.04 + 0.16 / 0.75 + (0.16 + 0.04) / 0.75) / 4, 12);
    expect(at[0]!.nullModel).toBeCloseTo((4 / 9 + 4 / 9 / 0.75 + (2 * (1 / 9)) / 0.75) / 4, 12);
    expect(until).toBe(3);
  });

  it('goes without times beyond what was observed', () => {
    const found = survivalBrier([1, 2, 3], [1, 0, 1], () => [0.5, 0.5, 0.5], { times: [2, 3, 4] });
    expect(found.at.map((one) => one.time)).toEqual([2, 3]);
    expect(found).toMatchObject({ until: 3, omitted: [{ time: 4, reason: 'beyond follow-up' }] });
    // Of those past 2 all are censored, so that nothing is known of them.
    expect(survivalBrier([1, 2, 2], [1, 0, 0], () => [0.5, 0.5, 0.5], { times: [1.5, 2] })).toMatchObject({ until: 1, at: [] });
    // Before any event nothing can be gained.
    expect(survivalBrier([2, 3], [1, 1], () => [1, 1], { times: [1] }).at[0]).toMatchObject({ estimate: 0, nullModel: 0, scaled: 0, standardError: 0 });
  });
});

describe('integratedBrier', () => {
  it('is by either rule the mean of the scores at the times', () => {
    forLifetimes((rows) => {
      const { durations, events, weights } = rows;
      const [survival, times] = [survivalOf(rows), [2, 3, 5, 6]];
      const { at } = survivalBrier(durations, events, survival, { times, weights, ...all });
      if (at.length < 4) return;
      const score = at.map((one) => one.estimate) as [number, number, number, number];
      const steps = (values: readonly number[]): number => (values[0]! * 1 + values[1]! * 2 + values[2]!) / 6;
      const found = integratedBrier(durations, events, survival, { times, weights, rule: 'steps', ...all });
      expect(found).toMatchObject({ from: 0, until: 6, omitted: [] });
      expect(found.estimate).toBeCloseTo(steps(score), 12);
      expect(found.nullModel).toBeCloseTo(steps(at.map((one) => one.nullModel)), 12);
      const figure = (moved: readonly number[]): number => steps(times.map((time) => naiveBrier({ ...rows, weights: [...moved] }, survival(time), time)));
      expect(found.standardError).toBeCloseTo(naiveJackknife(weights, figure), 6);
      const line = integratedBrier(durations, events, times.map(survival), { times, weights, rule: 'trapezoid', ...all });
      expect(line.estimate).toBeCloseTo(((score[0] + score[1]) / 2 + (score[1] + score[2]) + (score[2] + score[3]) / 2) / 4, 12);
      expect(line.from).toBe(2);
    }, 30);
  });

  it('ends before times that cannot be judged', () => {
    const options: IntegratedBrierOptions = { times: [1, 2, 9], rule: 'steps' };
    expect(integratedBrier([1, 2, 3], [1, 0, 1], () => [0.5, 0.5, 0.5], options)).toMatchObject({ until: 2, omitted: [{ time: 9, reason: 'beyond follow-up' }] });
    expect(errorCode(() => integratedBrier([1, 2, 3], [1, 0, 1], () => [0.5, 0.5, 0.5], { times: [1, 9], rule: 'trapezoid' }))).toBe('NOT_IDENTIFIED');
  });
});

describe('bad input', () => {
  const three = (run: (options: HorizonOptions) => unknown) => run;
  const calls = {
    timeDependentAuc: three((options) => timeDependentAuc([1, 2, 3], [1, 1, 0], [3, 2, 1], options)),
    survivalBrier: three((options) => survivalBrier([1, 2, 3], [1, 1, 0], () => [0.1, 0.2, 0.3], options)),
    integratedBrier: three((options) => integratedBrier([1, 2, 3], [1, 1, 0], () => [0.1, 0.2, 0.3], { rule: 'steps', ...options })),
  };
  it.each(Object.entries(calls))('is refused by %s', (name, run) => {
    const code = (options: unknown): string => errorCode(() => run(options as HorizonOptions));
    expect(code({ times: [1, 2] })).toBe('none');
    for (const options of [{}, { times: [] }, { times: 2 }, { times: [0, 1] }, { times: [2, 1] }, { times: [1, NaN] }, { times: [1], tau: 1 }, { times: [1], leastObservable: 1 }, { times: [1], confidence: 0 }]) expect(code(options)).toBe('INVALID_OPTION');
    expect(code({ times: [1], weights: [1, 1] })).toBe('LENGTH_MISMATCH');
    expect(code({ times: [1], training: { durations: [], events: [] } })).toBe('EMPTY_INPUT');
    expect(() => run({ times: [-1] })).toThrow(`${name} needs times above 0 and ascending, found -1 at index 0`);
  });

  it('is refused where predictions do not fit', () => {
    const brier = (survival: unknown): string => errorCode(() => survivalBrier([1, 2], [1, 0], survival as number[][], { times: [1] }));
    expect(brier([[0.5, 0.5], [0.5, 0.5]])).toBe('LENGTH_MISMATCH');
    expect(brier([0.5])).toBe('LENGTH_MISMATCH');
    expect(brier(null)).toBe('LENGTH_MISMATCH');
    expect(brier([[0.5]])).toBe('LENGTH_MISMATCH');
    expect(brier([[0.5, 1.5]])).toBe('INVALID_VALUE');
    expect(brier([[0.5, NaN]])).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => integratedBrier([1, 2], [1, 0], [[0.5, 0.5]], { times: [1], rule: 'simpson' as 'steps' }))).toBe('INVALID_OPTION');
  });

  it('does not change what it is given', () => {
    const frozen = Object.freeze([3, 1, 2]);
    const risks = Float64Array.of(1, 2, 3);
    concordanceIndex(frozen, [1, 0, 1], risks);
    timeDependentAuc(frozen, [1, 1, 1], risks, { times: Object.freeze([1.5]) });
    expect(risks).toEqual(Float64Array.of(1, 2, 3));
  });
});
