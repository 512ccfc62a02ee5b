import { describe, expect, it } from 'vitest';
import { fitScorecard } from '../../../src/learners/scorecard/fitScorecard.js';
import { roundingEffect } from '../../../src/learners/scorecard/roundingEffect.js';
import { Scorecard } from '../../../src/learners/scorecard/scorecard.js';
import { scorecardStability } from '../../../src/learners/scorecard/scorecardStability.js';
import { scorecardTable } from '../../../src/learners/scorecard/scorecardTable.js';
import { scorecardText } from '../../../src/learners/scorecard/scorecardText.js';
import { createRandom } from '../../../src/numeric/random.js';
import { portfolio } from './portfolio.js';

const rows = portfolio();
const later = portfolio(40, 6);
const card = fitScorecard(rows, { target: 'answered', features: ['visits', 'plan', 'debt'], binning: { special: { debt: [-9999] } } });

describe('Scorecard', () => {
  it('survives JSON to the bit', () => {
    const back = Scorecard.fromJSON(JSON.parse(JSON.stringify(card)));
    expect(back.predictScore(later)).toEqual(card.predictScore(later));
    expect(back.explain(later[0]!)).toEqual(card.explain(later[0]!));
    expect(back.reasons(later[0]!)).toEqual(card.reasons(later[0]!));
    expect(scorecardText(back)).toBe(scorecardText(card));
    expect(back.meaning).toBe(card.meaning);
  });

  it('explains in log-odds: baseline and contributions add up to the margin, and average to 0 over the training rows', () => {
    const totals = new Map<string, number>();
    for (const row of rows) {
      const { baseline, contributions, margin, prediction } = card.explain(row);
      expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 12);
      expect(prediction).toBe(card.predictProbabilityRow(row));
      for (const { feature, contribution } of contributions) totals.set(feature, (totals.get(feature) ?? 0) + contribution);
    }
    for (const total of totals.values()) expect(total / rows.length).toBeCloseTo(0, 10);
  });

  it('gives reasons in points against a neutral, a full or an average feature', () => {
    const row = { visits: 1, plan: 'gold', debt: 900 };
    const table = scorecardTable(card);
    for (const { feature, points, lost } of card.reasons(row)) {
      expect(lost).toBeCloseTo(-points, 12);
      const most = Math.max(...table.filter((line) => line.feature === feature && line.rows > 0).map((line) => line.points));
      expect(card.reasons(row, { baseline: 'max' }).find((reason) => reason.feature === feature)!.lost).toBeCloseTo(most - points, 9);
      const mean = table.filter((line) => line.feature === feature).reduce((sum, line) => sum + line.share * line.points, 0);
      expect(card.reasons(row, { baseline: 'mean' }).find((reason) => reason.feature === feature)!.lost).toBeCloseTo(mean - points, 9);
    }
    const [first, ...others] = card.reasons(row);
    expect(first).toMatchObject({ feature: 'visits', value: 1, direction: 'lowers' });
    expect(others.at(-1)).toMatchObject({ feature: 'plan', value: 'gold', bin: 'gold', direction: 'raises' });
    expect(card.reasons(row, { top: 1 })).toEqual([first]);
    expect(card.reasons({ ...row, plan: 'unheard of' }).find(({ feature }) => feature === 'plan')).toMatchObject({ bin: 'any other', points: 0, direction: 'none' });
  });

  it('refuses a baseline it does not know, and rows it cannot read', () => {
    expect(() => card.reasons(later[0]!, { baseline: 'median' as 'mean' })).toThrow('Scorecard.reasons needs baseline as neutral, mean or max, found median');
    expect(() => card.predictScore([{ visits: 1, plan: 'gold' }])).toThrow('Scorecard.predictScore found no column "debt"');
    expect(() => card.predictScoreRow({ visits: Infinity, plan: 'gold', debt: 1 })).toThrow('Scorecard.predictScore needs finite numbers');
    expect(() => card.explain({ visits: 1 })).toThrow('Scorecard.explain found no column');
    expect(() => card.reasons({ visits: 1 })).toThrow('Scorecard.reasons found no column');
    expect(() => Scorecard.fromJSON({ format: 'Scorecard', formatVersion: 1 })).toThrow('Scorecard.fromJSON needs features');
  });
});

