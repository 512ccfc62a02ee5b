import { expect, it } from 'vitest';
import { fitHierarchy } from '../../src/segmentation/hierarchy/fitHierarchy.js';
import type { Linkage } from '../../src/numeric/hierarchy/linkageTree.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = ['golden', 'segmentation', 'golden_segmentation.json'] as const;
const DATA = 'data/segmentation/';

const table = (file: string, columns: readonly string[], log: boolean): Record<string, Float64Array> => {
  const rows = readCsv(`${DATA}${file}`);
  return Object.fromEntries(columns.map((column) => [column, Float64Array.from(rows, (row) => (log ? Math.log(Number(row[column])) : Number(row[column])))]));
};
const SPEND = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'];
const SETS: Readonly<Record<string, () => Record<string, Float64Array>>> = {
  mall: () => table('mall_customers.csv', ['age', 'annual_income_thousands', 'spending_score'], false),
  wholesale: () => table('wholesale_customers_udacity.csv', SPEND, true),
  wholesale_raw: () => table('wholesale_customers_udacity.csv', SPEND, false),
  retail_rfm: () => table('online_retail_rfm_2011-12-10.csv', ['R', 'F', 'M'], true),
};
/** Sums of the heights of Ward's tree (scipy 1.10.1, R's ward.D2). */
const SUMS: Readonly<Record<string, number>> = { mall: 213.71620971, wholesale: 839.37619051, retail_rfm: 1888.47672351 };

describeWithShared('hierarchies against scipy and R', [GOLDEN.join('/'), `${DATA}mall_customers.csv`], () => {
  const { linkage_last7: last } = readGolden<{ linkage_last7: Record<string, Partial<Record<Linkage, number[]>>> }>(...GOLDEN);

  it.each(Object.keys(SETS))('%s: the last heights to a relative 1e-8', (set) => {
    for (const [linkage, expected] of Object.entries(last[set]!) as [Linkage, number[]][]) {
      // Of 4,338 customers one kind of tree is enough.
      if (set === 'retail_rfm' && linkage !== 'ward') continue;
      const { heights } = fitHierarchy(SETS[set]!(), { linkage, scaling: 'standard' });
      const found = heights.slice(heights.length - expected.length);
      expected.forEach((height, i) => expect(Math.abs(found[i]! / height - 1)).toBeLessThan(1e-8));
      if (linkage === 'ward' && SUMS[set] !== undefined) expect(heights.reduce((sum, height) => sum + height, 0)).toBeCloseTo(SUMS[set]!, 7);
    }
  });

  it.each([[5, [66, 45, 39, 28, 22]], [6, [45, 45, 39, 28, 22, 21]]] as const)('mall cut into %i by Ward: the sizes of R', (segments, sizes) => {
    const labels = fitHierarchy(SETS['mall']!(), { scaling: 'standard' }).cut({ segments });
    expect(sizes.map((_, segment) => labels.filter((label) => label === segment).length)).toEqual(sizes);
  });
});
