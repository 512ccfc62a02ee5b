import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import type { TableLike } from '../../src/data/table.js';
import { ClientelaError } from '../../src/errors.js';
import { proposeParameters } from '../../src/evaluation/searchSpace.js';
import { crossValidate, logLoss, meanSquaredError, nestedCrossValidate, rocAuc, tune } from '../../src/evaluation/index.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode } from '../errorCode.js';

const numbers = (table: TableLike, name: string): Float64Array => (table.column(name) as { values: Float64Array }).values;

const customers = ((): Frame<'x' | 'noise' | 'day' | 'household' | 'left' | 'spend'> => {
  const random = createRandom(8);
  const x = Float64Array.from({ length: 240 }, () => random.normal());
  return Frame.fromColumns({
    x,
    noise: Float64Array.from(x, () => random.normal()),
    day: Float64Array.from(x, (_, i) => i >> 1),
    household: Array.from(x, (_, i) => `h${i % 60}`),
    left: Array.from(x, (value) => (random.uniform() < 1 / (1 + Math.exp(-value)) ? 'yes' : 'no')),
    spend: x.map((value) => 10 + 3 * value + random.normal()),
  });
})();

// A model that is best at a slope of 1 and level of 0: what is learnt does not matter, so every trial's figure can be checked.
interface Curve {
  readonly slope: number;
  readonly level: number;
}
const fitCurve = (_: unknown, parameters: Curve): Curve => parameters;
const predictCurve = ({ slope, level }: Curve, table: TableLike): Float64Array => numbers(table, 'x').map((x) => 1 / (1 + Math.exp(-slope * x - level)));
const curve = { target: 'left', fit: fitCurve, predict: predictCurve, space: { slope: { from: 0.1, to: 10, scale: 'log' }, level: { from: -2, to: 2 } } } as const;

