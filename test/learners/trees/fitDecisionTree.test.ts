import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { DecisionTree } from '../../../src/learners/trees/decisionTree.js';
import type { DecisionTreeProgress } from '../../../src/learners/trees/decisionTreeOptions.js';
import { fitDecisionTree } from '../../../src/learners/trees/fitDecisionTree.js';
import type { RuleCondition } from '../../../src/learners/trees/treeRules.js';
import { createRandom } from '../../../src/numeric/random.js';

interface Customer {
  readonly age: number | null;
  readonly visits: number;
  readonly plan: string | null;
  readonly stays: string;
  readonly segment: string;
  readonly spend: number;
}

const customers = (seed: number, count = 150): Customer[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = random.uniform() < 0.15 ? null : 20 + random.integer(50);
    const visits = random.integer(8);
    const plan = random.uniform() < 0.1 ? null : ['basic', 'gold', 'pro', 'silver'][random.integer(4)]!;
    const drive = 0.05 * ((age ?? 60) - 45) + 0.4 * (visits - 4) + (plan === 'gold' ? 1.5 : 0);
    const segment = drive + random.normal() > 0.8 ? 'high' : drive + random.normal() < -0.8 ? 'low' : 'middle';
    return { age, visits, plan, stays: random.uniform() < 1 / (1 + Math.exp(-drive)) ? 'yes' : 'no', segment, spend: 50 + 10 * drive + random.normal() };
  });
};
const features = ['age', 'visits', 'plan'] as const;
const everything = { complexity: 0, minLeafRows: 1, minSplitRows: 2 } as const;

/** The improvement of the best split of all, by trying every one of them. */
function bestGain(rows: readonly Customer[], y: (row: Customer) => readonly number[]): number {
  const impurity = (part: readonly Customer[]): number =>
    y(rows[0]!).reduce((total, _, k) => {
      const values = part.map((row) => y(row)[k]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return total + values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    }, 0);
  const rules: ((row: Customer) => boolean)[] = [];
  for (const limit of Array.from({ length: 100 }, (_, i) => i)) {
    rules.push((row) => row.visits <= limit);
    for (const missing of [true, false]) rules.push((row) => (row.age === null ? missing : row.age <= limit));
  }
  const plans = ['basic', 'gold', 'pro', 'silver', null];
  for (let set = 1; set < 31; set++) rules.push((row) => (set & (1 << plans.indexOf(row.plan))) !== 0);
  let best = 0;
  for (const rule of rules) {
    const [left, right] = [rows.filter(rule), rows.filter((row) => !rule(row))];
    if (left.length > 0 && right.length > 0) best = Math.max(best, impurity(rows) - impurity(left) - impurity(right));
  }
  return best;
}

const meets = (row: Readonly<Record<string, unknown>>, condition: RuleCondition): boolean => {
  const value = row[condition.feature] as number | string | null;
  if ('levels' in condition) return condition.levels.includes(value === null ? '(missing)' : String(value));
  if (value === null) return condition.missing === true;
  const isMissingOnly = condition.text.endsWith('is missing');
  return !isMissingOnly && Number(value) > (condition.above ?? -Infinity) && Number(value) <= (condition.atMost ?? Infinity);
};
const errorOf = (run: () => unknown): { code: string; message: string } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error;
    throw error;
  }
  return { code: 'none', message: '' };
};

