import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { segmentMigration } from '../../src/segmentation/movement/segmentMigration.js';
import { rfm } from '../../src/segmentation/rfm/rfm.js';
import { describeWithShared, readCsv } from './shared.js';

const INVOICES = 'data/segmentation/online_retail_invoices.csv';
const GOLDEN = 'golden/segmentation/golden_rfm_migration_0610_1210.csv';
/** The names of the reference file, in the words of `rf10Segments`. */
const NAMES: Readonly<Record<string, string>> = { about_to_sleep: 'about to sleep', at_risk: 'at risk', cant_lose: 'cannot lose', need_attention: 'need attention', potential_loyalist: 'potential loyalists' };
const named = (name: string): string => NAMES[name] ?? name;

describeWithShared('segmentMigration of the RFM segments of Online Retail, 2011-06-10 to 2011-12-10, cuts estimated anew', [INVOICES, GOLDEN], () => {
  const sales = readCsv(INVOICES).filter((row) => !row['InvoiceNo']!.startsWith('C') && Number(row['Amount']) > 0);
  const log = EventLog.fromRows(sales as Record<string, string>[], { customer: 'CustomerID', time: 'InvoiceDate', amount: 'Amount' });
  const [before, after] = [rfm(log, { asOf: '2011-06-10' }), rfm(log, { asOf: '2011-12-10' })];
  const moved = segmentMigration({ ...before, value: before.monetary }, { ...after, value: after.monetary });
  const countOf = (from: string, to: string): number => moved.counts[moved.segments.indexOf(from)]![moved.segments.indexOf(to)]!;

  it('gives all 10 x 10 counts of the reference', () => {
    expect(moved.segments).toHaveLength(10);
    let compared = 0;
    for (const { row_0: from, ...counts } of readCsv(GOLDEN)) {
      for (const to of moved.segments) {
        const expected = Object.entries(counts).find(([name]) => named(name) === to)?.[1] ?? 0;
        expect([from, to, countOf(named(from!), to)]).toEqual([from, to, Number(expected)]);
        compared++;
      }
    }
    expect(compared).toBe(100);
  });

  it('2,800 customers at both moments, 34.1429 % where they were, 1,538 new, none gone', () => {
    expect(moved.customers).toBe(2800);
    expect(moved.stayShare).toBeCloseTo(0.341429, 6);
    expect(moved.entries.reduce((sum, count) => sum + count, 0)).toBe(1538);
    expect(moved.exits.every((count) => count === 0)).toBe(true);
    expect(['champions', 'loyal', 'at risk', 'cannot lose'].map((to) => countOf('champions', to))).toEqual([164, 127, 57, 13]);
  });

  it('the tests are those of numpy and scipy 1.17 on the reference table', () => {
    expect(moved.symmetry).toMatchObject({ degreesOfFreedom: 39 });
    expect(moved.symmetry.statistic).toBeCloseTo(743.003579417365, 9);
    expect(moved.symmetry.p / 6.058407975770638e-131).toBeCloseTo(1, 9);
    expect(moved.marginalHomogeneity).toMatchObject({ degreesOfFreedom: 9 });
    expect(moved.marginalHomogeneity.statistic).toBeCloseTo(570.1996949393886, 8);
    expect(moved.marginalHomogeneity.p / 5.186808155927645e-117).toBeCloseTo(1, 8);
  });

  it('warns of champions at risk, and says that nearly as many came back', () => {
    const warning = moved.warnings.find(({ from, to }) => from === 'champions' && to === 'at risk')!;
    expect(warning.text).toBe('57 of 361 went from champions to at risk (15.8 %), 47 the other way: no more than coming and going');
    expect(warning.p).toBeCloseTo(0.37758392329809853, 10);
    expect(moved.warnings[0]).toBe(moved.warnings.reduce((most, next) => (next.valueAtStake > most.valueAtStake ? next : most)));
  });

  it('projects the present 4,338 customers and keeps them', () => {
    for (const step of moved.projection.customers) expect(step.reduce((sum, count) => sum + count, 0)).toBeCloseTo(4338, 6);
    expect(moved.projection.stationary[moved.segments.indexOf('new')]).toBeCloseTo(0, 12);
  });
});