describe('tune', () => {
  it('refuses a misspelt end of a range, and what is no metric', () => {
    const run = (options: object): unknown => tune(customers, { ...curve, ...options } as never);
    expect(() => run({ space: { slope: { from: 1, to: 2, scales: 'log' } } })).toThrow('tune ("slope" of the space) knows no option "scales"');
    expect(() => run({ metric: 'logLoss' })).toThrow('tune needs a metric that is (labels, scores, weights) => number, found "logLoss"');
    expect(() => run({ metric: () => undefined })).toThrow('the last said: the metric is undefined, not a finite number');
    expect(() => run({ predict: () => undefined })).toThrow('tune needs one score for each of 48 rows, found undefined');
    expect(() => run({ target: undefined })).toThrow('tune found no column "undefined"');
  });

  it('comes near the best of a smooth space', () => {
    const { best, trials } = tune(customers, { ...curve, budget: 60 });
    expect(trials.length).toBe(60);
    expect(best.parameters.slope).toBeGreaterThan(0.5);
    expect(best.parameters.slope).toBeLessThan(2);
    expect(Math.abs(best.parameters.level)).toBeLessThan(0.5);
  });

  it('judges every trial on the same folds, those of crossValidate', () => {
    const { trials, best } = tune(customers, { ...curve, budget: 8, race: false, seed: 4, folds: 3 });
    for (const trial of trials) {
      const { folds } = crossValidate(customers, { target: 'left', fit: () => trial.parameters, predict: predictCurve, metrics: { logLoss }, seed: 4, folds: 3 });
      expect(trial.folds).toEqual(folds.map((fold) => fold.metrics.logLoss));
      expect(trial.estimate).toBeCloseTo(trial.folds.reduce((sum, value) => sum + value, 0) / 3, 14);
    }
    expect(best.estimate).toBe(Math.min(...trials.map(({ estimate }) => estimate)));
  });

  it('tries a space of lists completely when the budget allows, and different choices otherwise', () => {
    const space = { slope: [0.5, 1, 2], level: [-1, 0] };
    const whole = tune(customers, { ...curve, space, budget: 6 });
    expect(whole.trials.map(({ parameters: { slope, level } }) => [slope, level])).toEqual([[0.5, -1], [1, -1], [2, -1], [0.5, 0], [1, 0], [2, 0]]);
    expect(whole.best.parameters).toEqual({ slope: 1, level: 0 });
    const some = tune(customers, { ...curve, space, budget: 4 });
    expect(new Set(some.trials.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(4);
  });

  it('gives up what is clearly behind, without missing the best', () => {
    let fits = 0;
    const counted = { ...curve, budget: 40, folds: 10, fit: (_: unknown, parameters: Curve) => (fits++, parameters) };
    const raced = tune(customers, counted);
    const racedFits = fits;
    fits = 0;
    const full = tune(customers, { ...counted, race: false });
    expect(fits).toBe(400);
    expect(racedFits).toBeLessThan(250);
    expect(raced.best.parameters).toEqual(full.best.parameters);
    const discarded = raced.trials.filter(({ outcome }) => outcome === 'discarded');
    expect(discarded.length).toBeGreaterThan(10);
    for (const { folds } of discarded) expect(folds.length >= 2 && folds.length < 10).toBe(true);
  });

  it('is the same for the same seed', () => {
    const run = (seed: number, strategy: 'random' | 'quasiRandom'): unknown => JSON.stringify(tune(customers, { ...curve, budget: 5, seed, strategy }).trials);
    for (const strategy of ['random', 'quasiRandom'] as const) {
      expect(run(2, strategy)).toBe(run(2, strategy));
      expect(run(3, strategy)).not.toBe(run(2, strategy));
    }
  });

  it('lists what lies within one standard error of the best', () => {
    const { best, trials, withinOneStandardError } = tune(customers, { ...curve, budget: 40 });
    expect(withinOneStandardError[0]).toBe(best);
    for (const trial of withinOneStandardError) expect(trial.estimate).toBeLessThanOrEqual(best.estimate + best.standardError);
    const others = trials.filter((trial) => trial.outcome === 'complete' && !withinOneStandardError.includes(trial));
    for (const trial of others) expect(trial.estimate).toBeGreaterThan(best.estimate + best.standardError);
  });

  it('learns from all rows at the end, with the best parameters or others', () => {
    const seen: number[] = [];
    const search = tune(customers, { target: 'left', space: { ridge: [0.01, 100] }, fit: (train, { ridge }) => (seen.push(train.rowCount), fitLogisticRegression(train, { target: 'left', features: ['x'], ridge })) });
    seen.length = 0;
    const direct = fitLogisticRegression(customers, { target: 'left', features: ['x'], ridge: search.best.parameters.ridge });
    expect(search.fit().toJSON()).toEqual(direct.toJSON());
    expect(seen).toEqual([240]);
    expect(search.fit({ ridge: 100 }).toJSON()).not.toEqual(direct.toJSON());
  });

  it('takes a metric that should be large, amounts, and weights', () => {
    const ranked = tune(customers, { ...curve, metric: rocAuc, space: { slope: [-1, 1], level: [0] } });
    expect(ranked.best.parameters.slope).toBe(1);
    const amounts = { target: 'spend', space: { slope: [0, 1, 3] }, fit: (_: unknown, { slope }: { slope: number }) => ({ predict: (table: TableLike) => numbers(table, 'x').map((x) => 10 + slope * x) }) } as const;
    const spend = tune(customers, amounts);
    expect(spend.best.parameters.slope).toBe(3);
    expect(spend.best.estimate).toBeLessThan(1.5);
    const weights = Array.from({ length: 240 }, (_, i) => i % 2);
    expect(tune(customers, { ...amounts, weights }).best.estimate).not.toBe(spend.best.estimate);
  });

  it('judges by one cut in time, purged, with a standard error by bootstrap', () => {
    let rows = new Uint32Array();
    const { trials } = tune(customers, { ...curve, budget: 3, outOfTime: { time: 'day', testShare: 0.25, horizon: 10 }, fit: (_, parameters, train) => ((rows = train as typeof rows), parameters) });
    expect(Math.max(...rows)).toBe(161);
    for (const { folds, standardError } of trials) {
      expect(folds.length).toBe(1);
      expect(standardError).toBeGreaterThan(0);
      expect(standardError).toBeLessThan(0.5);
    }
  });

  it('keeps groups and time', () => {
    tune(customers, { ...curve, budget: 1, groups: 'household', fit: (train, parameters, rows) => {
      const learnt = new Set(Array.from(rows, (row) => row % 60));
      expect(rows.length).toBe(learnt.size * 4);
      expect(train.rowCount).toBe(rows.length);
      return parameters;
    } });
    const lasts: number[] = [];
    tune(customers, { ...curve, budget: 1, time: 'day', folds: 3, fit: (_, parameters, rows) => (lasts.push(Math.max(...rows)), parameters) });
    expect(lasts).toEqual([...lasts].sort((a, b) => a - b));
  });

  it('notes a trial whose model does not exist, and goes on', () => {
    const search = tune(customers, { ...curve, space: { slope: [1, 2], level: [0] }, fit: (_, parameters) => {
      if (parameters.slope === 1) throw new ClientelaError('PERFECT_SEPARATION', 'separated');
      return parameters;
    } });
    expect(search.trials[0]).toMatchObject({ outcome: 'failed', failure: 'separated', estimate: NaN });
    expect(search.best.parameters.slope).toBe(2);
    expect(errorCode(() => tune(customers, { ...curve, fit: () => { throw new ClientelaError('NOT_IDENTIFIED', 'no'); } }))).toBe('NOT_IDENTIFIED');
    expect(() => tune(customers, { ...curve, metric: () => NaN })).toThrow('the last said: the metric is NaN, not a finite number');
    expect(() => tune(customers, { ...curve, fit: () => { throw new RangeError('other'); } })).toThrow('other');
  });

  it('stops when told to, with the best so far', () => {
    const seen: number[] = [];
    const { trials, stopped, best } = tune(customers, { ...curve, onProgress: ({ done, total, objective }) => (seen.push(done, total, objective), done < 4) });
    expect([trials.length, stopped]).toEqual([4, true]);
    expect(seen.slice(0, 2)).toEqual([1, 30]);
    expect(seen[11]).toBe(best.estimate);
  });

  it.each<[object, string]>([
    [{ budget: 0 }, 'needs budget as a whole number of at least 1'],
    [{ space: {} }, 'needs a space of at least one parameter'],
    [{ space: null }, 'needs a space of at least one parameter, found null'],
    [{ space: { slope: [] } }, 'needs at least one value for "slope" of the space'],
    [{ space: { slope: 3 } }, 'needs a list of values, or { from, to } of finite numbers, from not above to for "slope" of the space, found 3'],
    [{ space: { slope: { from: 2, to: 1 } } }, 'needs a list of values, or { from, to } of finite numbers, from not above to for "slope" of the space, found from 2 to 1'],
    [{ space: { slope: { from: 0, to: 1, scale: 'log' } } }, 'needs from above 0 on a log scale for "slope"'],
    [{ space: { slope: { from: 0, to: 1, scale: 'cubic' } } }, 'needs the scale of "slope" as one of linear, log'],
    [{ space: { slope: { from: 0.2, to: 0.8, whole: true } } }, 'needs a whole number between from and to for "slope"'],
    [{ strategy: 'grid' }, 'needs strategy as one of quasiRandom, random'],
    [{ outOfTime: { time: 'day' }, folds: 3 }, 'takes outOfTime, or folds, time and groups, found both'],
    [{ outOfTime: { time: 'day', share: 0.3 } }, 'knows no option "share"'],
    [{ outOfTime: { time: 'day' }, horizon: { days: 1 } }, 'takes outOfTime, or folds, time and groups, found both'],
    [{ horizon: { days: 1 } }, 'takes a horizon with time only'],
    [{ fit: undefined }, 'needs fit as a function, (train) => model, found undefined'],
    [{ weights: Array.from({ length: 240 }, () => 1), metric: () => 1 }, 'needs a metric that takes weights, found 0 parameters'],
    [{ trials: 3 }, 'knows no option "trials"'],
  ])('refuses %j', (options, message) => {
    const run = (): unknown => tune(customers, { ...curve, ...options } as never);
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(`tune ${message}`) as string }));
  });
});

