import { expect, it } from 'vitest';
import { chiSquareSurvival } from '../../src/numeric/chiSquare.js';
import { fitResponseGroups } from '../../src/response/groups/fitResponseGroups.js';
import { readGroupInputs } from '../../src/response/groups/groupInputs.js';
import { requireGroupSettings } from '../../src/response/groups/groupOptions.js';
import { growGiniGroups } from '../../src/response/groups/growGiniGroups.js';
import { mergeLevels } from '../../src/response/groups/mergeLevels.js';
import { ResponseGroups } from '../../src/response/groups/responseGroups.js';
import { settleGroups } from '../../src/response/groups/settleGroups.js';
import { Frame } from '../../src/data/frame.js';
import { describeWithShared, readCsv } from './shared.js';

const BANK = 'data/scoring/bank.csv';

describeWithShared('response groups beside rpart and CHAID', [BANK, 'golden/scoring/rpart_bank.txt'], () => {
  const rows = readCsv(BANK, ';').map(({ duration: _, ...row }) => row);
  const y = rows.map((row) => Number(row['y'] === 'yes'));

  it('are the leaves of rpart where all rows grow and errors prune (golden/scoring/rpart_bank.txt)', () => {
    const frame = Frame.fromRows(rows);
    const features = frame.names.filter((name) => name !== 'y');
    const options = { target: 'y', shares: [1, 0, 0] as const, complexity: 0.003, maxGroups: 100, maxDepth: 30 };
    const settings = requireGroupSettings('test', options);
    const read = readGroupInputs('test', frame, features);
    const [all, weights, labels] = [Int32Array.from(rows.keys()), new Float64Array(rows.length).fill(1), Uint8Array.from(y)];
    const grown = growGiniGroups(read, all, weights, labels, 50, settings, undefined, 'errors');
    const state = settleGroups(read, grown, { parts: new Uint8Array(rows.length), weights, labels, times: null }, { target: 'y', positive: 'yes', features }, settings);
    const found = new ResponseGroups(state).groups.map(({ name, size, grown: { rate } }) => [name, size, Number(rate!.toFixed(6))]);
    expect(found).toEqual([
      ['poutcome is success', 129, 0.643411],
      ['poutcome is not success and month is dec, mar or oct and day > 16.5', 59, 0.559322],
      ['poutcome is not success and month is dec, mar or oct and day <= 16.5', 65, 0.246154],
      ['poutcome is not success and month is not dec, mar or oct', 4268, 0.091143],
    ]);
  });

  /** CHAID 5.5.1 of PyPI (scipy 1.17.1) on one column at a time, alpha_merge .05, no least size: groupings, chi-square, p. */
  it.each([
    ['job', 'admin. housemaid management|blue-collar|entrepreneur self-employed services technician unemployed|retired student unknown', 66.41430227944768, 2.4991128713672182e-14],
    ['marital', 'divorced single|married', 18.89190525848263, 1.3833843572381322e-05],
    ['education', 'primary secondary unknown|tertiary', 14.508512881878179, 0.00013952759651523453],
    ['contact', 'cellular telephone|unknown', 87.8526986958505, 7.05149649911038e-21],
    ['month', 'apr feb|aug|dec mar oct sep|jan jul jun nov|may', 242.75178489433185, 2.3703667477922365e-51],
    ['poutcome', 'failure|other|success|unknown', 386.8773872252409, 1.5398831095860172e-83],
  ])('merges %s as CHAID of PyPI does', (name, branches, chiSquare, p) => {
    const levels = [...new Set(rows.map((row) => row[name]!))].sort();
    const counts = { weights: new Float64Array(levels.length), events: new Float64Array(levels.length) };
    rows.forEach((row, i) => {
      counts.weights[levels.indexOf(row[name]!)]!++;
      counts.events[levels.indexOf(row[name]!)]! += y[i]!;
    });
    const found = mergeLevels(counts, -1, 0.05, 0);
    expect(found.branches.map((bins) => bins.map((bin) => levels[bin]).join(' ')).join('|')).toBe(branches);
    expect(found.chiSquare).toBeCloseTo(chiSquare, 10);
    expect(chiSquareSurvival(found.chiSquare, found.degreesOfFreedom) / p).toBeCloseTo(1, 10);
  });

  /** The same on the day of the month, and on age in ten bands of which every seventh row is missing: ordered, what is missing floats. */
  it('merges along an order as CHAID of PyPI does, the missing level too', () => {
    const count = (size: number, bins: readonly number[]): { weights: Float64Array; events: Float64Array } => {
      const counts = { weights: new Float64Array(size), events: new Float64Array(size) };
      bins.forEach((bin, i) => {
        counts.weights[bin]!++;
        counts.events[bin]! += y[i]!;
      });
      return counts;
    };
    const day = mergeLevels(count(33, rows.map((row) => Number(row['day']))), 32, 0.05, 0);
    expect(day.branches.map((bins) => `${Math.min(...bins)}-${Math.max(...bins)}`).join(' ')).toBe('1-1 2-5 6-9 10-10 11-16 17-17 18-18 19-20 21-28 29-29 30-31');
    expect(day.chiSquare).toBeCloseTo(67.59284885423823, 10);
    const ends = [25, 30, 35, 40, 45, 50, 55, 60, 65];
    const age = mergeLevels(count(11, rows.map((row, i) => (i % 7 === 0 ? 10 : ends.filter((end) => Number(row['age']) > end).length))), 10, 0.05, 0);
    expect(age.branches).toEqual([[0], [1, 2, 3, 4, 5, 6, 7, 10], [8, 9]]);
    expect(age.chiSquare).toBeCloseTo(76.38812675987924, 10);
  });

  it('holds on rows nothing was learnt from', () => {
    const { groups, report } = fitResponseGroups(rows, { target: 'y', method: 'chaid' });
    expect(report.confirmed).toBe(true);
    expect(report.trend!.p).toBeLessThan(1e-10);
    expect(groups[0]!.name).toBe('poutcome is success');
    for (const { change } of groups) expect(change!.p).toBeGreaterThan(0.05 / groups.length);
  });
});
