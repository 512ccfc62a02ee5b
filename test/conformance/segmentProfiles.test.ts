import { expect, it } from 'vitest';
import { describeSegments } from '../../src/segmentation/profile/describeSegments.js';
import { segmentMap } from '../../src/segmentation/profile/segmentMap.js';
import { segmentRules } from '../../src/segmentation/profile/segmentRules.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = 'golden/segmentation/golden_segmentation.json';
const MALL = 'data/segmentation/mall_customers.csv';
const WHOLESALE = 'data/segmentation/wholesale_customers_udacity.csv';
const SPENDING = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'] as const;

const standardised = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((x) => (x - mean) / deviation);
};

const labelsOf = (key: string): Int32Array => Int32Array.from(readGolden<{ kmeans_labels: Record<string, string> }>(GOLDEN).kmeans_labels[key]!, Number);

const mall = () => {
  const rows = readCsv(MALL);
  return Object.fromEntries(['age', 'annual_income_thousands', 'spending_score'].map((name) => [name, rows.map((row) => Number(row[name]))]));
};

/** Logarithms, standardised, as the golden figures take them; channels by name; segments by descending mean of all z. */
const wholesale = () => {
  const rows = readCsv(WHOLESALE);
  const spending = Object.fromEntries(SPENDING.map((name) => [name, standardised(rows.map((row) => Math.log(Number(row[name]))))]));
  const raw = labelsOf('wholesale:4');
  const level = [0, 1, 2, 3].map((segment) => {
    const own = [...raw.keys()].filter((row) => raw[row] === segment);
    return own.reduce((sum, row) => sum + SPENDING.reduce((total, name) => total + spending[name]![row]!, 0), 0) / own.length;
  });
  const order = [0, 1, 2, 3].sort((a, b) => level[b]! - level[a]!);
  return { spending, channel: rows.map((row) => (row['Channel'] === '1' ? 'Horeca' : 'Retail')), labels: raw.map((segment) => order.indexOf(segment)) };
};

describeWithShared('describeSegments beside the reference figures', [GOLDEN, WHOLESALE], () => {
  const { spending, channel, labels } = wholesale();
  const description = describeSegments({ ...spending, channel }, labels);

  it('gives the v-tests of the notes, as catdes of FactoMineR reckons them', () => {
    const expected = [
      [1.550882, 11.656751, 12.04311, -0.966984, 12.507118, 7.062709],
      [7.310777, -1.078506, -3.283764, 10.130015, -4.835391, 6.147521],
      [-10.994783, 4.390256, 5.895288, -10.482714, 6.613775, -7.554738],
      [-0.493114, -13.595552, -12.906377, -1.248845, -12.350691, -7.301616],
    ];
    expect(description.segments.map(({ customers }) => customers)).toEqual([119, 130, 61, 130]);
    expected.forEach((list, segment) => list.forEach((v, j) => expect(description.segments[segment]!.numbers[j]!.vTest).toBeCloseTo(v, 6)));
  });

  it('finds Retail over- and under-represented as there: index, adjusted residual, exact p', () => {
    const index = [244.7627, 16.6847, 203.1863, 2.3835];
    const residual = [12.762625, -7.812281, 5.994181, -9.153271];
    description.segments.forEach(({ categories, traits }, segment) => {
      const retail = categories[0]!.levels.find(({ level }) => level === 'Retail')!;
      expect(retail.index).toBeCloseTo(index[segment]!, 3);
      // One question of two levels: the trait names the level there is more of.
      const trait = traits.find(({ feature }) => feature === 'channel')!;
      expect(trait.value).toBe(residual[segment]! > 0 ? 'channel = Retail' : 'channel = Horeca');
      expect(trait.residual).toBeCloseTo(Math.abs(residual[segment]!), 6);
    });
    const counts = [94, 7, 40, 1];
    counts.forEach((count, segment) => {
      const { customers, categories } = description.segments[segment]!;
      expect(categories[0]!.levels.find(({ level }) => level === 'Retail')!.share * customers).toBeCloseTo(count, 9);
    });
    // Two-sided by the doubled tail; the notes give one.
    const { p } = description.segments[0]!.traits.find(({ feature }) => feature === 'channel')!;
    expect(p / 2 / 2.309719e-36).toBeCloseTo(1, 6);
  });

  it('gives chi-square and Cramér of the channel', () => {
    const found = description.features.find(({ feature }) => feature === 'channel')!;
    expect(found.chiSquare).toBeCloseTo(251.80879686, 7);
    expect(found.strength).toBeCloseTo(0.75650031, 7);
    expect(found.degreesOfFreedom).toBe(3);
  });

  it('maps onto the principal components that numpy.linalg.eigh finds', () => {
    const map = segmentMap(spending, labels, { scaling: 'none' });
    const variance = (values: Float64Array): number => values.reduce((sum, x) => sum + x * x, 0) / values.length / 6;
    const loadings = [
      [-0.10462664, 0.54227414, 0.57169402, -0.13835053, 0.5513378, 0.21223507],
      [0.59047385, 0.13314537, -0.00628236, 0.58953493, -0.06862424, 0.53038924],
    ];
    [0.43990911, 0.27127662].forEach((share, side) => {
      expect(map.axes[side]!.share).toBeCloseTo(share, 7);
      expect(variance(side === 0 ? map.x : map.y)).toBeCloseTo(share, 7);
      loadings[side]!.forEach((loading, j) => expect(map.axes[side]!.loadings[j]!.loading).toBeCloseTo(loading, 7));
    });
  });
});

describeWithShared('segmentRules beside scikit-learn trees of as many leaves', [GOLDEN, MALL, WHOLESALE], () => {
  const expected = [
    ['mall', 6, 6, 0.93, 0.863804, 1.084848],
    ['mall', 6, 8, 0.97, 0.930773, NaN],
    ['mall', 5, 5, 0.95, 0.890512, 1.077298],
    ['wholesale', 4, 4, 0.754545, 0.480404, 1.124284],
    ['wholesale', 4, 8, 0.809091, NaN, NaN],
  ] as const;

  it.each(expected)('%s, %i segments, %i leaves', (set, segments, leaves, fidelity, rand, price) => {
    const data = set === 'mall' ? mall() : wholesale().spending;
    const found = segmentRules(data, labelsOf(`${set}:${segments}`), { leaves, scaling: 'standard' });
    expect(found.fidelity).toBeCloseTo(fidelity, 6);
    if (rand === rand) expect(found.adjustedRandIndex).toBeCloseTo(rand, 6);
    if (price === price) expect(found.price).toBeCloseTo(price, 6);
    expect(found.rules.length).toBeLessThanOrEqual(leaves);
  });

  it('says plainly when the rules describe the segments only in part', () => {
    const { statement } = segmentRules(wholesale().spending, labelsOf('wholesale:4'), { leaves: 4 });
    expect(statement).toBe('4 rules place only 75.5 % of the customers in their segment; the segments are not cut along single columns, and these rules describe them in part');
  });
});