describe('the table and the text of a scorecard', () => {
  it('list every bin, missing and unseen too, with counts that add up', () => {
    const table = scorecardTable(card);
    for (const feature of card.features) {
      const own = table.filter((line) => line.feature === feature);
      expect(own.reduce((sum, line) => sum + line.rows, 0)).toBe(rows.length);
      expect(own.reduce((sum, line) => sum + line.share, 0)).toBeCloseTo(1, 12);
      expect(own.map(({ bin }) => bin)).toContain('missing');
    }
    expect(table.filter(({ bin }) => bin === 'any other')).toMatchObject([{ feature: 'plan', rows: 0, woe: 0, points: 0 }]);
    expect(table.some(({ bin }) => bin === 'special: -9999')).toBe(true);
  });

  it('round the points when asked, and say what that does', () => {
    const rounded = fitScorecard(rows, { target: 'answered', features: ['visits', 'plan', 'debt'], rounding: 0, points: { pointsToDoubleOdds: 5 } });
    expect(scorecardTable(rounded).every(({ points }) => Number.isInteger(points))).toBe(true);
    expect(rounded.predictScore(later).some((score) => !Number.isInteger(score))).toBe(true);
    expect(rounded.rounding!.mergedPairs).toBeGreaterThan(0);
    expect(rounded.rounding!.largestDifference).toBeLessThan(2);
    const text = scorecardText(rounded);
    expect(text).toContain('Rounded points add up to at most');
    expect(text).toMatch(/^Scorecard for answered = yes\n600 points mean/);
  });

  it('are aligned, wrap long labels, and name what was left out', () => {
    const long = rows.map((row) => ({ ...row, plan: row.plan === 'gold' ? 'gold' : 'a plan with a very long name that nobody would print on one line' }));
    const lines = scorecardText(fitScorecard(long, { target: 'answered', features: ['plan', 'shoe'], minInformationValue: 0.1 })).split('\n');
    const header = lines.find((line) => line.startsWith('feature'))!;
    const gold = lines.find((line) => /gold +\d/.test(line))!;
    expect(gold.length).toBe(header.length);
    expect(lines.some((line) => line.trim() === 'would print on one line')).toBe(true);
    expect(lines.at(-1)).toMatch(/^Not on the card: shoe, its /);
  });
});

describe('roundingEffect', () => {
  it('counts pairs as a double loop does', () => {
    const random = createRandom(8);
    const features = [0, 1, 2].map(() => ({ points: Array.from({ length: 5 }, () => random.normal() * 2), places: Int32Array.from({ length: 80 }, () => random.integer(5)) }));
    const weights = Float64Array.from({ length: 80 }, () => random.integer(3));
    const { reversedPairs, mergedPairs, largestDifference } = roundingEffect(10.4, features, 80, weights, 0);
    const exact = Array.from(weights, (_, i) => features.reduce((sum, { points, places }) => sum + points[places[i]!]!, 10.4));
    const rounded = Array.from(weights, (_, i) => features.reduce((sum, { points, places }) => sum + Math.round(points[places[i]!]!), 10));
    let [pairs, reversed, merged] = [0, 0, 0];
    for (let i = 0; i < 80; i++) {
      for (let j = 0; j < i; j++) {
        const weight = weights[i]! * weights[j]!;
        if (exact[i] === exact[j]) continue;
        pairs += weight;
        if (rounded[i] === rounded[j]) merged += weight;
        else if (rounded[i]! > rounded[j]! !== exact[i]! > exact[j]!) reversed += weight;
      }
    }
    expect(reversed).toBeGreaterThan(0);
    expect(reversedPairs).toBeCloseTo(reversed / pairs, 12);
    expect(mergedPairs).toBeCloseTo(merged / pairs, 12);
    expect(largestDifference).toBeCloseTo(Math.max(...exact.map((score, i) => (weights[i]! > 0 ? Math.abs(score - rounded[i]!) : 0))), 9);
  });

  it('is nothing for one row, or with points that are whole already', () => {
    const whole = [{ points: [3, -2], places: Int32Array.of(0, 1, 1) }];
    expect(roundingEffect(100, whole, 3, null, 0)).toEqual({ digits: 0, largestDifference: 0, reversedPairs: 0, mergedPairs: 0 });
    expect(roundingEffect(0.5, [], 1, null, 0)).toMatchObject({ reversedPairs: 0, mergedPairs: 0 });
  });
});

