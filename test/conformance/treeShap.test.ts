import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BoostedTrees } from '../../src/learners/trees/boostedTrees.js';
import type { TreeNodes } from '../../src/learners/trees/treeNodes.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = 'golden/scoring/gbdt_telco.json';
const TELCO = 'data/churn/telco_customer_churn.csv';

interface Golden {
  readonly columns: readonly string[];
  readonly encoding: Readonly<Record<string, readonly string[]>>;
  readonly xgb_exact_d3: { readonly shap5: readonly (readonly number[])[]; readonly margin5: readonly number[]; readonly p10: readonly number[] };
  readonly treeshap_bruteforce_double: readonly (readonly number[])[];
}

/** The 20 trees of the golden model as xgboost 3.2 dumps them (exact, depth 3, eta .1, lambda 1, base_score .5); the first is the golden's `tree0`. */
const trees = JSON.parse(readFileSync(join(import.meta.dirname, 'xgboostTelcoTrees.json'), 'utf8')) as TreeNodes;

describeWithShared('BoostedTrees.explain beside xgboost', [GOLDEN, TELCO], () => {
  const golden = readGolden<Golden>(GOLDEN);
  const rows = readCsv(TELCO).map((row) =>
    Object.fromEntries(golden.columns.map((column) => [column, golden.encoding[column]?.indexOf(row[column]!) ?? Number(row[column])])),
  );
  const report = { rowCount: 7043, weight: 7043, rounds: 20, roundsMade: 20, reason: 'all trees' as const, heldOut: 0, heldOutLosses: [], settings: {} };
  const model = new BoostedTrees({
    format: 'BoostedTrees',
    formatVersion: 1,
    baselines: [0],
    inputs: golden.columns.map((column) => ({ column, missing: true })),
    trees,
    summary: { target: 'Churn', features: golden.columns, loss: 'logistic', positive: 'Yes', classes: [], report },
  });
  const shap = (row: object): number[] => {
    const { baseline, contributions } = model.explain(row);
    return [...golden.columns.map((column) => contributions.find(({ feature }) => feature === column)!.contribution), baseline];
  };

  it('gives the Shapley values of brute force in double precision to 1e-9', () => {
    golden.treeshap_bruteforce_double.forEach((expected, i) => shap(rows[i]!).forEach((value, j) => expect(Math.abs(value - expected[j]!)).toBeLessThan(1e-9)));
  });

  it('gives those of xgboost to the single precision it has', () => {
    golden.xgb_exact_d3.shap5.forEach((expected, i) => shap(rows[i]!).forEach((value, j) => expect(Math.abs(value - expected[j]!)).toBeLessThan(2e-7)));
    golden.xgb_exact_d3.margin5.forEach((margin, i) => expect(Math.abs(model.predictMargin(rows)[i]! - margin)).toBeLessThan(1e-6));
    golden.xgb_exact_d3.p10.forEach((p, i) => expect(Math.abs(model.predictProbabilityRow(rows[i]!) - p)).toBeLessThan(1e-6));
  });

  it('adds up to the margin for every customer', () => {
    const margins = model.predictMargin(rows);
    const amounts = model.contributions(rows);
    const { baseline } = model.explain(rows[0]!);
    rows.forEach((_, i) => expect(Math.abs(amounts.subarray(8 * i, 8 * i + 8).reduce((sum, x) => sum + x, baseline) - margins[i]!)).toBeLessThan(1e-12));
  });
});
