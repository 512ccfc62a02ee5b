import { expect, it } from 'vitest';
import { fitGlm, fitLogisticRegression } from '../../src/learners/index.js';
import { choleskyInPlace, choleskyInverse } from '../../src/numeric/cholesky.js';
import { areaUnderUplift } from '../../src/response/effects/areaUnderUplift.js';
import { chooseActions } from '../../src/response/effects/chooseActions.js';
import { effectHeterogeneity } from '../../src/response/effects/effectHeterogeneity.js';
import { policyValue } from '../../src/response/effects/policyValue.js';
import { qiniCoefficient } from '../../src/response/effects/qiniCoefficient.js';
import { rankAverageTreatmentEffect } from '../../src/response/effects/rankAverageTreatmentEffect.js';
import { upliftAt } from '../../src/response/effects/upliftAt.js';
import { weightedAverageUplift } from '../../src/response/effects/weightedAverageUplift.js';
import { designOf, describeWithShared, readCsv, readGolden } from './shared.js';

const CSV = 'data/scoring/hillstrom.csv';
const JSON_FILE = 'golden/scoring/uplift_hillstrom.json';

interface Golden {
  readonly [arm: string]: { readonly nTest: number; readonly models: Readonly<Record<string, Figures>> };
}
interface Figures {
  readonly qiniAuc: number;
  readonly qiniAucNoNeg: number;
  readonly upliftAuc: number;
  readonly at30overall: number;
  readonly at30group: number;
  readonly wau: number;
  readonly qiniRawArea: number;
  readonly auucCausalml: number;
  readonly first5: readonly number[];
}

const FEATURES = ['recency', 'history', 'mens', 'womens', 'newbie', 'zip_code', 'channel'] as const;
const NUMBERS: readonly string[] = FEATURES.slice(0, 5);

type Columns = Record<string, Float64Array | string[]>;
interface Part {
  readonly x: Columns;
  readonly y: Float64Array;
  readonly w: Float64Array;
}

/** An arm against No E-Mail, in file order; fold = earlier rows of the same outcome and arm, mod 5. */
function split(rows: readonly Readonly<Record<string, string>>[], arm: string): { readonly train: Part; readonly test: Part } {
  const seen = new Map<string, number>();
  const parts = { train: [] as Readonly<Record<string, string>>[], test: [] as Readonly<Record<string, string>>[] };
  for (const row of rows) {
    if (row['segment'] !== arm && row['segment'] !== 'No E-Mail') continue;
    const key = `${row['visit']} ${row['segment']}`;
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    parts[earlier % 5 === 4 ? 'test' : 'train'].push(row);
  }
  const part = (chosen: readonly Readonly<Record<string, string>>[]): Part => ({
    x: Object.fromEntries(FEATURES.map((name) => [name, NUMBERS.includes(name) ? Float64Array.from(chosen, (row) => Number(row[name])) : chosen.map((row) => row[name]!)])),
    y: Float64Array.from(chosen, (row) => Number(row['visit'])),
    w: Float64Array.from(chosen, (row) => Number(row['segment'] === arm)),
  });
  return { train: part(parts.train), test: part(parts.test) };
}

const take = (x: Columns, rows: readonly number[]): Columns =>
  Object.fromEntries(Object.entries(x).map(([name, values]) => [name, values instanceof Float64Array ? Float64Array.from(rows, (row) => values[row]!) : rows.map((row) => values[row]!)]));
const map2 = (a: Float64Array, b: Float64Array, by: (a: number, b: number, row: number) => number): Float64Array => a.map((value, row) => by(value, b[row]!, row));