describe('scorecardStability', () => {
  it('is 0 on the training rows themselves', () => {
    const { features, scoreShift, rowCount } = scorecardStability(card, rows);
    expect(rowCount).toBe(rows.length);
    expect(scoreShift).toBeCloseTo(0, 9);
    for (const { psi, p, moved } of features) {
      expect(psi).toBeCloseTo(0, 12);
      expect(p).toBe(1);
      expect(moved).toBe(false);
    }
  });

  it('has the index of shares, and the shift of the mean score', () => {
    const customers = Array.from({ length: 1000 }, (_, i) => ({ plan: `plan ${i % 10}`, bought: (i * 7) % 100 < 5 + 6 * (i % 10) ? 1 : 0 }));
    const ten = fitScorecard(customers, { target: 'bought', binning: { splits: { plan: Array.from({ length: 10 }, (_, i) => [`plan ${i}`]) } } });
    // The example of golden/scoring: expected ten times .1, actual .08 .09 .1 .1 .11 .12 .1 .1 .1 .1.
    const counts = [8, 9, 10, 10, 11, 12, 10, 10, 10, 10];
    const now = counts.flatMap((count, i) => Array.from({ length: count }, () => ({ plan: `plan ${i}` })));
    const { features, scoreShift } = scorecardStability(ten, now);
    expect(features[0]!.psi).toBeCloseTo(0.0101160091167848, 12);
    // 9 degrees of freedom: 16.919 is the 95 % point, scaled by 1/1000 + 1/100.
    expect(features[0]!.criticalValue).toBeCloseTo(16.918977604620448 * 0.011, 9);
    expect(features[0]!.moved).toBe(false);
    expect(scorecardStability(ten, now, { confidence: 0.5 }).features[0]!.criticalValue).toBeLessThan(features[0]!.criticalValue);
    const mean = (data: readonly { plan: string }[]): number => ten.predictScore(data).reduce((sum, score) => sum + score, 0) / data.length;
    expect(scoreShift).toBeCloseTo(mean(now) - mean(customers), 9);
    expect(features[0]!.pointsShift).toBeCloseTo(scoreShift, 12);
  });

  it('stays finite where a bin is filled on one side only, and shows levels never seen', () => {
    const now = later.map((row) => ({ ...row, plan: 'new plan' }));
    const plan = scorecardStability(card, now).features.find(({ feature }) => feature === 'plan')!;
    expect(Number.isFinite(plan.psi)).toBe(true);
    expect(plan.moved).toBe(true);
    expect(plan.p).toBeLessThan(1e-6);
    expect(plan.bins.at(-1)).toMatchObject({ bin: 'any other', expectedShare: 0, actualShare: 1 });
    expect(plan.bins.reduce((sum, { psi }) => sum + psi, 0)).toBeCloseTo(plan.psi, 12);
  });

  it('exceeds its critical value as rarely as it says when nothing has moved', () => {
    const random = createRandom(12);
    let exceeded = 0;
    for (let trial = 0; trial < 80; trial++) {
      const now = Array.from({ length: 200 }, () => rows[random.integer(rows.length)]!);
      // Drawn from the training rows themselves: there is no chance in them, so the law is that of the new rows alone.
      exceeded += scorecardStability(card, now).features.filter(({ psi, bins }) => psi * 200 > chiSquare95(bins.filter(({ expectedShare }) => expectedShare > 0).length - 1)).length;
    }
    const share = exceeded / (80 * card.features.length);
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.1);
  });

  it('refuses no rows, a wrong confidence and unknown options', () => {
    expect(() => scorecardStability(card, [])).toThrow('scorecardStability needs at least one row');
    expect(() => scorecardStability(card, later, { confidence: 1 })).toThrow('scorecardStability needs confidence between 0 and 1, found 1');
    expect(() => scorecardStability(card, later, { alpha: 0.05 } as object)).toThrow('knows no option "alpha"');
    expect(() => scorecardStability(card, [{ visits: 1 }])).toThrow('scorecardStability found no column');
  });
});

// 95 % points of chi-square with 0 to 9 degrees of freedom, from any table.
const chiSquare95 = (degrees: number): number => [0, 3.841, 5.991, 7.815, 9.488, 11.07, 12.592, 14.067, 15.507, 16.919][degrees]!;