describe('fitDecisionTree', () => {
  it('finds by hand: the split, its improvement, and the table of pruning', () => {
    // Gini times weight: 8 * 2 * 1/2 * 1/2 = 4 at the root; x <= 5.5 leaves one 1 among five on the left, and 1 alone on the right.
    const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((x) => ({ x, y: x === 2 || x > 5 ? 1 : 0 }));
    const tree = fitDecisionTree(rows, { target: 'y', ...everything });
    const { nodes } = tree.toJSON();
    expect([nodes.feature[0], nodes.threshold[0]]).toEqual([0, 5.5]);
    expect(nodes.gain[0]).toBeCloseTo(4 - 5 * 2 * 0.2 * 0.8, 12);
    expect(Array.from(tree.predictProbability(rows))).toEqual(rows.map(({ y }) => y));
    expect(tree.report).toMatchObject({ rowCount: 8, weight: 8, overall: [0.5], leaves: 4, depth: 3, folds: 0, stopped: false, complexity: 0 });
    expect(tree.report.pruning.map(({ leaves, trainingError }) => [leaves, Math.round(trainingError * 1e9) / 1e9])).toEqual([[1, 1], [2, 0.4], [4, 0]]);
    // (4 - 1.6) / 1 / 4 and (1.6 - 0) / 2 / 4.
    expect(tree.report.pruning[0]!.complexity).toBeCloseTo(0.6, 12);
    expect(tree.report.pruning[1]!.complexity).toBeCloseTo(0.2, 12);
  });

  it.each([1, 2, 3, 4, 5])('takes the best split of all: thresholds, sets of levels, and where the missing go (seed %i)', (seed) => {
    const rows = customers(seed, 60);
    const stump = { ...everything, maxDepth: 1, features };
    expect(fitDecisionTree(rows, { target: 'stays', ...stump }).toJSON().nodes.gain[0]).toBeCloseTo(bestGain(rows, (row) => (row.stays === 'yes' ? [1, 0] : [0, 1])), 9);
    expect(fitDecisionTree(rows, { target: 'spend', ...stump }).toJSON().nodes.gain[0]).toBeCloseTo(bestGain(rows, (row) => [row.spend]), 7);
    // Of more classes sets of levels are tried in a few orders: never better than the best, and by numbers alone the best.
    const found = fitDecisionTree(rows, { target: 'segment', ...stump }).toJSON().nodes.gain[0]!;
    const best = bestGain(rows, (row) => ['high', 'low', 'middle'].map((name) => Number(row.segment === name)));
    expect(found).toBeLessThanOrEqual(best + 1e-9);
    expect(found).toBeGreaterThan(0.9 * best);
  });

  it('divides three classes by numbers as trying every threshold does', () => {
    const rows = customers(9, 80).map(({ visits, segment }) => ({ visits, segment, age: 1, plan: 'basic', stays: '', spend: 0 }));
    const found = fitDecisionTree(rows, { target: 'segment', features: ['visits'], ...everything, maxDepth: 1 }).toJSON().nodes.gain[0];
    expect(found).toBeCloseTo(bestGain(rows, (row) => ['high', 'low', 'middle'].map((name) => Number(row.segment === name))), 9);
  });

  it('holds its limits', () => {
    const rows = customers(2, 300);
    const options = { target: 'stays', features, complexity: 0 } as const;
    expect(fitDecisionTree(rows, { ...options, maxDepth: 2 }).report.depth).toBe(2);
    const few = fitDecisionTree(rows, { ...options, maxLeaves: 5, minLeafRows: 15 });
    expect(few.report.leaves).toBe(5);
    expect(Math.min(...few.toRules().map((rule) => rule.rows))).toBeGreaterThanOrEqual(15);
    // The splits that gain most are made first: with five leaves no other five-leaf growth order has a larger first gain.
    const full = fitDecisionTree(rows, { ...options, minLeafRows: 15 });
    expect(few.toJSON().nodes.gain[0]).toBe(full.toJSON().nodes.gain[0]);
    expect(fitDecisionTree(rows, { ...options, minSplitRows: 301 }).report.leaves).toBe(1);
  });

  it('takes a weight of 2 for the row twice and of 0 for no row', () => {
    const rows = customers(3, 200);
    const weights = Float64Array.from(rows, (_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    for (const target of ['stays', 'spend', 'segment'] as const) {
      const options = { target, features, complexity: 0.005 };
      const [weighted, plain] = [fitDecisionTree(rows, { ...options, weights }), fitDecisionTree(repeated, options)];
      expect(weighted.toRules().map(({ text }) => text)).toEqual(plain.toRules().map(({ text }) => text));
      expect(weighted.report.weight).toBe(repeated.length);
    }
  });

  it('chooses the complexity by cross-validation with the one-standard-error rule, the same for a seed', () => {
    const rows = customers(4, 400);
    for (const [target, pruneBy] of [['stays', 'impurity'], ['stays', 'errors'], ['segment', 'impurity'], ['segment', 'errors'], ['spend', 'impurity']] as const) {
      const { report } = fitDecisionTree(rows, { target, features, pruneBy, seed: 7 });
      const steps = report.pruning;
      expect(report.folds).toBe(10);
      const best = steps.reduce((a, b) => (b.validationError! < a.validationError! ? b : a));
      const within = steps.filter(({ validationError }) => validationError! <= best.validationError! + best.validationStandardError!);
      expect(report.leaves).toBe(Math.min(...within.map(({ leaves }) => leaves)));
      expect(steps[0]!.leaves).toBe(1);
      expect(steps.map(({ leaves }) => leaves)).toEqual(steps.map(({ leaves }) => leaves).sort((a, b) => a - b));
      steps.slice(1).forEach((step, i) => expect(step.complexity).toBeLessThan(steps[i]!.complexity));
      expect(JSON.stringify(fitDecisionTree(rows, { target, features, pruneBy, seed: 7 }).report)).toBe(JSON.stringify(report));
    }
  });

  it('prunes chance to its root, and a constant target', () => {
    const random = createRandom(12);
    const noise = Array.from({ length: 400 }, () => ({ a: random.normal(), b: random.integer(5), y: random.integer(2), c: 7 }));
    expect(fitDecisionTree(noise, { target: 'y', features: ['a', 'b'] }).report.leaves).toBe(1);
    const flat = fitDecisionTree(noise, { target: 'c', features: ['a', 'b'] });
    expect([flat.report.leaves, flat.predictRow({ a: 0, b: 1 }), flat.toRules()[0]!.text, flat.toText()]).toEqual([1, 7, 'every row', 'every row: 400 rows, 7']);
  });

  it('tells how far it is, and stops when asked', () => {
    const rows = customers(6, 200);
    const seen: DecisionTreeProgress[] = [];
    fitDecisionTree(rows, { target: 'stays', features, folds: 4, onProgress: (progress) => void seen.push(progress) });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([[1, 5], [2, 5], [3, 5], [4, 5], [5, 5]]);
    const early = fitDecisionTree(rows, { target: 'stays', features, folds: 4, onProgress: ({ done }) => done < 3 }).report;
    expect([early.folds, early.stopped, early.pruning[0]!.validationError !== null]).toEqual([2, true, true]);
    const at1 = fitDecisionTree(rows, { target: 'stays', features, onProgress: () => false }).report;
    expect([at1.folds, at1.stopped, at1.complexity, at1.pruning[0]!.validationError]).toEqual([0, true, 0.01, null]);
  });

  it('has rules of which every training row meets exactly one, and they give its prediction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('stays', 'spend', 'segment'), (seed, target) => {
        const rows = customers(seed, 80);
        const tree = fitDecisionTree(rows, { target, features, complexity: 0.001, minLeafRows: 3, minSplitRows: 6 });
        const rules = tree.toRules();
        const counts = rules.map(() => 0);
        const predictions = target === 'spend' ? tree.predict(rows) : tree.predictProbability(rows);
        const width = Math.max(1, tree.classes.length);
        rows.forEach((row, i) => {
          const met = rules.filter(({ conditions }) => conditions.every((condition) => meets({ ...row }, condition)));
          expect(met.length).toBe(1);
          counts[rules.indexOf(met[0]!)]!++;
          if (width === 1) expect(predictions[i]).toBe(met[0]!.value);
          else expect(Array.from(predictions.subarray(i * width, (i + 1) * width))).toEqual(met[0]!.probabilities);
          expect(tree.explain({ ...row }, width > 1 ? { class: 'low' } : {}).path).toEqual(met[0]!.conditions);
        });
        expect(counts).toEqual(rules.map(({ rows: count }) => count));
        expect(rules.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(rules.map(({ value }) => value)).toEqual(rules.map(({ value }) => value).sort((a, b) => b - a));
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });
});

describe('DecisionTree', () => {
  const rows = customers(20, 300);
  const two = fitDecisionTree(rows, { target: 'stays', features, complexity: 0.01 });
  const three = fitDecisionTree(rows, { target: 'segment', features, complexity: 0.01 });
  const numbers = fitDecisionTree(rows, { target: 'spend', features, complexity: 0.01 });

  it('writes rules people can read: ranges merged, lists of levels, lift', () => {
    const rule = two.toRules()[0]!;
    expect(rule.lift).toBeCloseTo(rule.value / two.report.overall[0]!, 12);
    expect(rule.text).toBe(rule.conditions.map(({ text }) => text).join(' and '));
    for (const { conditions } of numbers.toRules()) expect(new Set(conditions.map(({ feature }) => feature)).size).toBe(conditions.length);
    const texts = numbers.toRules().flatMap(({ conditions }) => conditions.map(({ text }) => text));
    expect(texts.some((text) => /^[\d.]+ < visits <= [\d.]+$/.test(text))).toBe(true);
    expect(texts.some((text) => text.endsWith(' or missing'))).toBe(true);
    expect(numbers.toText().split('\n').length).toBe(numbers.toJSON().nodes.feature.length);
    expect(three.toRules()[0]!.class).toBe(three.classes[three.toRules()[0]!.probabilities.indexOf(three.toRules()[0]!.value)]);
  });

  it('says "is missing" and "is known" where that is what a split asks', () => {
    const data = Array.from({ length: 60 }, (_, i) => ({ age: i % 3 === 0 ? null : i, y: i % 3 === 0 ? 1 : 0 }));
    const tree = fitDecisionTree(data, { target: 'y', complexity: 0.01 });
    expect(tree.toRules().map(({ text, value }) => [text, value])).toEqual([['age is missing', 1], ['age is known', 0]]);
    expect(Array.from(tree.predictProbability([{ age: null }, { age: 1e300 }]))).toEqual([1, 0]);
    expect(JSON.stringify(DecisionTree.fromJSON(JSON.parse(JSON.stringify(tree))))).toBe(JSON.stringify(tree));
  });

  it('explains by contributions that add up, and by the way a row takes', () => {
    for (const row of customers(21, 30)) {
      for (const [tree, option] of [[two, {}], [numbers, {}], [three, { class: 'high' }]] as const) {
        const { baseline, contributions, margin, prediction } = tree.explain(row, option);
        expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(margin, 12);
        expect(prediction).toBe(margin);
        expect(baseline).toBeCloseTo(tree.report.overall[tree === three ? three.classes.indexOf('high') : 0]!, 12);
      }
    }
    const { path } = two.explain({ age: 30, visits: null, plan: 'platinum' });
    expect(path.every(({ feature }) => feature === 'age')).toBe(true);
  });

  it('predicts the average of both ways where training never saw a value', () => {
    const data = Array.from({ length: 100 }, (_, i) => ({ plan: i % 4 === 0 ? 'gold' : 'basic', visits: i % 2, spend: i % 4 === 0 ? 80 : 20 }));
    const tree = fitDecisionTree(data, { target: 'spend', complexity: 0.01 });
    expect(tree.predictRow({ plan: 'platinum', visits: 1 })).toBeCloseTo(35, 12);
    expect(tree.predictRow({ plan: null, visits: null })).toBeCloseTo(35, 12);
  });

  it('tells which features serve', () => {
    expect(numbers.importance().reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(numbers.importance().map(({ feature }) => feature).sort()).toEqual(['age', 'plan', 'visits']);
  });

  it.each([
    ['predict of classes', () => two.predict(rows), 'INVALID_INPUT', 'DecisionTree.predict is not for a target of classes; use predictProbability'],
    ['probabilities of numbers', () => numbers.predictProbabilityRow(rows[0]!), 'INVALID_INPUT', 'DecisionTree.predictProbabilityRow is not for a target of numbers; use predict'],
    ['no class', () => three.explain(rows[0]!), 'INVALID_OPTION', 'needs class as one of high, low, middle'],
    ['numbers too large to square', () => fitDecisionTree({ x: [1, 2, 3], y: [1e200, 2e200, 3e200] }, { target: 'y' }), 'INVALID_VALUE', 'cannot square the numbers of "y"'],
    ['a negative complexity', () => fitDecisionTree(rows, { target: 'stays', complexity: -1 }), 'INVALID_OPTION', 'fitDecisionTree needs complexity of 0 or more, found -1'],
    ['an unknown option', () => fitDecisionTree(rows, { target: 'stays', cp: 1 } as never), 'INVALID_OPTION', 'fitDecisionTree knows no option "cp"'],
    ['a date', () => fitDecisionTree(rows.map((row) => ({ ...row, joined: new Date(0) })), { target: 'stays' }), 'COLUMN_KIND', 'cannot use column "joined" of kind date'],
    ['an identifier', () => fitDecisionTree(Array.from({ length: 700 }, (_, i) => ({ id: `c${i}`, y: i % 2 })), { target: 'y' }), 'COLUMN_KIND', 'looks like an identifier'],
    ['damaged JSON', () => DecisionTree.fromJSON({ format: 'DecisionTree', formatVersion: 1, inputs: [] }), 'MODEL_FORMAT', 'DecisionTree.fromJSON needs nodes'],
  ] as const)('refuses %s', (_, run, code, message) => {
    const error = errorOf(run);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
