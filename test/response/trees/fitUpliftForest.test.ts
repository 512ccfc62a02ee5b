import { describe, expect, it } from 'vitest';
import { fitUpliftForest } from '../../../src/response/trees/fitUpliftForest.js';
import { UpliftForest } from '../../../src/response/trees/upliftForest.js';
import { errorOf, correlation, simulate } from './trials.js';

const roles = { target: 'bought', treatment: 'arm', control: 'none', features: ['visits', 'age', 'plan'] } as const;
const truthOf = (rows: readonly { truth: number }[]): number[] => rows.map(({ truth }) => truth);

describe('fitUpliftForest', () => {
  const rows = simulate(4000, 1, 0.4);
  const forest = fitUpliftForest(rows, { ...roles, trees: 60 });
  const later = simulate(1000, 2, 0.4);

  it('recovers a known effect of some customers only', () => {
    const uplifts = forest.predictUplift(later);
    expect(correlation(uplifts, truthOf(later))).toBeGreaterThan(0.9);
    const mean = (of: (row: { truth: number }) => boolean): number => {
      const chosen = uplifts.filter((_, i) => of(later[i]!));
      return chosen.reduce((sum, x) => sum + x, 0) / chosen.length;
    };
    expect(Math.abs(mean(({ truth }) => truth > 0) - 0.4)).toBeLessThan(0.12);
    expect(Math.abs(mean(({ truth }) => truth === 0))).toBeLessThan(0.05);
    expect(forest.importance()[0]!.feature).toBe('plan');
  });

  it('says out of bag what trees that did not see a row say of it', () => {
    const outOfBag = forest.outOfBagUplift!;
    expect(outOfBag).toHaveLength(4000);
    expect(correlation(outOfBag, truthOf(rows))).toBeGreaterThan(0.85);
    expect(correlation(outOfBag, forest.predictUplift(rows))).toBeGreaterThan(0.95);
    expect(fitUpliftForest(rows, { ...roles, trees: 2, sampleShare: 1 }).outOfBagUplift).toBe(null);
  });

  it('has out-of-bag uplifts equal to what the trees predict: one tree says them itself', () => {
    const some = simulate(600, 3, 0.4, ['none', 'mail', 'other']);
    for (const maxLeaves of [Infinity, 4]) {
      const tree = fitUpliftForest(some, { ...roles, treatments: ['mail'], trees: 1, minArmSize: 5, maxLeaves });
      const predicted = tree.predictUplift(some);
      let known = 0;
      tree.outOfBagUplift!.forEach((uplift, i) => {
        if (Number.isNaN(uplift)) return;
        expect(uplift).toBe(predicted[i]);
        expect(some[i]!.arm).not.toBe('other');
        known++;
      });
      expect(known).toBeGreaterThan(180);
    }
  });

  it('explains a row by contributions that add up to its uplift', () => {
    const { baseline, contributions, prediction } = forest.explain(later[0]!);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(prediction, 10);
    expect(prediction).toBe(forest.predictUpliftRow(later[0]!)[0]);
  });

  it('is the same for the same seed, and survives JSON to the bit', () => {
    const fit = (seed: number): UpliftForest => fitUpliftForest(rows, { ...roles, trees: 5, seed });
    expect(JSON.stringify(fit(3))).toBe(JSON.stringify(fit(3)));
    expect(JSON.stringify(fit(3))).not.toBe(JSON.stringify(fit(4)));
    const back = UpliftForest.fromJSON(JSON.parse(JSON.stringify(forest)));
    expect(back.predictUplift(later)).toEqual(forest.predictUplift(later));
    expect(JSON.stringify(back)).toBe(JSON.stringify(forest));
    expect(back.outOfBagUplift).toBe(null);
  });

  it('gives a number for each treatment, and for one of them that of the trial without the others', () => {
    const three = simulate(1500, 5, 0.4, ['none', 'mail', 'call']);
    const both = fitUpliftForest(three, { ...roles, trees: 10 });
    expect(both.predictUplift(three.slice(0, 4))).toHaveLength(8);
    expect(both.outOfBagUplift).toHaveLength(3000);
    const one = fitUpliftForest(three, { ...roles, trees: 10, treatments: ['mail'] });
    const alone = fitUpliftForest(three.filter(({ arm }) => arm !== 'call'), { ...roles, trees: 10 });
    expect(JSON.stringify(one)).toBe(JSON.stringify(alone));
  });

  it('tells how far it is and how much it explains, and stops when told', () => {
    const objectives: number[] = [];
    const stopped = fitUpliftForest(rows, { ...roles, trees: 20, onProgress: ({ done, total, objective }) => (expect(total).toBe(20), objectives.push(objective), done < 6) });
    expect(stopped.report).toMatchObject({ trees: 6, reason: 'stopped by onProgress' });
    // The true effects, 0.4 for a sixth of the rows, would explain 0.4² / 6 = 0.027.
    expect(objectives[5]).toBeGreaterThan(0.015);
    expect(objectives[5]).toBeLessThan(0.035);
    expect(forest.report).toMatchObject({ trees: 60, reason: 'all trees', rowCount: 4000 });
  });

  it('takes numbers as outcome, weights, and grows without honesty', () => {
    const amounts = later.map((row, i) => ({ ...row, spend: 5 * row.bought + (i % 3), weight: 1 + (i % 2) }));
    const found = fitUpliftForest(amounts, { ...roles, target: 'spend', weights: 'weight', honest: false, trees: 20, minArmSize: 15, onProgress: () => true });
    expect(correlation(found.outOfBagUplift!, truthOf(later))).toBeGreaterThan(0.6);
    expect(found.report.weight).toBeGreaterThan(600);
  });

  it.each<[string, object, string]>([
    ['no trees', { trees: 0 }, 'fitUpliftForest needs trees as a whole number of at least 1, found 0'],
    ['a share of nothing', { sampleShare: 0 }, 'needs sampleShare above 0, at most 1, found 0'],
    ['more than all features', { featureShare: 2 }, 'needs featureShare above 0, at most 1, found 2'],
    ['a test, which single trees have', { significance: 0.1 }, 'knows no option "significance"'],
  ])('refuses %s', (_, options, message) => {
    const error = errorOf(() => fitUpliftForest(rows, { ...roles, ...options }));
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toContain(message);
  });
});
