import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { fitUplift } from '../../src/response/uplift/fitUplift.js';
import type { Uplift } from '../../src/response/uplift/uplift.js';
import type { UpliftOptions } from '../../src/response/uplift/upliftOptions.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface GoldenArm {
  readonly n: number;
  readonly nTrain: number;
  readonly nTest: number;
  readonly trainTreated: number;
  readonly coefTreated: readonly number[];
  readonly coefControl: readonly number[];
  readonly ateTrainDR: number;
  readonly models: Readonly<Record<string, { readonly first5: readonly number[]; readonly mean: number }>>;
}

type Cell = string | number;
type Rows = Record<string, Cell>[];

const GOLDEN = 'golden/scoring/uplift_hillstrom.json';
const HILLSTROM = 'data/scoring/hillstrom.csv';
const FEATURES = ['recency', 'history', 'mens', 'womens', 'newbie', 'zip_code', 'channel'];
const NUMBERS = new Set(['recency', 'history', 'mens', 'womens', 'newbie', 'visit', 'conversion', 'spend']);

/** Rows of one arm and of control, and the fold of each: the number of earlier rows of the same visit and arm, modulo 5. */
function trialOf(all: Rows, arm: string): { train: Frame<string>; test: Frame<string> } {
  const rows = all.filter(({ segment }) => segment === arm || segment === 'No E-Mail');
  const seen = new Map<string, number>();
  const folds = rows.map(({ visit, segment }) => {
    const stratum = `${visit} ${segment}`;
    const earlier = seen.get(stratum) ?? 0;
    seen.set(stratum, earlier + 1);
    return earlier % 5;
  });
  const table = Frame.fromRows(rows);
  const positions = [...folds.keys()];
  return { train: table.take(positions.filter((i) => folds[i]! < 4)), test: table.take(positions.filter((i) => folds[i] === 4)) };
}

describeWithShared('uplift on Hillstrom', [GOLDEN, HILLSTROM], () => {
  const golden = readGolden<Record<string, GoldenArm>>(GOLDEN);
  const all: Rows = readCsv(HILLSTROM).map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, NUMBERS.has(name) ? Number(text) : text])));

  describe.each(['Womens E-Mail', 'Mens E-Mail'])('%s against no e-mail', (arm) => {
    const reference = golden[arm]!;
    const { train, test } = trialOf(all, arm);
    const fit = (options: Partial<UpliftOptions>): Uplift => fitUplift(train, { target: 'visit', treatment: 'segment', control: 'No E-Mail', features: FEATURES, ...options });
    const expectUplift = (model: Uplift, name: string): void => expectFigures(model.predictUplift(test), name);
    const expectFigures = (found: Float64Array, name: string): void => {
      const { first5, mean } = reference.models[name]!;
      first5.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(1e-8));
      expect(Math.abs(found.reduce((sum, value) => sum + value, 0) / found.length - mean)).toBeLessThan(1e-8);
    };

    it('divides the rows as the reference does', () => {
      expect([train.rowCount, test.rowCount]).toEqual([reference.nTrain, reference.nTest]);
    });

    it('T over logistic regressions: coefficients and uplifts', () => {
      const model = fit({ method: 'T' });
      const [control, treated] = model.report.parts.map(({ coefficients }) => coefficients!.map(({ estimate }) => estimate));
      expect(model.report.arms.map(({ rows }) => rows)).toEqual([reference.nTrain - reference.trainTreated, reference.trainTreated]);
      // Ours is against the first level by code unit: Rural and Multichannel too.
      reference.coefTreated.forEach((value, j) => expect(Math.abs(treated![j]! - value)).toBeLessThan(1e-8 * Math.max(1, Math.abs(value))));
      reference.coefControl.forEach((value, j) => expect(Math.abs(control![j]! - value)).toBeLessThan(1e-8 * Math.max(1, Math.abs(value))));
      expectUplift(model, 'T_logit');
    });

    it('S, with and without interactions', () => {
      expectUplift(fit({ method: 'S', interactions: true }), 'S_logit_interaction');
      expectUplift(fit({ method: 'S' }), 'S_logit_dummy');
    });

    it('class transformation and transformed outcome', () => {
      expectUplift(fit({ method: 'class transformation', propensity: 0.5 }), 'ClassTransf_logit');
      expectUplift(fit({ method: 'transformed outcome' }), 'TransformedOutcome_OLS');
    });

    it('X and DR over logistic regressions and least squares', () => {
      expectUplift(fit({ method: 'X' }), 'X_logit_OLS');
      const model = fit({ method: 'DR', folds: 1 });
      expectUplift(model, 'DR_logit_OLS');
      expect(Math.abs(model.report.effects[0]!.average.estimate - reference.ateTrainDR)).toBeLessThan(1e-10);
    });

    it('the response model alone is the T learner of the treated', () => {
      const response = fitLogisticRegression(train.filter((row) => row['segment'] === arm), { target: 'visit', features: FEATURES }).predictProbability(test);
      expectFigures(response, 'Response_model_treated');
      const outcomes = fit({ method: 'T' }).predictOutcomes(test);
      response.forEach((value, i) => expect(outcomes[2 * i + 1]).toBe(value));
    });
  });
});
