import { expect, it } from 'vitest';
import { qiniCoefficient } from '../../src/response/effects/qiniCoefficient.js';
import { rankAverageTreatmentEffect } from '../../src/response/effects/rankAverageTreatmentEffect.js';
import { fitUpliftForest } from '../../src/response/trees/fitUpliftForest.js';
import { fitUpliftTree } from '../../src/response/trees/fitUpliftTree.js';
import { describeWithShared, readCsv } from './shared.js';

const CSV = 'data/scoring/hillstrom.csv';
const WOMENS = 'Womens E-Mail';
const MENS = 'Mens E-Mail';
const CONTROL = 'No E-Mail';
const NUMBERS = ['recency', 'history', 'mens', 'womens', 'newbie', 'visit'] as const;
const roles = { target: 'visit', treatment: 'segment', control: CONTROL, features: ['recency', 'history', 'mens', 'womens', 'newbie', 'zip_code', 'channel'] } as const;

describeWithShared('trees of uplift on the Hillstrom trial', [CSV], () => {
  const rows = readCsv(CSV).map((row) => ({ ...row, ...Object.fromEntries(NUMBERS.map((name) => [name, Number(row[name])])) })) as unknown as (Record<string, string> & { visit: number; segment: string })[];
  // An arm against no e-mail, in file order; fold = earlier rows of the same outcome and arm, mod 5; the last one is the test.
  const split = (arm: string): { train: typeof rows; test: typeof rows } => {
    const seen = new Map<string, number>();
    const parts = { train: [] as typeof rows, test: [] as typeof rows };
    for (const row of rows.filter(({ segment }) => segment === arm || segment === CONTROL)) {
      const key = `${row.visit} ${row.segment}`;
      seen.set(key, (seen.get(key) ?? -1) + 1);
      parts[seen.get(key)! % 5 === 4 ? 'test' : 'train'].push(row);
    }
    return parts;
  };
  const qini = (test: typeof rows, arm: string, uplift: Float64Array): number => qiniCoefficient(test.map(({ visit }) => visit), test.map(({ segment }) => Number(segment === arm)), uplift);

  it('women’s e-mail: one question finds who reacts; tree and forest rank unseen customers as well as the learners of the golden table (.0132 to .0554)', () => {
    const { train, test } = split(WOMENS);
    const tree = fitUpliftTree(train, { ...roles, treatments: [WOMENS] });
    expect(tree.leaves.map(({ text }) => text)).toEqual(['womens > 0.5', 'womens <= 0.5']);
    expect(tree.leaves[0]!.uplifts[0]!.lower).toBeGreaterThan(tree.leaves[1]!.uplifts[0]!.upper);
    expect(tree.report.heterogeneity[0]!.p).toBeLessThan(1e-6);
    expect(qini(test, WOMENS, tree.predictUplift(test))).toBeCloseTo(0.04956, 5);
    const forest = fitUpliftForest(train, { ...roles, treatments: [WOMENS], trees: 50 });
    expect(qini(test, WOMENS, forest.predictUplift(test))).toBeGreaterThan(0.04);
    const autoc = rankAverageTreatmentEffect(train.map(({ visit }) => visit), train.map(({ segment }) => Number(segment === WOMENS)), forest.outOfBagUplift!, { replicates: 20 });
    expect(autoc.lower).toBeGreaterThan(0);
  });

  it('men’s e-mail: works for all alike, so the tree makes no split', () => {
    const { train } = split(MENS);
    const tree = fitUpliftTree(train, { ...roles, treatments: [MENS] });
    expect(tree.leaves).toHaveLength(1);
    expect(tree.leaves[0]!.uplifts[0]).toMatchObject({ verdict: 'raises' });
  });

  it('both e-mails at once: two numbers a customer', () => {
    const tree = fitUpliftTree(rows, { ...roles, treatments: [MENS, WOMENS] });
    expect(tree.leaves[0]!.uplifts).toHaveLength(2);
    const { overall } = tree.report;
    // .182757 and .151400 of the arms visit, .106167 without e-mail.
    expect(overall[0]!.lower < 0.0766 && overall[0]!.upper > 0.0766).toBe(true);
    expect(overall[1]!.lower < 0.0452 && overall[1]!.upper > 0.0452).toBe(true);
    expect(tree.report.heterogeneity[1]!.p).toBeLessThan(1e-6);
  });
});