describe('the choices proposed', () => {
  it('lie in their ranges, whole where asked, each once', () => {
    const space = { rate: { from: 0.01, to: 0.3, scale: 'log' }, leaves: { from: 4, to: 31, whole: true }, kind: ['a', 'b'], fixed: { from: 2, to: 2 } } as const;
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom('random' as const, 'quasiRandom' as const), (seed, strategy) => {
      const found = proposeParameters('tune', space, 25, strategy, seed) as { rate: number; leaves: number; kind: string; fixed: number }[];
      expect(found.length).toBe(25);
      for (const { rate, leaves, kind, fixed } of found) {
        expect(rate >= 0.01 && rate <= 0.3 && Number.isInteger(leaves) && leaves >= 4 && leaves <= 31 && ['a', 'b'].includes(kind) && fixed === 2).toBe(true);
      }
      expect(new Set(found.map((choice) => JSON.stringify(choice))).size).toBe(25);
    }), { seed: 20261122, numRuns: 40 });
  });

  it('fill a range evenly: of 32 points every eighth of it holds 4, on the log scale too', () => {
    const found = proposeParameters('tune', { rate: { from: 1, to: 256, scale: 'log' } }, 32, 'quasiRandom', 5) as { rate: number }[];
    const eighths = new Array<number>(8).fill(0);
    for (const { rate } of found) eighths[Math.min(7, Math.floor(Math.log2(rate)))]!++;
    expect(Math.min(...eighths)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...eighths)).toBeLessThanOrEqual(5);
  });

  it('take a small range of whole numbers completely, and no more than there are', () => {
    expect(proposeParameters('tune', { depth: { from: 2, to: 5, whole: true } }, 10, 'quasiRandom', 1)).toEqual([{ depth: 2 }, { depth: 3 }, { depth: 4 }, { depth: 5 }]);
  });
});