/** The eight learners of the notes (§4.6): their scores on the test fold. */
function learnersOf({ train, test }: { readonly train: Part; readonly test: Part }): Record<string, Float64Array> {
  const arm = (value: number): number[] => [...train.w.keys()].filter((row) => train.w[row] === value);
  const fit = (x: Columns, y: Float64Array): ((on: Columns) => Float64Array) => {
    const model = fitLogisticRegression({ ...x, y } as Record<string, Float64Array>, { target: 'y' });
    return (on) => model.predictProbability(on as Record<string, Float64Array>);
  };
  const ols = (x: Columns, y: Float64Array): Float64Array => fitGlm({ ...x, y } as Record<string, Float64Array>, { target: 'y', family: 'gaussian' }).predict(test.x as Record<string, Float64Array>);
  const [on, off] = [arm(1), arm(0)];
  const [x1, x0] = [take(train.x, on), take(train.x, off)];
  const [y1, y0] = [Float64Array.from(on, (row) => train.y[row]!), Float64Array.from(off, (row) => train.y[row]!)];
  const models = [fit(x1, y1), fit(x0, y0)] as const;
  const [p1, p0] = [models[0](test.x), models[1](test.x)];
  const [m1, m0] = [models[0](train.x), models[1](train.x)];
  const e = on.length / train.y.length;
  const withArm = (x: Columns, w: Float64Array): Columns => ({ ...x, w });
  const ones = new Float64Array(test.y.length).fill(1);
  const d1 = ols(x1, Float64Array.from(on, (row) => train.y[row]! - m0[row]!));
  const d0 = ols(x0, Float64Array.from(off, (row) => m1[row]! - train.y[row]!));
  const dummy = fit(withArm(train.x, train.w), train.y);
  return {
    T_logit: map2(p1, p0, (a, b) => a - b),
    S_logit_dummy: map2(dummy(withArm(test.x, ones)), dummy(withArm(test.x, new Float64Array(ones.length))), (a, b) => a - b),
    ClassTransf_logit: fit(train.x, map2(train.y, train.w, (y, w) => y * w + (1 - y) * (1 - w)))(test.x).map((p) => 2 * p - 1),
    TransformedOutcome_OLS: ols(train.x, map2(train.y, train.w, (y, w) => (y * (w - e)) / (e * (1 - e)))),
    X_logit_OLS: map2(d1, d0, (a, b) => (1 - e) * a + e * b),
    DR_logit_OLS: ols(train.x, map2(train.y, train.w, (y, w, row) => m1[row]! - m0[row]! + (w * (y - m1[row]!)) / e - ((1 - w) * (y - m0[row]!)) / (1 - e))),
    Response_model_treated: p1,
  };
}

const reversed = (values: Float64Array): Float64Array => values.slice().reverse();

describeWithShared('uplift figures of eight learners on the Hillstrom mailing', [CSV, JSON_FILE], () => {
  const golden = readGolden<Golden>(JSON_FILE);
  const rows = readCsv(CSV);
  for (const arm of ['Womens E-Mail', 'Mens E-Mail']) {
    const parts = split(rows, arm);
    const { y, w } = parts.test;
    const learners = learnersOf(parts);
    const models = golden[arm]!.models;

    it.each(Object.keys(learners))(`${arm}, %s: every definition to 1e-10`, (name) => {
      const [scores, figures] = [learners[name]!, models[name]!];
      const backwards = [reversed(y), reversed(w), reversed(scores)] as const;
      const found = {
        qiniAuc: qiniCoefficient(y, w, scores),
        qiniAucNoNeg: qiniCoefficient(y, w, scores, { definition: 'withoutNegativeEffects' }),
        qiniRawArea: qiniCoefficient(y, w, scores, { definition: 'area' }),
        upliftAuc: areaUnderUplift(y, w, scores),
        // causalml ranks row by row, the first of equal scores first; scikit-uplift the last first.
        auucCausalml: areaUnderUplift(y, w, scores, { definition: 'meanGain', ties: 'rowOrder' }),
        wau: weightedAverageUplift(...backwards, { ties: 'rowOrder' }),
        at30overall: upliftAt(...backwards, { ties: 'rowOrder' }).estimate,
        at30group: upliftAt(...backwards, { ties: 'rowOrder', by: 'group' }).estimate,
      };
      for (const [figure, value] of Object.entries(found)) expect([figure, Math.abs(value - figures[figure as keyof typeof found])]).toEqual([figure, expect.toSatisfy((gap: number) => gap < 1e-10)]);
      expect(Array.from(scores.subarray(0, 5))).toEqual(figures.first5.map((value) => expect.closeTo(value, 10)));
    });

    it(`${arm}: RATE as in the reference, its standard error to 10 %, and the verdict of the notes`, () => {
      const reference = (golden['rate'] as unknown as Record<string, unknown>)[arm] as { autoc: number; qini: number; seAutocHalfSample300: number; seQiniHalfSample300: number };
      const options = { method: 'ipw', propensity: 0.5, ties: 'rowOrder', replicates: 300 } as const;
      for (const [weighting, value, error] of [['autoc', reference.autoc, reference.seAutocHalfSample300], ['qini', reference.qini, reference.seQiniHalfSample300]] as const) {
        const rate = rankAverageTreatmentEffect(y, w, learners['T_logit']!, { ...options, weighting });
        expect(Math.abs(rate.estimate - value)).toBeLessThan(1e-12);
        expect(Math.abs(rate.standardError / error - 1)).toBeLessThan(0.1);
      }
      for (const method of ['ipw', 'doublyRobust'] as const) {
        const gate = effectHeterogeneity(y, w, learners['T_logit']!, { method, propensity: 0.5 });
        expect([gate.heterogeneity, gate.verdict]).toEqual(arm === 'Mens E-Mail' ? ['no evidence', 'treatAll'] : ['evidence', 'target']);
      }
    });
  }
});

