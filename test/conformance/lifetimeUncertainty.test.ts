import { expect, it } from 'vitest';
import type { BgNbd } from '../../src/lifetime/buying/bgNbd/bgNbd.js';
import { fitBgNbd } from '../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import { groupSummary } from '../../src/lifetime/summary/groupSummary.js';
import { bootstrapModel } from '../../src/lifetime/uncertainty/bootstrapModel.js';
import { deltaInterval } from '../../src/lifetime/uncertainty/deltaInterval.js';
import { drawInterval } from '../../src/lifetime/uncertainty/drawInterval.js';
import { parameterDraws } from '../../src/lifetime/uncertainty/parameterDraws.js';
import { describeWithShared, readCsv } from './shared.js';

describeWithShared('three ways to an interval on the CDNOW sample', ['data/lifetime/btyd_cdnow_cbs.csv'], () => {
  const rows = readCsv('data/lifetime/btyd_cdnow_cbs.csv');
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const groups = groupSummary({ unit: 'week', frequency: column('x'), recency: column('t.x'), tenure: column('T.cal') });
  const bootstrap = bootstrapModel((sample, start) => fitBgNbd(sample, { start }), groups, { samples: 300, seed: 8 });
  const draws = parameterDraws(bootstrap.model, { draws: 2000, seed: 9 });

  it('fits every sample', () => {
    expect(bootstrap).toMatchObject({ samples: 300, failures: 0, notConverged: 0, warnings: [] });
  });

  it.each<[string, number, (model: BgNbd) => number]>([
    ['all purchases of the next 39 weeks', 1.03, (model) => model.expectedPurchases(groups, { weeks: 39 }).reduce((sum, value, i) => sum + groups.weights[i]! * value, 0)],
    // The law is not quite that of CDNOW, where a few buy very often; what follows from the law alone is then too narrow here.
    ['the mean rate of purchases', 1.14, ({ parameters: { r, alpha } }) => r / alpha],
    ['the mean probability of stopping', 1.01, ({ parameters: { a, b } }) => a / (a + b)],
  ])('tell how well %s is known, the bootstrap %s times as widely', (_, wider, answer) => {
    const byDelta = deltaInterval(bootstrap.model, answer, { scale: 'log' });
    const byDraws = drawInterval(draws, answer);
    expect(Math.abs(byDraws.standardError / byDelta.standardError - 1)).toBeLessThan(0.07);
    expect(Math.abs(byDraws.lower - byDelta.lower)).toBeLessThan(0.25 * byDelta.standardError);
    expect(Math.abs(byDraws.upper - byDelta.upper)).toBeLessThan(0.25 * byDelta.standardError);
    // The ratio of 2,000 samples; of 300 a standard error is known to 4 per cent.
    const bySamples = drawInterval(bootstrap, answer);
    expect(Math.abs(bySamples.standardError / byDelta.standardError / wider - 1)).toBeLessThan(0.14);
    expect(bySamples.lower < byDelta.estimate && byDelta.estimate < bySamples.upper).toBe(true);
  });
});