describe('the horizon of folds in time', () => {
  const dated = customers.withColumn('asOf', Array.from({ length: 240 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)))) as Frame<string>;
  const seen: number[] = [];
  const options = {
    ...curve, time: 'asOf', folds: 3, budget: 1, metrics: { logLoss },
    fit: (train: TableLike) => (seen.push(train.rowCount), { slope: 1, level: 0 }),
  } as const;
  const rowsLearnt = (run: () => unknown): number[] => (seen.splice(0), run(), [...seen]);
  const { space: _, budget: __, ...judgement } = options;

  it('leaves out rows of open outcome in crossValidate, tune and nestedCrossValidate, inside too', () => {
    const horizon = { days: 11 };
    expect(rowsLearnt(() => crossValidate(dated, judgement))).toEqual([60, 120, 180]);
    expect(rowsLearnt(() => crossValidate(dated, { ...judgement, horizon }))).toEqual([50, 110, 170]);
    const { metrics: ___, ...search } = options;
    expect(rowsLearnt(() => tune(dated, { ...search, horizon }))).toEqual([50, 110, 170]);
    // Inside the 50 rows of the first fold: stretches of 17 and 34 rows, less 10 each; then all of them.
    expect(rowsLearnt(() => nestedCrossValidate(dated, { ...options, innerFolds: 2, horizon })).filter((_, i) => i % 3 === 2)).toEqual([50, 110, 170]);
    expect(seen.slice(0, 2)).toEqual([17 - 10, 34 - 10]);
  });
});

