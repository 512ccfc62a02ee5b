import { expect, it } from 'vitest';
import { auditChurnDesign } from '../../src/churn/define/auditChurnDesign.js';
import { churnLabels } from '../../src/churn/define/churnLabels.js';
import { churnSnapshots } from '../../src/churn/define/churnSnapshots.js';
import { churnThresholds } from '../../src/churn/define/churnThresholds.js';
import { EventLog } from '../../src/data/eventLog.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Golden {
  readonly customers: number;
  readonly tx_days: number;
  readonly closed_gaps: number;
  readonly open_gaps: number;
  readonly naive_gap_pct: Readonly<Record<string, number>>;
  readonly gap_km: Readonly<Record<string, number>>;
  readonly S_inf: number;
  readonly p_return_180_given_silent: Readonly<Record<string, number>>;
  readonly dcurve: Readonly<Record<string, readonly [number, number]>>;
  readonly snapshots_lookback180_H90: Readonly<Record<string, { readonly n: number; readonly churn: number; readonly complete: boolean; readonly outcome_end: string }>>;
}

const [MISC, CDNOW] = ['golden/churn/misc.json', 'data/lifetime/cdnow_sample.csv'] as const;
const keys = (record: Readonly<Record<string, unknown>>): number[] => Object.keys(record).map(Number);

/** The CDNOW sample, whole days, observed to the end of June 1998. */
function cdnow(): EventLog {
  const rows = readCsv(CDNOW).map(({ sample_id: id, date, dollar_value: paid }) => ({ id: id!, at: date!, paid: Number(paid) }));
  return EventLog.fromRows(rows, { customer: 'id', time: 'at' }, { observedUntil: '1998-07-01' });
}

describeWithShared('what is churn here: CDNOW', [MISC, CDNOW], () => {
  const golden = readGolden<{ readonly cdnow: Golden }>(MISC).cdnow;
  const log = cdnow();

  it('gaps, regain, both errors, percentiles and the suggested day', () => {
    const horizon = { days: 180 };
    const found = churnThresholds(log, { horizon, silences: [...new Set([...keys(golden.p_return_180_given_silent), ...keys(golden.gap_km), ...keys(golden.dcurve)])] });
    expect([found.customers, found.visits, found.closedGaps, found.openGaps]).toEqual([golden.customers, golden.tx_days, golden.closed_gaps, golden.open_gaps]);
    const at = (days: number): (typeof found.silences)[number] => found.silences.find((row) => row.days === days)!;
    for (const [days, survival] of Object.entries(golden.gap_km)) expect(at(Number(days)).survival).toBeCloseTo(survival, 10);
    for (const [days, regain] of Object.entries(golden.p_return_180_given_silent)) {
      const row = at(Number(days)).regain!;
      expect(row.estimate).toBeCloseTo(regain, 10);
      expect(row.lower < regain && regain < row.upper && row.upper - row.lower < 0.12).toBe(true);
    }
    for (const [days, [typeOne, typeTwo]] of Object.entries(golden.dcurve)) {
      expect(at(Number(days)).falseAlarms).toBeCloseTo(typeOne, 12);
      expect(at(Number(days)).missed).toBeCloseTo(typeTwo, 12);
    }
    expect(found.percentiles.map(({ share, naiveDays }) => [String(100 * share), naiveDays])).toEqual(Object.entries(golden.naive_gap_pct));
    expect(found.percentiles.map(({ days }) => days === null)).toEqual([false, true, true, true, true]);
    expect(found.suggested!.days).toBe(161);
    expect(found.suggested!.lower).toBeLessThan(161);
    expect(found.suggested!.upper).toBeGreaterThan(161);
    expect(Math.abs(found.balancedDays! - 180)).toBeLessThan(5);
    expect(found.warnings).toEqual(['the 90th percentile of closed gaps, 196 days, leaves out the 2357 gaps still open of 6696: by then 60.6 % of gaps have ended, not 90 %, and it is never reached: 30.7 % of gaps outlast all that was observed']);
    expect(1 - golden.S_inf).toBeLessThan(0.9);
  });

  it('snapshots: eligible, churned, and missing where the window is not over', () => {
    for (const [key, { n, churn, complete }] of Object.entries(golden.snapshots_lookback180_H90)) {
      const [asOf, gap] = key.split('|gap') as [string, string];
      const { counts, to } = churnLabels(log, { asOf, gap: { days: Number(gap) }, horizon: { days: 90 }, lookback: { days: 180 }, rule: { kind: 'inactivity' } });
      expect([counts.eligible, to <= log.observedUntil]).toEqual([n, complete]);
      expect([counts.happened, counts.incomplete]).toEqual(complete ? [churn, 0] : [0, n]);
    }
    const { cuts, rows } = churnSnapshots(log, { from: '1997-07-01', to: '1998-04-01', every: { months: 3 }, horizon: { days: 90 }, gap: { days: 14 }, lookback: { days: 180 }, rule: { kind: 'inactivity' } });
    expect(cuts.map(({ eligible, happened, incomplete }) => [eligible, happened, incomplete])).toEqual([[2347, 1931, 0], [719, 443, 0], [609, 368, 0], [589, 0, 589]]);
    expect(rows.values('churned').filter((label) => label === null)).toHaveLength(589);
  });
});

const TABLES = ['data/churn/iranian_churn.csv', 'data/churn/telco_customer_churn.csv', 'data/churn/rossi.csv'] as const;

describeWithShared('how public data sets about leaving were made', TABLES, () => {
  const [iranian, telco, rossi] = TABLES.map((path) => readCsv(path).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.trim() === '' ? null : Number.isNaN(Number(cell)) ? cell : Number(cell)])))) as [Row[], Row[], Row[]];
  type Row = Record<string, string | number | null>;

  it('Iranian: 300 copies; Telco: a cross-section; Rossi: in order', () => {
    const copies = auditChurnDesign(iranian, { target: 'Churn' }).findings;
    expect(copies.map(({ code, rows }) => [code, rows])).toEqual([['DUPLICATE_ROWS', 300]]);
    const crossSection = auditChurnDesign(telco, { target: 'Churn', customer: 'customerID', duration: 'tenure', eventPeriod: 1 }).findings;
    expect(crossSection.map(({ code, certainty }) => [code, certainty])).toContainEqual(['LEFT_TRUNCATION', 'certain']);
    expect(auditChurnDesign(telco, { target: 'Churn', customer: 'customerID', duration: 'tenure' }).findings[0]).toMatchObject({ code: 'LEFT_TRUNCATION', certainty: 'possible' });
    expect(auditChurnDesign(telco, { target: 'Churn', customer: 'customerID' }).findings).toEqual([]);
    expect(auditChurnDesign(rossi, { target: 'arrest', duration: 'week' }).findings).toEqual([]);
  });

  it('Telco multiplied before the split, as in the papers with an AUC above .95', () => {
    const left = telco.filter((row) => row['Churn'] === 'Yes');
    const multiplied = [...telco, ...left, ...left.slice(0, 5174 - 2 * 1869)];
    expect(auditChurnDesign(multiplied, { target: 'Churn', customer: 'customerID' }).findings.map(({ code }) => code)).toEqual(['RESAMPLED']);
  });
});
