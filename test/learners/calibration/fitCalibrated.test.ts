import { describe, expect, it } from 'vitest';
import type { TableInput } from '../../../src/data/table.js';
import { logLoss, rocAuc } from '../../../src/evaluation/index.js';
import {
  CalibratedModel,
  fitCalibrated,
  fitLogisticRegression,
  fitPlattCalibration,
  LogisticRegression,
  type CalibrationMethod,
  type ExplainedMargin,
  type FitCalibratedOptions,
  type PlattMap,
} from '../../../src/learners/index.js';
import { learnCalibrator } from '../../../src/learners/calibration/crossFit.js';
import { createRandom } from '../../../src/numeric/random.js';
import { logOdds } from '../../../src/numeric/logOdds.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly x: number;
  readonly day: number;
  readonly home: string;
  readonly weight: number;
  readonly y: string;
}

/** Outcomes that follow x; the model below is told nothing but x. */
function rows(count: number, seed = 4): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const x = random.normal();
    return { x, day: i % 60, home: `h${Math.floor(i / 3)}`, weight: random.integer(3), y: random.uniform() < sigmoid(x - 0.5) ? 'yes' : 'no' };
  });
}

/** A model that ranks by x and bends its probabilities: right are log-odds x - 0.5. */
class Bent {
  readonly features: readonly string[] = ['x'];
  readonly bend: (x: number) => number;
  constructor(bend: (x: number) => number) {
    this.bend = bend;
  }
  predictProbability(data: TableInput): Float64Array {
    const table = data as { column?: (name: string) => { values: Float64Array } };
    const values = typeof table.column === 'function' ? table.column('x').values : (data as readonly Row[]).map(({ x }) => x);
    return Float64Array.from(values as ArrayLike<number>, this.bend);
  }
  predictProbabilityRow(row: object): number {
    return this.bend((row as Row).x);
  }
  toJSON(): unknown {
    return { format: 'Bent' };
  }
}
const bold = (): Bent => new Bent((x) => sigmoid(3 * x + 1));
const data = rows(3000);
const probabilityOf = ({ x }: Row): number => sigmoid(x - 0.5);

