import { expect, it } from 'vitest';
import { fitNbd } from '../../src/lifetime/buying/nbd/fitNbd.js';
import { describeWithShared, readCsv } from './shared.js';

describeWithShared('NBD against the peers', ['data/lifetime/btyd_cdnow_cbs.csv'], () => {
  const rows = readCsv('data/lifetime/btyd_cdnow_cbs.csv');
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const customers = { unit: 'week', frequency: column('x'), recency: column('t.x'), tenure: column('T.cal') } as const;

  it('is the fit of BTYDplus on the CDNOW sample', () => {
    const { parameters, fit } = fitNbd(customers);
    // notes/lifetime.md 4.1: nbd of BTYDplus 1.2.0.
    expect(parameters.r / 0.3847658753).toBeCloseTo(1, 5);
    expect(parameters.alpha / 12.0720137321).toBeCloseTo(1, 5);
    expect(fit!.logLikelihood).toBeCloseTo(-9763.65761467, 6);
  });
});
