import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitUpliftTree, type UpliftTreeOptions } from '../../../src/response/trees/fitUpliftTree.js';
import { UpliftTree } from '../../../src/response/trees/upliftTree.js';
import { errorOf, simulate } from './trials.js';

const roles = { target: 'bought', treatment: 'arm', control: 'none', features: ['visits', 'age', 'plan'] } as const;
const greedy = { ...roles, honest: false, significance: 1, minArmSize: 15, maxDepth: 3 } as const;

describe('fitUpliftTree', () => {
  it('finds the customers whom the treatment moves, and says so in words', () => {
    const rows = simulate(4000, 1, 0.4);
    const tree = fitUpliftTree(rows, roles);
    const [best, ...others] = tree.leaves;
    expect(best!.text).toBe('plan is gold and visits > 5.5');
    expect(best!.uplifts[0]).toMatchObject({ treatment: 'mail', verdict: 'raises' });
    expect(best!.uplifts[0]!.lower).toBeLessThan(0.4);
    expect(best!.uplifts[0]!.upper).toBeGreaterThan(0.4);
    expect(others.every(({ uplifts }) => uplifts[0]!.verdict === 'not distinguishable')).toBe(true);
    expect(tree.report).toMatchObject({ rowCount: 4000, honest: true, grownOn: 2000, estimatedOn: 2000, leaves: 3, depth: 2 });
    expect(tree.report.heterogeneity[0]).toMatchObject({ treatment: 'mail', degreesOfFreedom: 2 });
    expect(tree.report.heterogeneity[0]!.p).toBeLessThan(1e-6);
    expect(tree.leaves.reduce((sum, { rows: n }) => sum + n, 0)).toBe(4000);
    expect(tree.importance()[0]!.feature).toBe('plan');
    expect(tree.toText().split('\n')).toHaveLength(5);
    expect(tree.toText()).toContain('\n  plan is gold: ');
  });

  it('makes no split where nobody reacts otherwise than the others', () => {
    const stumps = Array.from({ length: 40 }, (_, seed) => fitUpliftTree(simulate(500, 100 + seed, 0), { ...roles, seed }).report);
    // The root's test is of 5 percent, corrected for all splits.
    expect(stumps.filter(({ leaves }) => leaves === 1).length).toBeGreaterThanOrEqual(35);
    expect(stumps[0]!.heterogeneity[0]).toMatchObject({ statistic: 0, degreesOfFreedom: 0, p: 1 });
    expect(stumps.some(({ leaves }) => leaves > 1)).toBe(true);
  });

  it('has intervals that hold the true uplift in 95 of 100 leaves, although the best-looking splits were picked', () => {
    const cover = (honest: boolean): number => {
      let [held, all] = [0, 0];
      for (let seed = 0; seed < 40; seed++) {
        const rows = simulate(600, seed, 0.3);
        const tree = fitUpliftTree(rows, { ...greedy, honest, maxDepth: 2, seed });
        const found = tree.predictUplift(rows);
        for (const { uplifts } of tree.leaves) {
          const { estimate, lower, upper } = uplifts[0]!;
          const here = rows.filter((_, i) => Math.abs(found[i]! - estimate) < 1e-12);
          const truth = here.reduce((sum, row) => sum + row.truth, 0) / here.length;
          held += Number(lower <= truth && truth <= upper);
          all++;
        }
      }
      return held / all;
    };
    // 0.9485 of 738 leaves in 200 trials; 0.685 without honesty.
    expect(cover(true)).toBeGreaterThan(0.9);
    // Of the rows the splits were found on, the same intervals are too good to be true.
    expect(cover(false)).toBeLessThan(0.8);
  });

  it('takes numbers as outcome: a shift of all of them changes no uplift, another unit multiplies it', () => {
    const rows = simulate(1200, 3, 0.4).map((row, i) => ({ ...row, spend: 10 * row.bought + (i % 7) }));
    const fit = (a: number, b: number): UpliftTree => fitUpliftTree(rows.map((row) => ({ ...row, spend: a + b * row.spend })), { ...greedy, target: 'spend' });
    const [plain, shifted, scaled] = [fit(0, 1), fit(1e6, 1), fit(0, 100)];
    const uplift = plain.predictUplift(rows);
    expect(shifted.leaves.map(({ text }) => text)).toEqual(plain.leaves.map(({ text }) => text));
    shifted.predictUplift(rows).forEach((value, i) => expect(value).toBeCloseTo(uplift[i]!, 7));
    scaled.predictUplift(rows).forEach((value, i) => expect(value / 100).toBeCloseTo(uplift[i]!, 9));
    // Welch's interval is symmetric.
    for (const { uplifts: [{ estimate, lower, upper }] } of plain.leaves as unknown as { uplifts: [{ estimate: number; lower: number; upper: number }] }[]) expect(estimate - lower).toBeCloseTo(upper - estimate, 9);
    expect(plain.positive).toBe(null);
  });

  it('compares several treatments with one control: a number each, and one of two is the tree of that one alone', () => {
    const rows = simulate(1500, 4, 0.4, ['none', 'mail', 'call']);
    const both = fitUpliftTree(rows, { ...greedy, treatments: ['call', 'mail'] });
    expect(both.treatments).toEqual(['call', 'mail']);
    const uplifts = both.predictUplift(rows.slice(0, 5));
    expect(uplifts).toHaveLength(10);
    rows.slice(0, 5).forEach((row, i) => expect([...both.predictUpliftRow(row)]).toEqual([...uplifts.subarray(2 * i, 2 * i + 2)]));
    expect(both.leaves[0]!.arms.map(({ arm }) => arm)).toEqual(['none', 'call', 'mail']);
    expect(both.explain(rows[0]!, { treatment: 'mail' }).prediction).toBe(uplifts[1]);
    const one = fitUpliftTree(rows, { ...greedy, treatments: ['mail'] });
    const alone = fitUpliftTree(rows.filter(({ arm }) => arm !== 'call'), greedy);
    expect(JSON.stringify(one)).toBe(JSON.stringify(alone));
    expect(fitUpliftTree(rows, { ...roles, significance: 0.2 }).report.heterogeneity).toHaveLength(2);
  });

  it('does not depend on the order of rows, takes weight 2 for the row twice and weight 0 for no row', () => {
    const rows = simulate(400, 5, 0.4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const random = createRandom(seed);
        const weights = rows.map(() => random.integer(3));
        const repeated = shuffle(rows.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row)), random);
        const [weighted, plain] = [fitUpliftTree(rows, { ...greedy, weights }), fitUpliftTree(repeated, greedy)];
        expect(weighted.toJSON().nodes).toEqual(plain.toJSON().nodes);
        expect(JSON.stringify(weighted.leaves)).toBe(JSON.stringify(plain.leaves));
      }),
      { seed: 20261122, numRuns: 5 },
    );
  });

  it('grows the worthiest splits first where leaves are limited, as part of the tree without limit', () => {
    const rows = simulate(1500, 6, 0.4);
    const [three, full] = [fitUpliftTree(rows, { ...greedy, maxLeaves: 3 }), fitUpliftTree(rows, greedy)];
    expect(three.report.leaves).toBe(3);
    expect(full.report.leaves).toBeGreaterThan(3);
    const { nodes } = full.toJSON();
    const second = Math.max(nodes.gain[1]!, nodes.gain[2]!);
    expect(three.toJSON().nodes.gain.filter((gain) => gain > 0)).toEqual([nodes.gain[0], second]);
    expect(fitUpliftTree(rows, { ...greedy, maxLeaves: 1 }).leaves[0]!.text).toBe('every row');
    expect(fitUpliftTree(rows, { ...greedy, maxDepth: 0 }).report.depth).toBe(0);
  });

  it('keeps rows enough of every arm in every leaf, in both halves', () => {
    const rows = simulate(1000, 7, 0.4);
    const { leaves, report } = fitUpliftTree(rows, { ...greedy, honest: true, minArmSize: 30 });
    expect(report.leaves).toBeGreaterThan(2);
    for (const { arms, rows: n } of leaves) {
      for (const arm of arms) expect(arm.rows).toBeGreaterThanOrEqual(30);
      expect(n - arms[0]!.rows - arms[1]!.rows).toBeGreaterThanOrEqual(60);
    }
  });

  it('explains an uplift by contributions that add up to it', () => {
    const rows = simulate(1500, 8, 0.4);
    const tree = fitUpliftTree(rows, greedy);
    const { baseline, contributions, margin, prediction } = tree.explain(rows[0]!);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 12);
    expect(prediction).toBe(tree.predictUpliftRow(rows[0]!)[0]);
    const mean = tree.predictUplift(rows).reduce((sum, value) => sum + value, 0) / rows.length;
    expect(baseline).toBeCloseTo(mean, 12);
  });

  it('survives JSON to the bit', () => {
    const rows = simulate(800, 9, 0.4);
    const tree = fitUpliftTree(rows, roles);
    const back = UpliftTree.fromJSON(JSON.parse(JSON.stringify(tree)));
    expect(JSON.stringify(back)).toBe(JSON.stringify(tree));
    expect(back.predictUplift(rows)).toEqual(tree.predictUplift(rows));
    expect(back.leaves).toEqual(tree.leaves);
  });

  it('is the same tree in halves for the same seed, and another for another', () => {
    const rows = simulate(800, 10, 0.4);
    const fit = (seed: number): string => JSON.stringify(fitUpliftTree(rows, { ...greedy, honest: true, seed }));
    expect(fit(4)).toBe(fit(4));
    expect(fit(4)).not.toBe(fit(5));
  });

  it.each<[string, Partial<Record<keyof UpliftTreeOptions, unknown>>, string, string]>([
    ['an unknown option', { depth: 3 } as never, 'INVALID_OPTION', 'knows no option "depth"'],
    ['an unknown criterion', { criterion: 'gini' }, 'INVALID_OPTION', 'fitUpliftTree needs criterion as one of squared difference, effect variance, KL, chi'],
    ['a depth that is none', { maxDepth: -1 }, 'INVALID_OPTION', 'needs maxDepth as a whole number of at least 0, found -1'],
    ['no leaves', { maxLeaves: 0 }, 'INVALID_OPTION', 'needs maxLeaves as a whole number of at least 1, found 0'],
    ['arms of one row', { minArmSize: 1 }, 'INVALID_OPTION', 'needs minArmSize of at least 2, found 1'],
    ['too many bins', { maxBins: 256 }, 'INVALID_OPTION', 'needs maxBins as a whole number from 2 to 255, found 256'],
    ['half a seed', { seed: 0.5 }, 'INVALID_OPTION', 'needs seed as a whole number, found 0.5'],
    ['a flag that is none', { honest: 'yes' }, 'INVALID_OPTION', 'needs honest true or false, found "yes"'],
    ['a significance of 0', { significance: 0 }, 'INVALID_OPTION', 'needs significance above 0, at most 1, found 0'],
    ['a confidence of 95', { confidence: 95 }, 'INVALID_OPTION', 'needs a confidence between 0 and 1, found 95'],
    ['the target among the features', { features: ['visits', 'bought'] }, 'INVALID_OPTION', 'needs features without the target, found "bought"'],
    ['the treatment among the features', { features: ['arm'] }, 'INVALID_OPTION', 'needs features without the treatment, found "arm"'],
    ['a feature twice', { features: ['age', 'age'] }, 'DUPLICATE_COLUMN', 'found "age" twice in features'],
    ['no features', { features: [] }, 'EMPTY_INPUT', 'needs at least one feature, found none'],
    ['features in one text', { features: 'age' }, 'INVALID_OPTION', 'needs features as an array of names, found "age"'],
    ['an unknown feature', { features: ['ages'] }, 'UNKNOWN_COLUMN', 'found no column "ages"'],
    ['shares by KL where outcomes are numbers', { target: 'age', features: ['visits'], criterion: 'KL' }, 'INVALID_OPTION', 'compares shares by criterion "KL", found numbers in column "age"'],
    ['a control nobody is in', { control: 'nothing' }, 'INVALID_OPTION', 'found no row where "arm" is "nothing"'],
  ])('refuses %s', (_, options, code, message) => {
    const rows = simulate(60, 11, 0.2).map((row) => ({ ...row, age: row.age ?? 30 }));
    const error = errorOf(() => fitUpliftTree(rows, { ...roles, ...options } as never));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('refuses numbers whose squares overflow, and one class', () => {
    const rows = simulate(60, 12, 0.2);
    expect(errorOf(() => fitUpliftTree(rows.map((row) => ({ ...row, bought: row.visits * 1e200 })), roles)).code).toBe('INVALID_VALUE');
    expect(errorOf(() => fitUpliftTree(rows.map((row) => ({ ...row, bought: 0 })), roles)).code).toBe('TARGET_CLASSES');
  });

  it('splits where outcomes have no noise at all', () => {
    const rows = Array.from({ length: 800 }, (_, i) => ({ sex: i % 2 ? 'f' : 'm', mail: i % 4 > 1, spend: i % 4 === 3 ? 10 : 0 }));
    const { leaves } = fitUpliftTree(rows, { target: 'spend', treatment: 'mail', control: false });
    expect(leaves.map(({ text, uplifts }) => [text, uplifts[0]!.estimate])).toEqual([['sex is f', 10], ['sex is m', 0]]);
  });

  it('needs two rows of every arm to estimate on, in either half', () => {
    const rows = simulate(60, 12, 0.2);
    const few = [...rows.filter(({ arm }) => arm === 'none'), ...rows.filter(({ arm }) => arm === 'mail').slice(0, 3)];
    const error = errorOf(() => fitUpliftTree(few, roles));
    expect(error).toMatchObject({ code: 'NOT_IDENTIFIED', message: expect.stringContaining('four rows of every arm, two in either half, found 3 of "mail"') as string });
    expect(fitUpliftTree(few, { ...roles, honest: false }).leaves).toHaveLength(1);
  });

  it('asks which of several treatments to explain', () => {
    const rows = simulate(200, 13, 0.2, ['none', 'mail', 'call']);
    const error = errorOf(() => fitUpliftTree(rows, roles).explain(rows[0]!));
    expect(error.message).toContain('UpliftTree.explain needs treatment as one of call, mail');
  });
});
