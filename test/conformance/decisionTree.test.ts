import { expect, it } from 'vitest';
import { fitDecisionTree } from '../../src/learners/trees/fitDecisionTree.js';
import { describeWithShared, readCsv } from './shared.js';

const BANK = 'data/scoring/bank.csv';

/** What R's rpart 4.1.19 and scikit-learn 1.9 gave on the same rows; the first block is golden/scoring/rpart_bank.txt. */
describeWithShared('fitDecisionTree beside rpart and scikit-learn', [BANK, 'golden/scoring/rpart_bank.txt'], () => {
  const rows = readCsv(BANK, ';').map(({ duration: _, ...row }) => row);

  it('makes the splits of rpart, with its counts, rates and improvements', () => {
    const tree = fitDecisionTree(rows, { target: 'y', complexity: 0.003, minLeafRows: 50, minSplitRows: 100, pruneBy: 'errors' });
    expect(tree.toText().split('\n')).toEqual([
      'every row: 4521 rows, 0.1152',
      '  poutcome is not success: 4392 rows, 0.09973',
      '    month is not dec, mar or oct: 4268 rows, 0.09114',
      '    month is dec, mar or oct: 124 rows, 0.3952',
      '      day <= 16.5: 65 rows, 0.2462',
      '      day > 16.5: 59 rows, 0.5593',
      '  poutcome is success: 129 rows, 0.6434',
    ]);
    const { gain } = tree.toJSON().nodes;
    [74.0867865073, 22.2747102266, 6.0663708626].forEach((improvement, i) => expect(gain.filter((x) => x > 0)[i]).toBeCloseTo(improvement, 9));
    const rates = tree.toRules().map(({ value }) => value);
    [0.64341085271, 0.5593220339, 0.24615384615, 0.09114339269].forEach((rate, i) => expect(rates[i]).toBeCloseTo(rate, 10));
    const { pruning } = tree.report;
    expect(pruning.map(({ leaves }) => leaves)).toEqual([1, 2, 4]);
    [0.07101727447217, 0.00671785028791].forEach((cp, i) => expect(pruning[i]!.complexity).toBeCloseTo(cp, 13));
    [1, 0.928982725528, 0.915547024952].forEach((error, i) => expect(pruning[i]!.trainingError).toBeCloseTo(error, 11));
  });

  it('grows and prunes trees of numbers as rpart does (anova)', () => {
    const data = rows.map((row): Record<string, string | number> => ({ ...row, balance: Number(row['balance']) }));
    const features = ['age', 'job', 'education', 'day', 'month', 'campaign'] as const;
    const tree = fitDecisionTree(data, { target: 'balance', features, complexity: 0.002, minLeafRows: 70, minSplitRows: 200 });
    const cp = [0.02335742893683, 0.00667057821559, 0.00459050662932, 0.00456145101698, 0.00299633980217, 0.00290811425565, 0.002432666472];
    const errors = [1, 0.976642571063, 0.969971992848, 0.965381486218, 0.960820035201, 0.957823695399, 0.952007466888, 0.949574800416];
    const leaves = [1, 2, 3, 4, 5, 6, 8, 9];
    const { pruning } = tree.report;
    cp.forEach((value, i) => expect(pruning[i]!.complexity).toBeCloseTo(value, 13));
    errors.forEach((value, i) => expect(pruning[i]!.trainingError).toBeCloseTo(value, 11));
    expect(pruning.slice(0, 8).map((step) => step.leaves)).toEqual(leaves);
    expect(tree.report.leaves).toBe(9);
    const means = [884.237903226, 971.514847344, 1529.600993377, 1735.529739777, 1786.920792079, 2507.023809524, 2881.523076923, 2958.734939759, 3367.857142857];
    const found = tree.toRules().map(({ value }) => value).reverse();
    means.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 8));
  });

  it('weighs the links of a tree of classes by Gini as scikit-learn does (cost_complexity_pruning_path)', () => {
    const features = ['age', 'balance', 'day', 'campaign', 'pdays', 'previous'] as const;
    const { pruning } = fitDecisionTree(rows, { target: 'y', features, minLeafRows: 50, minSplitRows: 2, complexity: 0 }).report;
    const impurity = 2 * (521 / 4521) * (1 - 521 / 4521);
    const alphas = [0.005399696929718201, 0.0045507600288767006, 0.002994296300075666, 0.00103599001446829, 0.0005930771825402598, 0.00044885811961378403];
    const impurities = [0.20391947118318943, 0.19851977425347123, 0.19396901422459453, 0.19097471792451887, 0.1868307578666457, 0.18623768068410546];
    alphas.forEach((alpha, i) => expect(pruning[i]!.complexity * impurity).toBeCloseTo(alpha, 12));
    impurities.forEach((value, i) => expect(pruning[i]!.trainingError * impurity).toBeCloseTo(value, 12));
  });
});