describe('fitCalibrated', () => {
  it.each(['platt', 'isotonic', 'beta'] as const)('mends a model that is too bold by %s, on rows it has not seen', (method) => {
    const { report, ...model } = fitCalibrated(bold, data, { target: 'y', method });
    expect(report).toMatchObject({ method, folds: 5, rowCount: 3000, stopped: false });
    expect(model.calibrator!.method).toBe(method);
    expect(report.before.line!.slope).toBeLessThan(0.45);
    expect(Math.abs(report.after.line!.slope - 1)).toBeLessThan(0.15);
    expect(Math.abs(report.after.line!.inTheLarge)).toBeLessThan(3 * report.after.line!.inTheLargeError);
    expect(report.after.logLoss).toBeLessThan(report.before.logLoss - 0.2);
    expect(report.after.brierScore).toBeLessThan(report.before.brierScore);
    const later = rows(2000, 9);
    const calibrated = fitCalibrated(bold, data, { target: 'y', method }).predictProbability(later);
    const right = logLoss(later.map(({ y }) => Number(y === 'yes')), later.map(probabilityOf));
    expect(logLoss(later.map(({ y }) => Number(y === 'yes')), calibrated)).toBeLessThan(right + (method === 'isotonic' ? 0.03 : 0.005));
  });

  it('learns the calibrator from the out-of-fold log-odds together, as CalibratedClassifierCV with ensemble=False', () => {
    const folds = data.map((_, i) => i % 4);
    const scores = new Float64Array(data.length);
    const outcome = data.map(({ y }) => Number(y === 'yes'));
    const model = fitCalibrated((train) => fitLogisticRegression(train, { target: 'y', features: ['x', 'day'] }), data, { target: 'y', method: 'platt', folds });
    for (let fold = 0; fold < 4; fold++) {
      const part = fitLogisticRegression(data.filter((_, i) => folds[i] !== fold), { target: 'y', features: ['x', 'day'] }).predictProbability(data);
      part.forEach((p, i) => {
        if (folds[i] === fold) scores[i] = p;
      });
    }
    const [found, right] = [model.calibrator!.toJSON() as PlattMap, fitPlattCalibration(outcome, scores.map(logOdds)).toJSON() as PlattMap];
    expect(found.slope).toBeCloseTo(right.slope, 9);
    expect(found.intercept).toBeCloseTo(right.intercept, 9);
    expect(model.report.before.logLoss).toBeCloseTo(logLoss(outcome, scores), 12);
    const whole = fitLogisticRegression(data, { target: 'y', features: ['x', 'day'] });
    expect(model.model.coefficients).toEqual(whole.coefficients);
    expect(model.predictProbability(data)[7]).toBe(sigmoid(found.intercept + found.slope * logOdds(whole.predictProbability(data)[7]!)));
  });

  it("takes by itself what has the lowest log loss: nothing where nothing is to mend, isotonic where it is neither sigmoid nor beta", () => {
    const right = fitCalibrated(() => new Bent((x) => sigmoid(x - 0.5)), data, { target: 'y' });
    expect(right.report.tried[0]!.method).toBe(right.report.method);
    expect(right.report.after.logLoss).toBeLessThanOrEqual(right.report.before.logLoss);
    expect(right.report.before.logLoss - right.report.after.logLoss).toBeLessThan(0.002);
    const jagged = fitCalibrated(() => new Bent((x) => (x < 0 ? 0.4 + 0.01 * sigmoid(x) : 0.9 + 0.01 * sigmoid(x))), data, { target: 'y' });
    expect(jagged.report.method).toBe('isotonic');
    expect(jagged.report.tried.map(({ method }) => method).sort()).toEqual(['beta', 'isotonic', 'none', 'platt']);
    const losses = jagged.report.tried.map((trial) => trial.logLoss!);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    const none = fitCalibrated(bold, data, { target: 'y', method: 'none' });
    expect(none.calibrator).toBe(null);
    expect(none.report.after).toEqual(none.report.before);
    expect(none.predictProbability(data)).toEqual(bold().predictProbability(data));
  });

  it('keeps the order of the customers', () => {
    const outcome = data.map(({ y }) => Number(y === 'yes'));
    const raw = rocAuc(outcome, bold().predictProbability(data));
    for (const method of ['platt', 'beta'] as const) expect(rocAuc(outcome, fitCalibrated(bold, data, { target: 'y', method }).predictProbability(data))).toBeCloseTo(raw, 9);
  });

  it('keeps isotonic probabilities as far from 0 and 1 for a row of weight 2 as for the row twice', () => {
    const labels = Uint8Array.of(0, 0, 1, 1);
    const scores = Float64Array.of(0.1, 0.2, 0.8, 0.9);
    const doubled = { labels, scores, weights: new Float64Array(4).fill(2), positives: 4, negatives: 4 };
    const twice = { labels: Uint8Array.of(...labels, ...labels), scores: Float64Array.of(...scores, ...scores), weights: new Float64Array(8).fill(1), positives: 4, negatives: 4 };
    expect(learnCalibrator('test', 'isotonic', doubled)!.toJSON()).toEqual(learnCalibrator('test', 'isotonic', twice)!.toJSON());
    expect(learnCalibrator('test', 'isotonic', doubled)!.predictOne(0)).toBe(0.1);
  });

  it('never promises 0 or 1, not even isotonic', () => {
    const sharp = fitCalibrated(() => new Bent((x) => sigmoid(20 * x)), rows(60).map((row) => ({ ...row, y: row.x > 0.1 * (row.day % 3) ? 1 : 0 })), { target: 'y', method: 'isotonic' });
    const p = sharp.predictProbability(data);
    expect(Math.min(...p)).toBeCloseTo(1 / 62, 12);
    expect(Math.max(...p)).toBeCloseTo(61 / 62, 12);
  });

  it('passes over a method without a best fit in an automatic choice, and says so when it was asked for', () => {
    const separated = rows(200).map((row) => ({ ...row, y: row.x > 0 ? 'yes' : 'no' }));
    const model = fitCalibrated(bold, separated, { target: 'y' });
    expect(model.report.tried.find(({ method }) => method === 'beta')).toEqual({ method: 'beta', logLoss: null });
    expect(model.report.before.line).toBe(null);
    expect(errorCode(() => fitCalibrated(bold, separated, { target: 'y', method: 'beta' }))).toBe('PERFECT_SEPARATION');
  });

  it('respects time: models and calibrators learn from the past only, and the first stretch is not judged', () => {
    const seen: { last: number; rows: number }[] = [];
    const model = fitCalibrated(
      (train) => {
        const days = (train.column('day') as { values: Float64Array }).values;
        seen.push({ last: Math.max(...days), rows: train.rowCount });
        return bold();
      },
      data,
      { target: 'y', method: 'platt', time: 'day', folds: 3 },
    );
    expect(seen.map(({ last }) => last)).toEqual([14, 29, 44, 59]);
    expect(seen.map((part) => part.rows)).toEqual([750, 1500, 2250, 3000]);
    expect(model.report).toMatchObject({ folds: 3, rowCount: 1500 });
  });

  it('learns from rows whose outcome was over when the fold began, given a horizon', () => {
    const rows: number[] = [];
    const fitter = (train: { readonly rowCount: number }): ReturnType<typeof bold> => (rows.push(train.rowCount), bold());
    const dated = data.map((row) => ({ ...row, day: new Date(Date.UTC(2026, 0, 1 + row.day)) }));
    fitCalibrated(fitter, dated, { target: 'y', method: 'platt', time: 'day', horizon: { days: 3 }, folds: 3 });
    expect(rows).toEqual([650, 1400, 2150, 3000]);
  });

  it('keeps groups together and hands the fitter the positions of its rows', () => {
    const homes: Set<string>[] = [];
    const options: FitCalibratedOptions<keyof Row> = { target: 'y', groups: 'home', folds: 3 };
    fitCalibrated((_, positions) => {
      homes.push(new Set(Array.from(positions, (row) => data[row]!.home)));
      return bold();
    }, data, options);
    // Every home is left out once, as a whole: three parts of two thirds, then all.
    expect(homes.map(({ size }) => size).slice(0, 3).reduce((sum, size) => sum + size, 0)).toBe(2000);
    expect(homes[3]!.size).toBe(1000);
  });

  it('weighs calibration and report by a column or an array, rows of weight 0 not at all', () => {
    const folds = data.map((_, i) => i % 5);
    const byColumn = fitCalibrated(bold, data, { target: 'y', weights: 'weight', folds });
    const byArray = fitCalibrated(bold, data, { target: 'y', weights: data.map(({ weight }) => weight), folds });
    expect(byColumn.toJSON()).toEqual(byArray.toJSON());
    const often = data.flatMap((row, i) => Array.from({ length: row.weight }, () => ({ ...row, fold: folds[i]! })));
    const repeated = fitCalibrated(bold, often, { target: 'y', folds: often.map(({ fold }) => fold), method: 'platt' });
    const weighted = fitCalibrated(bold, data, { target: 'y', weights: 'weight', folds, method: 'platt' });
    expect(weighted.report.after.logLoss).toBeCloseTo(repeated.report.after.logLoss, 9);
    expect(weighted.predictProbability(data)[0]).toBeCloseTo(repeated.predictProbability(data)[0]!, 9);
  });

  it('is repeatable for a seed', () => {
    const fit = (seed: number): unknown => fitCalibrated(bold, data, { target: 'y', seed }).toJSON();
    expect(fit(3)).toEqual(fit(3));
    expect(fit(3)).not.toEqual(fit(4));
  });

  it('shows its progress, and stops after the second fold at the earliest', () => {
    const seen: number[] = [];
    const stopped = fitCalibrated(bold, data, {
      target: 'y', method: 'platt',
      onProgress: ({ done, total, objective }) => {
        seen.push(done);
        expect(total).toBe(6);
        expect(objective > 0.6 && objective < 1.5).toBe(true);
        return false;
      },
    });
    expect(seen).toEqual([1, 2]);
    expect(stopped.report).toMatchObject({ stopped: true, folds: 2, rowCount: 1200 });
    expect(Math.abs(stopped.report.after.line!.slope - 1)).toBeLessThan(0.3);
    expect(fitCalibrated(bold, data, { target: 'y', onProgress: () => undefined }).report.stopped).toBe(false);
    // Said once, while the second fold was still needed.
    expect(fitCalibrated(bold, data, { target: 'y', onProgress: ({ done }) => done > 1 }).report).toMatchObject({ stopped: true, folds: 2 });
  });

  it('refuses what it cannot calibrate, saying what to do', () => {
    const fit = (fitter: unknown, options: object = {}, from: readonly object[] = data): string => errorCode(() => fitCalibrated(fitter as () => Bent, from as readonly Row[], { target: 'y', ...options }));
    expect(fit(bold, {}, [])).toBe('EMPTY_INPUT');
    expect(fit(undefined)).toBe('INVALID_INPUT');
    expect(fit(() => ({ features: ['x'], predictProbability: () => undefined, toJSON: () => ({}) }))).toBe('INVALID_INPUT');
    expect(fit(bold, { target: 'z' })).toBe('UNKNOWN_COLUMN');
    expect(fit(bold, { method: 'spline' })).toBe('INVALID_OPTION');
    expect(fit(bold, { foldz: 3 })).toBe('INVALID_OPTION');
    expect(fit(bold, { weights: [1] })).toBe('LENGTH_MISMATCH');
    expect(fit(bold, {}, data.map((row, i) => ({ ...row, y: i === 5 ? null : row.y })))).toBe('MISSING_VALUE');
    expect(fit(bold, {}, data.map((row) => ({ ...row, y: 'no' })))).toBe('TARGET_CLASSES');
    expect(fit(() => null)).toBe('INVALID_INPUT');
    expect(fit(() => ({ predictProbability: () => new Float64Array(3) }))).toBe('INVALID_INPUT');
    expect(fit(() => ({ predictProbability: () => new Float64Array(3), toJSON: () => null }))).toBe('INVALID_INPUT');
    expect(fit(() => new Bent(() => 1.5))).toBe('INVALID_VALUE');
    expect(() => fitCalibrated((train) => fitLogisticRegression(train, { target: 'y', features: ['x'] }), data, { target: 'y', positive: 'no' })).toThrow(
      'fitCalibrated calibrates the probability of "no", found a model of "yes"; give both the same positive',
    );
  });
});

