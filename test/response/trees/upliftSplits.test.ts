import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitUpliftTree } from '../../../src/response/trees/fitUpliftTree.js';
import type { UpliftTree } from '../../../src/response/trees/upliftTree.js';
import type { UpliftCriterion } from '../../../src/response/trees/upliftTreeOptions.js';
import { bruteForceGain, naiveGain, type NaiveRow } from './bruteForce.js';

const criteria: readonly UpliftCriterion[] = ['squared difference', 'effect variance', 'KL', 'chi'];
const greedy = { target: 'y', treatment: 'arm', control: 0, honest: false, significance: 1 } as const;

/** 40 customers by hand: with x = 0 the treatment takes the rate from 2/10 to 8/10, with x = 1 from 4/10 to 2/10. */
const rates = [[0.2, 0.8], [0.4, 0.2]] as const;
const byHand = [0, 1].flatMap((x) => [0, 1].flatMap((arm) => Array.from({ length: 10 }, (_, i) => ({ x, arm, y: i < rates[x]![arm]! * 10 ? 1 : 0 }))));
const gainOf = (tree: UpliftTree, node = 0): number => tree.toJSON().nodes.gain[node]! / tree.toJSON().nodes.cover[node]!;

describe('criteria of a split', () => {
  const gain = (criterion: UpliftCriterion, normalise = false): number => gainOf(fitUpliftTree(byHand, { ...greedy, criterion, normalise, minArmSize: 5 }));
  const kl = (p: number, q: number): number => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  const chi = (p: number, q: number): number => (p - q) ** 2 / (q * (1 - q));

  it('squared difference: mean of squared uplifts 0.6 and -0.2, less that of the whole, 0.2', () => {
    expect(gain('squared difference')).toBeCloseTo((0.36 + 0.04) / 2 - 0.04, 12);
  });

  it('effect variance: a quarter of the squared difference of 0.6 and -0.2', () => {
    expect(gain('effect variance')).toBeCloseTo(0.25 * 0.64, 12);
  });

  it('KL and chi: divergence of rates drawn to 1/2 by two rows', () => {
    expect(gain('KL')).toBeCloseTo((kl(9 / 12, 3 / 12) + kl(3 / 12, 5 / 12)) / 2 - kl(11 / 22, 7 / 22), 12);
    expect(gain('chi')).toBeCloseTo((chi(9 / 12, 3 / 12) + chi(3 / 12, 5 / 12)) / 2 - chi(11 / 22, 7 / 22), 12);
  });

  it('normalised: divided by the impurity of a test that halves both arms, and 1/2', () => {
    // Both arms are halved alike, so the test itself does not diverge: Gini 1/2 + 1/2, entropy log 2 + 1/2.
    expect(gain('squared difference', true)).toBeCloseTo(0.16 / 1, 12);
    expect(gain('KL', true)).toBeCloseTo(gain('KL') / (Math.log(2) + 0.5), 12);
  });

  it('says what each leaf saw', () => {
    const tree = fitUpliftTree(byHand, { ...greedy, minArmSize: 5 });
    expect(tree.leaves.map(({ text }) => text)).toEqual(['x <= 0.5', 'x > 0.5']);
    expect(tree.leaves[0]).toMatchObject({ rows: 20, share: 0.5, arms: [{ arm: '0', rows: 10, mean: 0.2 }, { arm: '1', rows: 10, mean: 0.8 }] });
    // Agresti and Caffo: 9/12 - 3/12 and its standard error.
    const { estimate, lower, upper, verdict } = tree.leaves[0]!.uplifts[0]!;
    expect(estimate).toBeCloseTo(0.6, 12);
    const half = 1.959963984540054 * Math.sqrt((2 * 0.75 * 0.25) / 12);
    expect([lower, upper]).toEqual([expect.closeTo(0.5 - half, 10), expect.closeTo(0.5 + half, 10)]);
    expect(verdict).toBe('raises');
    expect(tree.leaves[1]!.uplifts[0]!.verdict).toBe('not distinguishable');
  });
});