describe('nestedCrossValidate', () => {
  it('refuses what is no way of learning', () => {
    expect(() => nestedCrossValidate(customers, { ...curve, fit: undefined } as never)).toThrow('nestedCrossValidate needs fit as a function, (train) => model, found undefined');
  });

  const nested = { ...curve, folds: 4, innerFolds: 3, budget: 10, metrics: { logLoss } } as const;

  it('chooses on the training rows of each fold alone, and judges on the others', () => {
    const { outOfFold, chosen, labels } = nestedCrossValidate(customers, nested);
    expect(chosen.length).toBe(4);
    for (const { folds } of chosen) expect(folds.length).toBe(3);
    // Every row is scored by the choice of its own fold.
    const choices = chosen.map(({ parameters }) => predictCurve(parameters, customers));
    outOfFold.forEach((score, row) => expect(choices.some((scores) => scores[row] === score)).toBe(true));
    expect(labels.length).toBe(240);
  });

  it('is what crossValidate says of a search inside fit', () => {
    const found = nestedCrossValidate(customers, nested);
    const by = crossValidate(customers, {
      target: 'left', folds: 4, metrics: { logLoss }, predict: predictCurve,
      fit: (train) => tune(train, { ...curve, budget: 10, folds: 3, seed: 2 }).fit(),
    });
    expect(found.metrics).toEqual(by.metrics);
  });

  it('is not flattered by the choice, as the best estimate of the search is', () => {
    // Nothing to learn: the labels are chance, so of many rules the best looks good by luck.
    let [inside, outside] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const random = createRandom(seed);
      const data = { x: Float64Array.from({ length: 60 }, () => random.normal()), left: Float64Array.from({ length: 60 }, (_, i) => i % 2) };
      const rule = {
        target: 'left', metric: rocAuc, race: false, budget: 30, seed, space: { turn: { from: 0, to: 1000 } },
        fit: (_: unknown, { turn }: { turn: number }) => turn,
        predict: (turn: number, table: TableLike) => numbers(table, 'x').map((x) => Math.sin(turn * x)),
      } as const;
      inside += tune(data, rule).best.estimate / 12;
      outside += nestedCrossValidate(data, { ...rule, metrics: { rocAuc }, folds: 3, innerFolds: 3 }).metrics.rocAuc.estimate / 12;
    }
    expect(inside).toBeGreaterThan(0.6);
    expect(Math.abs(outside - 0.5)).toBeLessThan(0.06);
  });

  it('keeps groups, weights by row and positions in the data inside too', () => {
    const weights = Float64Array.from({ length: 240 }, (_, i) => 1 + (i % 2));
    const seen = new Set<number>();
    const fit = (train: TableLike, parameters: Curve, rows: Uint32Array): Curve => {
      const first = numbers(train, 'x')[0];
      expect(first).toBe(numbers(customers, 'x')[rows[0]!]);
      for (const row of rows) seen.add(row);
      return parameters;
    };
    const found = nestedCrossValidate(customers, { ...nested, fit, weights, groups: 'household' });
    expect(seen.size).toBe(240);
    expect(found.metrics.logLoss.estimate).toBe(logLoss(found.labels, found.outOfFold, weights));
    expect(nestedCrossValidate(customers, { ...nested, weights: 'day', onProgress: ({ done }) => done < 2 })).toMatchObject({ stopped: true });
  });

  it('takes amounts, as crossValidate does', () => {
    const amounts = { target: 'spend', space: { slope: [0, 3] }, fit: (_: unknown, { slope }: { slope: number }) => ({ predict: (table: TableLike) => numbers(table, 'x').map((x) => 10 + slope * x) }) } as const;
    const { chosen, metrics, labels, outOfFold } = nestedCrossValidate(customers, { ...amounts, metrics: { meanSquaredError }, folds: 3 });
    expect(chosen.map(({ parameters }) => parameters.slope)).toEqual([3, 3, 3]);
    expect([...labels]).toEqual([...numbers(customers, 'spend')]);
    expect(metrics.meanSquaredError.estimate).toBe(meanSquaredError(labels, outOfFold));
  });

  it('takes a target for amounts inside too, where a training part has two of them only', () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ x: i % 2, spend: i === 4 ? 900 : 50 * (i % 2) }));
    const seen: number[] = [];
    const fit = (_: unknown, { level }: { level: number }): unknown => ({ predict: (table: TableLike) => numbers(table, 'x').map((x) => level * x) });
    const metric = (y: ArrayLike<number>, predicted: ArrayLike<number>): number => (seen.push(...Array.from(y)), meanSquaredError(y, predicted));
    const { chosen } = nestedCrossValidate(rows, { target: 'spend', space: { level: [1, 50] }, fit, metric, lowerIsBetter: true, metrics: { meanSquaredError }, folds: 3, innerFolds: 3, race: false });
    expect(chosen.map(({ parameters }) => parameters.level)).toEqual([50, 50, 50]);
    expect(new Set(seen)).toEqual(new Set([0, 50, 900]));
  });

  it('refuses what it does not know', () => {
    const run = (options: object): unknown => nestedCrossValidate(customers, { ...nested, ...options } as never);
    expect(() => run({ outOfTime: { time: 'day' } })).toThrow('nestedCrossValidate knows no option "outOfTime"');
    expect(() => run({ innerFolds: 1 })).toThrow('nestedCrossValidate needs innerFolds as a whole number of at least 2');
  });
});