describe('CalibratedModel', () => {
  const fitter = (method: CalibrationMethod): CalibratedModel<LogisticRegression> => fitCalibrated((train) => fitLogisticRegression(train, { target: 'y', features: ['x'] }), data, { target: 'y', method });

  it.each(['none', 'platt', 'isotonic', 'beta'] as const)('survives JSON to the bit with %s, given the class of the model inside or a function', (method) => {
    const model = fitter(method);
    const json: unknown = JSON.parse(JSON.stringify(model));
    for (const back of [CalibratedModel.fromJSON(json, LogisticRegression), CalibratedModel.fromJSON(json, (inner) => LogisticRegression.fromJSON(inner))]) {
      expect(back.predictProbability(data)).toEqual(model.predictProbability(data));
      expect(back.toJSON()).toEqual(model.toJSON());
      expect(back.features).toEqual(['x']);
      expect([back.target, back.positive, back.report.method]).toEqual(['y', 'yes', method]);
    }
  });

  it('predicts one row as it predicts a batch', () => {
    const model = fitter('isotonic');
    const batch = model.predictProbability(data.slice(0, 50));
    data.slice(0, 50).forEach((row, i) => expect(model.predictProbabilityRow(row)).toBe(batch[i]));
  });

  it('explains in the margin of the model inside, and gives the calibrated probability', () => {
    const model = fitter('platt');
    const explanation = model.explain(data[0]!);
    const inner = model.model.explain(data[0]!) as ExplainedMargin;
    expect(explanation.contributions).toEqual(inner.contributions);
    expect([explanation.baseline, explanation.margin]).toEqual([inner.baseline, inner.margin ?? inner.logOdds]);
    expect(explanation.prediction).toBe(model.predictProbabilityRow(data[0]!));
  });

  it('says so when the model inside cannot explain', () => {
    expect(() => fitCalibrated(bold, data, { target: 'y' }).explain(data[0]!)).toThrow('CalibratedModel.explain needs a model that explains itself');
  });

  it('cannot be changed', () => {
    const model = fitter('platt');
    expect(() => Object.assign(model, { calibrator: null })).toThrow(TypeError);
    expect(() => Object.assign(model.report, { method: 'none' })).toThrow(TypeError);
  });

  it('refuses JSON of another format, damaged JSON, and another model inside', () => {
    const json = JSON.parse(JSON.stringify(fitter('platt'))) as Record<string, unknown>;
    for (const bad of [null, {}, { format: 'CalibratedModel', formatVersion: 1 }, { ...json, report: undefined }, { ...json, model: {} }, { ...json, calibrator: {} }]) {
      expect(errorCode(() => CalibratedModel.fromJSON(bad, LogisticRegression))).toBe('MODEL_FORMAT');
    }
    expect(errorCode(() => CalibratedModel.fromJSON({ ...json, formatVersion: 2 }, LogisticRegression))).toBe('MODEL_VERSION');
    expect(errorCode(() => CalibratedModel.fromJSON(json, undefined as never))).toBe('INVALID_OPTION');
  });
});
