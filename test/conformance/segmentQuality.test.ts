import { expect, it } from 'vitest';
import { adjustedRandIndex } from '../../src/segmentation/quality/adjustedRandIndex.js';
import { calinskiHarabasz } from '../../src/segmentation/quality/calinskiHarabasz.js';
import { compareSegmentCounts } from '../../src/segmentation/quality/compareSegmentCounts.js';
import { daviesBouldin } from '../../src/segmentation/quality/daviesBouldin.js';
import { gapStatistic } from '../../src/segmentation/quality/gapStatistic.js';
import { segmentStability } from '../../src/segmentation/quality/segmentStability.js';
import { silhouette } from '../../src/segmentation/quality/silhouette.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const DATA = 'data/segmentation/';
const GOLDEN = 'golden/segmentation/golden_segmentation.json';

interface Golden {
  readonly kmeans_best: Readonly<Record<string, { readonly inertia: number; readonly sil: number; readonly simp: number; readonly ch: number; readonly db: number }>>;
  readonly kmeans_labels: Readonly<Record<string, string>>;
}

/** Columns of numbers of a file, or their logarithms; the default 'standard' scaling then makes the reference matrices of the README. */
function columns(file: string, names: readonly string[], isLog = false): Record<string, number[]> {
  const rows = readCsv(DATA + file);
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => (isLog ? Math.log(Number(row[name])) : Number(row[name])))]));
}
const SPEND = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'];
const SETS: Readonly<Record<string, () => Record<string, number[]>>> = {
  mall: () => columns('mall_customers.csv', ['age', 'annual_income_thousands', 'spending_score']),
  wholesale: () => columns('wholesale_customers_udacity.csv', SPEND, true),
  wholesale_raw: () => columns('wholesale_customers_udacity.csv', SPEND),
  retail_rfm: () => columns('online_retail_rfm_2011-12-10.csv', ['R', 'F', 'M'], true),
};
const FILES = ['mall_customers.csv', 'wholesale_customers_udacity.csv', 'online_retail_rfm_2011-12-10.csv'].map((file) => DATA + file);
const standard = { scaling: 'standard' } as const;

describeWithShared('indices of stored partitions against scikit-learn', [GOLDEN, ...FILES], () => {
  const { kmeans_best: best, kmeans_labels: stored } = readGolden<Golden>('golden', 'segmentation', 'golden_segmentation.json');
  it.each(Object.keys(best).filter((key) => key.split(':')[0]! in SETS && key in stored))('%s: silhouette, simplified silhouette, Calinski-Harabasz, Davies-Bouldin', (key) => {
    const data = SETS[key.split(':')[0]!]!();
    const labels = Array.from(stored[key]!, Number);
    const { sil, simp, ch, db } = best[key]!;
    expect(silhouette(data, labels, standard).estimate).toBeCloseTo(sil, 8);
    expect(silhouette(data, labels, { ...standard, kind: 'simplified' }).estimate).toBeCloseTo(simp, 8);
    expect(calinskiHarabasz(data, labels, standard) / ch).toBeCloseTo(1, 8);
    expect(daviesBouldin(data, labels, standard)).toBeCloseTo(db, 8);
    expect(adjustedRandIndex(labels, Array.from(stored[key]!, (digit) => `segment ${digit}`))).toBe(1);
  });
});

describeWithShared('the gap against clusGap of R (B = 200, d.power = 1)', FILES, () => {
  // Both sides drew 200 references: the difference of two such gaps has √2 the standard error of each; the paper's own one counts the data too.
  const reference: Readonly<Record<string, readonly number[]>> = {
    mall: [0.28064, 0.32875, 0.34186, 0.39984, 0.40861, 0.44442, 0.46148, 0.45934],
    wholesale: [0.81673, 0.86164, 0.85618, 0.85372, 0.86278],
  };
  it.each(['mall', 'wholesale'])('%s: gaps within 3 standard errors', (name) => {
    const { table, tibs2001, firstSEmax } = gapStatistic(SETS[name]!(), { ...standard, segments: [1, reference[name]!.length], references: 40, power: 1 });
    table.forEach(({ gap, standardError }, i) => expect(Math.abs(gap - reference[name]![i]!)).toBeLessThan(3 * standardError));
    expect(tibs2001).toBe(2);
    expect(firstSEmax).toBe(name === 'mall' ? 6 : 2);
  }, 120_000);
});

describeWithShared('stability against clusterboot of fpc (B = 100)', [GOLDEN, ...FILES], () => {
  const { kmeans_labels: stored } = readGolden<Golden>('golden', 'segmentation', 'golden_segmentation.json');
  it.each([
    ['mall:4', [1, 0.976, 0.973, 0.97]],
    ['mall:5', [0.992, 0.898, 0.863, 0.767, 0.63]],
    ['mall:6', [0.998, 0.966, 0.959, 0.939, 0.928, 0.911]],
    ['mall:7', [0.999, 0.933, 0.917, 0.871, 0.87, 0.842, 0.831]],
    ['wholesale:3', [0.946, 0.891, 0.858]],
    ['wholesale:4', [0.81, 0.756, 0.725, 0.706]],
  ] as const)('%s', (key, expected) => {
    const { segments } = segmentStability(SETS[key.split(':')[0]!]!(), Array.from(stored[key]!, Number), standard);
    const sorted = [...segments].sort((a, b) => b.jaccard - a.jaccard);
    sorted.forEach(({ jaccard, standardError }, i) => expect(Math.abs(jaccard - expected[i]!)).toBeLessThan(3 * Math.SQRT2 * standardError + 0.01));
  }, 60_000);
});

describeWithShared('choices of the criteria', FILES, () => {
  it.each([['mall', 6, 6, 6], ['wholesale', 2, 2, 2], ['retail_rfm', 2, 2, undefined]] as const)('%s', (name, bySilhouette, byVariance, recommended) => {
    const { votes, recommendation, structure } = compareSegmentCounts(SETS[name]!(), { ...standard, sample: 1000, bootstraps: 10 });
    expect(votes.silhouette).toBe(bySilhouette);
    expect(votes.calinskiHarabasz).toBe(byVariance);
    expect(structure.found).toBe(true);
    if (recommended !== undefined) expect(recommendation.segments).toBe(recommended);
  }, 60_000);
});
