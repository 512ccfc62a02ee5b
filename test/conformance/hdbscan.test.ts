import { expect, it } from 'vitest';
import { fitHdbscan } from '../../src/segmentation/density/fitHdbscan.js';
import { PointTree } from '../../src/segmentation/hierarchy/pointTree.js';
import { reachTree } from '../../src/segmentation/hierarchy/reachTree.js';
import { describeWithShared, readCsv } from './shared.js';

const DATA = 'data/segmentation/';
const SPEND = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'];

const table = (file: string, columns: readonly string[], log: boolean): Record<string, Float64Array> => {
  const rows = readCsv(`${DATA}${file}`);
  return Object.fromEntries(columns.map((column) => [column, Float64Array.from(rows, (row) => (log ? Math.log(Number(row[column])) : Number(row[column])))]));
};
const SETS: Readonly<Record<string, () => Record<string, Float64Array>>> = {
  mall: () => table('mall_customers.csv', ['age', 'annual_income_thousands', 'spending_score'], false),
  wholesale: () => table('wholesale_customers_udacity.csv', SPEND, true),
};

/**
 * Sums of core distances and of heights: R dbscan::hdbscan. Sums of strengths: scikit-learn 1.9.1 HDBSCAN, algorithm kd_tree. Sizes and noise are our own, kept
 * here against change: the references differ from each other, and scikit-learn from itself when rows are permuted, in which of several
 * equal distances they take first (mall 5: R has one segment of 10 + 6 rows apart where scikit-learn has 17 in one); here ties are one merge.
 */
const REFERENCE: readonly { set: string; minSize: number; cores: number; heights: number; sizes: readonly number[]; noise: number; probabilities?: number }[] = [
  { set: 'mall', minSize: 5, cores: 102.40186223374, heights: 104.15876199549, sizes: [34, 26, 24, 17, 14, 9], noise: 76 },
  { set: 'mall', minSize: 10, cores: 145.2603248263, heights: 145.7706933875, sizes: [34, 27, 17, 12], noise: 110, probabilities: 83.0579883739284 },
  { set: 'mall', minSize: 15, cores: 174.54883247918, heights: 174.6297364445, sizes: [39, 33], noise: 128, probabilities: 69.67040415449642 },
  { set: 'wholesale', minSize: 5, cores: 484.55161267645, heights: 485.7591342262, sizes: [233, 7], noise: 200 },
  { set: 'wholesale', minSize: 10, cores: 571.67599789746, heights: 571.28231311981, sizes: [48, 44], noise: 348 },
];

describeWithShared('HDBSCAN against R and scikit-learn', [`${DATA}mall_customers.csv`, `${DATA}wholesale_customers_udacity.csv`], () => {
  it.each(REFERENCE)('$set, minSize $minSize: core distances and heights to 1e-8, sizes and strengths', ({ set, minSize, cores, heights, sizes, noise, probabilities }) => {
    const data = SETS[set]!();
    const found = fitHdbscan(data, { minSize, scaling: 'standard' });
    const state = found.toJSON();
    expect(state.cores.reduce((sum, square) => sum + Math.sqrt(square), 0)).toBeCloseTo(cores, 8);
    const points = Float64Array.from(state.points);
    const width = state.features.length;
    const { reaches } = reachTree(points, width, new PointTree(points, width), Float64Array.from(state.cores));
    expect(reaches.reduce((sum, square) => sum + Math.sqrt(square), 0)).toBeCloseTo(heights, 8);
    expect(found.segments.map(({ size }) => size)).toEqual(sizes);
    expect(found.labels.filter((label) => label < 0).length).toBe(noise);
    if (probabilities !== undefined) expect(found.strengths.reduce((sum, strength) => sum + strength, 0)).toBeCloseTo(probabilities, 8);
    expect(found.assign(data)).toEqual(found.labels);
  });
});