describe('the split made', () => {
  const cell = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null, freq: 6 });
  const row = (arms: number): fc.Arbitrary<NaiveRow> => fc.record({ arm: fc.integer({ min: 0, max: arms - 1 }), y: fc.integer({ min: 0, max: 1 }), x: fc.tuple(cell, cell) });
  const problem = fc.integer({ min: 2, max: 3 }).chain((arms) => fc.record({ arms: fc.constant(arms), rows: fc.array(row(arms), { minLength: 18, maxLength: 30 }) }));

  it.each(criteria.flatMap((criterion) => [[criterion, false], [criterion, true]] as const))('is the best of all, in every node: %s, normalised %s', (criterion, normalise) => {
    fc.assert(
      fc.property(problem, ({ arms, rows }) => {
        fc.pre(Array.from({ length: arms }, (_, arm) => rows.filter((r) => r.arm === arm).length).every((n) => n >= 4) && new Set(rows.map(({ y }) => y)).size === 2);
        const data = rows.map(({ arm, y, x }) => ({ arm, y, a: x[0], b: x[1] }));
        const tree = fitUpliftTree(data, { ...greedy, criterion, normalise, minArmSize: 2, maxDepth: 3, features: ['a', 'b'] });
        const { nodes } = tree.toJSON();
        const visit = (node: number, here: readonly NaiveRow[], depth: number): void => {
          expect(nodes.cover[node]).toBe(here.length);
          if (nodes.feature[node]! < 0) {
            if (depth < 3) expect(bruteForceGain(criterion, normalise, here, arms, 2)).toBeLessThan(1e-9);
            return;
          }
          const goesLeft = ({ x }: NaiveRow): boolean => (x[nodes.feature[node]!] === null ? nodes.missingLeft[node] === 1 : x[nodes.feature[node]!]! <= nodes.threshold[node]!);
          const [left, right] = [here.filter(goesLeft), here.filter((r) => !goesLeft(r))];
          expect(gainOf(tree, node)).toBeCloseTo(naiveGain(criterion, normalise, left, right, arms), 9);
          expect(gainOf(tree, node)).toBeCloseTo(bruteForceGain(criterion, normalise, here, arms, 2), 9);
          visit(nodes.left[node]!, left, depth + 1);
          visit(nodes.left[node]! + 1, right, depth + 1);
        };
        visit(0, rows, 0);
      }),
      { seed: 20261122, numRuns: 12 },
    );
  });

  it('divides levels by their uplift: those that gain on one side, the others on the other', () => {
    const uplift: Readonly<Record<string, number>> = { a: 0.6, b: -0.2, c: 0.5, d: 0 };
    const rows = Object.keys(uplift).flatMap((level) => [0, 1].flatMap((arm) => Array.from({ length: 50 }, (_, i) => ({ level, arm, y: i < 50 * (0.3 + arm * uplift[level]!) ? 1 : 0 }))));
    const tree = fitUpliftTree(rows, { ...greedy, maxDepth: 1, minArmSize: 10 });
    expect(tree.leaves.map(({ text }) => text)).toEqual(['level is a or c', 'level is b or d']);
    // A level never seen goes both ways, and so is everybody's average.
    expect(tree.predictUplift([{ level: 'z' }])[0]).toBeCloseTo((tree.leaves[0]!.uplifts[0]!.estimate + tree.leaves[1]!.uplifts[0]!.estimate) / 2, 12);
  });

  it('sends missing numbers where they gain', () => {
    const rows = [null, 1, 2].flatMap((x) => [0, 1].flatMap((arm) => Array.from({ length: 40 }, (_, i) => ({ x, arm, y: arm === 1 && (x === null || x === 2) ? Number(i < 20) : Number(i < 4) }))));
    const tree = fitUpliftTree(rows, { ...greedy, maxDepth: 1, minArmSize: 10 });
    expect(tree.leaves.map(({ text }) => text)).toEqual(['x > 1.5 or missing', 'x <= 1.5']);
  });
});