describeWithShared('policies on the spend of the Hillstrom mailing', [CSV], () => {
  const ARMS = ['Mens E-Mail', 'No E-Mail', 'Womens E-Mail'] as const;
  const NAMES = ['(Intercept)', 'recency', 'history', 'mens', 'womens', 'newbie', 'zip_code=Surburban', 'zip_code=Urban', 'channel=Phone', 'channel=Web'];
  const parts: { train: Record<string, string>[]; test: Record<string, string>[] } = { train: [], test: [] };
  const seen = new Map<string, number>();
  for (const row of readCsv(CSV)) {
    const key = `${row['visit']} ${row['segment']}`;
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    parts[earlier % 5 === 4 ? 'test' : 'train'].push(row);
  }
  const width = NAMES.length;
  const design = designOf(parts.test, NAMES);
  const fits = ARMS.map((arm) => leastSquares(parts.train.filter((row) => row['segment'] === arm)));
  const predicted = Object.fromEntries(ARMS.map((arm, a) => [arm, fits[a]!.predicted])) as Record<(typeof ARMS)[number], Float64Array>;
  const standardErrors = Object.fromEntries(ARMS.map((arm, a) => [arm, fits[a]!.errors]));
  const spend = parts.test.map((row) => Number(row['spend']));
  const arms = parts.test.map((row) => row['segment']!);
  const propensity = Object.fromEntries(ARMS.map((arm) => [arm, 1 / 3]));

  /** Predictions on the test rows with their standard errors. */
  function leastSquares(train: readonly Record<string, string>[]): { predicted: Float64Array; errors: Float64Array } {
    const x = designOf(train, NAMES);
    const [gram, right] = [new Float64Array(width * width), new Float64Array(width)];
    train.forEach((row, i) => {
      for (let j = 0; j < width; j++) {
        right[j]! += x[i * width + j]! * Number(row['spend']);
        for (let k = 0; k < width; k++) gram[j * width + k]! += x[i * width + j]! * x[i * width + k]!;
      }
    });
    choleskyInPlace(gram, width);
    const inverse = choleskyInverse(gram, width);
    const beta = Array.from({ length: width }, (_, j) => right.reduce((sum, value, k) => sum + inverse[j * width + k]! * value, 0));
    const at = (values: Float64Array, i: number): number => beta.reduce((sum, b, j) => sum + b * values[i * width + j]!, 0);
    const residual = train.reduce((sum, row, i) => sum + (Number(row['spend']) - at(x, i)) ** 2, 0) / (train.length - width);
    const errorAt = (i: number): number => {
      let square = 0;
      for (let j = 0; j < width; j++) for (let k = 0; k < width; k++) square += design[i * width + j]! * inverse[j * width + k]! * design[i * width + k]!;
      return Math.sqrt(residual * square);
    };
    return { predicted: Float64Array.from(parts.test, (_, i) => at(design, i)), errors: Float64Array.from(parts.test, (_, i) => errorAt(i)) };
  }
  const costsOf = (cost: number): Record<string, number> => ({ 'Mens E-Mail': cost, 'Womens E-Mail': cost });
  const judge = (cost: number, method: 'ips' | 'snips', policy: readonly string[] = chooseActions(predicted, { contactCost: costsOf(cost) })) => policyValue(spend, arms, policy, { method, propensity, contactCost: costsOf(cost) });

  it('IPS and SNIPS of the largest prediction, and of Mens E-Mail to all, are those of the notes', () => {
    expect(judge(0, 'ips').value.estimate).toBeCloseTo(1.6089973429, 9);
    expect(judge(0, 'snips').value.estimate).toBeCloseTo(1.6091230951, 9);
    expect(judge(0, 'snips').constants[0]).toMatchObject({ action: 'Mens E-Mail', value: { estimate: expect.closeTo(1.562213615, 9) } });
    expect(judge(0.1, 'ips').value.estimate).toBeCloseTo(1.5090051579, 9);
    const dear = judge(0.5, 'ips');
    expect(dear.value.estimate).toBeCloseTo(0.9327125664, 9);
    expect(dear.actions[1]).toEqual({ action: 'No E-Mail', share: expect.closeTo(0.236, 3) });
  });

  it('at a cost of 0.5 the largest prediction earns less than mailing all, and says so; with lower bounds it does not lose', () => {
    const plain = judge(0.5, 'snips');
    expect([plain.constants[0]!.action, plain.beatsEveryConstant]).toEqual(['Mens E-Mail', false]);
    expect(plain.constants[0]!.value.estimate).toBeCloseTo(1.0622136, 6);
    expect(plain.constants[0]!.gain.estimate).toBeLessThan(-0.1);
    const careful = judge(0.5, 'snips', chooseActions(predicted, { contactCost: costsOf(0.5), standardErrors }));
    expect(careful.constants[0]!.gain.estimate).toBeGreaterThan(-0.02);
  });
});
