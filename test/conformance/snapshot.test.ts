import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { labelOutcome } from '../../src/data/labelOutcome.js';
import { snapshot } from '../../src/data/snapshot.js';
import { describeWithShared, readCsv } from './shared.js';

const CDNOW = 'data/lifetime/cdnow_sample.csv';

// Reference: notes/churn.md §4.6; active = a purchase in the last 180 days, lost = none in the 90 days that follow.
describeWithShared('snapshot and labelOutcome on CDNOW', [CDNOW], () => {
  const rows = readCsv(CDNOW) as Record<'sample_id' | 'date', string>[];
  // No amounts: a few orders of 0 dollars count as purchases in the reference.
  const log = EventLog.fromRows(rows, { customer: 'sample_id', time: 'date' });
  const lost = (asOf: string, gapDays: number): { active: number; lost: number } => {
    const labels = labelOutcome(log, { asOf, horizon: { days: 90 }, ...(gapDays > 0 && { gap: { days: gapDays } }) });
    const frame = snapshot(log, { asOf, windows: [{ days: 180 }] }).withColumn('returned', labels);
    const active = frame.filter((row) => (row['count180d'] as number) > 0);
    return { active: active.rowCount, lost: active.values('returned').reduce((sum: number, value) => sum + (value === null ? NaN : 1 - (value as number)), 0) };
  };

  it('reads 2,357 customers and 6,919 purchases', () => {
    expect([log.customerCount, log.eventCount]).toEqual([2357, rows.length]);
  });

  it.each([
    ['1997-07-01', 2347, 1939, 1931],
    ['1997-10-01', 719, 438, 443],
    ['1998-01-01', 609, 357, 368],
    ['1998-04-01', 589, 382, NaN],
  ])('as of %s: %i active, %i lost, with a gap of 14 days %i', (asOf, active, lostNow, lostAfterGap) => {
    expect(lost(asOf, 0)).toEqual({ active, lost: lostNow });
    expect(lost(asOf, 14)).toEqual({ active, lost: lostAfterGap });
  });
});
