import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import type { TableLike } from '../../src/data/table.js';
import { bootstrapInterval, meanAbsoluteError, rocAuc, validateOutOfTime } from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';

const DAY = 864e5;
const numbers = (table: TableLike, name: string): Float64Array => (table.column(name) as { values: Float64Array }).values;

// Two rows a day, in no order; the sign of x turns round on day 75, as markets do.
const rows = ((): { asOf: Date; day: number; x: number; customer: string; bought: number; spend: number }[] => {
  const random = createRandom(4);
  return Array.from({ length: 200 }, (_, i) => {
    const day = (i * 37) % 100;
    const x = random.normal();
    const turned = day < 75 ? x : -x;
    return { asOf: new Date(Date.UTC(2026, 0, 1) + day * DAY), day, x, customer: `c${i % 50}`, bought: random.uniform() < 1 / (1 + Math.exp(-2 * turned)) ? 1 : 0, spend: 5 + turned };
  });
})();

const learnt: number[][] = [];
const options = {
  target: 'bought',
  time: 'day',
  fit: (_: unknown, train: Uint32Array): number => learnt.push([...train].map((row) => rows[row]!.day)),
  predict: (_: number, test: TableLike) => numbers(test, 'x').map((x) => 1 / (1 + Math.exp(-2 * x))),
  replicates: 50,
} as const;
const lastTrain = (): number[] => learnt[learnt.length - 1]!;

describe('validateOutOfTime', () => {
  it('learns from strictly earlier rows and judges the later ones', () => {
    const found = validateOutOfTime(rows, { ...options, testShare: 0.25 });
    expect(found.testFrom).toBe(75);
    expect(Math.max(...lastTrain())).toBe(74);
    expect([found.trainRows, found.purgedRows, found.rows.length]).toEqual([150, 0, 50]);
    expect([...found.rows]).toEqual([...rows.keys()].filter((row) => rows[row]!.day >= 75));
    expect([...found.labels]).toEqual([...found.rows].map((row) => rows[row]!.bought));
    expect([...found.scores]).toEqual([...found.rows].map((row) => 1 / (1 + Math.exp(-2 * rows[row]!.x))));
    // What held before the turn does not hold after it: folds at random would not have said so.
    expect(found.metrics.rocAuc.estimate).toBeLessThan(0.4);
  });

  it('leaves rows out whose outcome was not over when the test begins', () => {
    const found = validateOutOfTime(rows, { ...options, testFrom: 75, horizon: 10 });
    expect(Math.max(...lastTrain())).toBe(65);
    expect([found.trainRows, found.purgedRows]).toEqual([132, 18]);
    const dated = validateOutOfTime(rows, { ...options, time: 'asOf', testFrom: new Date(Date.UTC(2026, 0, 76)), horizon: { days: 10 } });
    expect(Math.max(...lastTrain())).toBe(65);
    expect([dated.trainRows, dated.purgedRows, dated.testFrom]).toEqual([132, 18, Date.UTC(2026, 0, 76)]);
    expect(dated.metrics).toEqual(found.metrics);
    expect(validateOutOfTime(rows, { ...options, time: 'asOf', testFrom: '2026-03-17' }).rows).toEqual(found.rows);
  });

  it('gives each metric with its bootstrap interval, customers drawn whole where asked', () => {
    const weights = rows.map((row) => 1 + (row.day % 2));
    const found = validateOutOfTime(rows, { ...options, metrics: { rocAuc }, weights, groups: 'customer', confidence: 0.9, seed: 3 });
    const pick = <Value>(values: readonly Value[]): Value[] => Array.from(found.rows, (row) => values[row]!);
    expect(found.metrics.rocAuc).toEqual(
      bootstrapInterval(rocAuc, found.labels, found.scores, { weights: pick(weights), groups: pick(rows.map((row) => row.customer)), replicates: 50, confidence: 0.9, seed: 3 }),
    );
  });

  it('judges amounts by their errors, and asks the model for predict', () => {
    const model = { predict: (table: TableLike) => numbers(table, 'x').map((x) => 5 + x) };
    const found = validateOutOfTime(rows, { target: 'spend', time: 'day', fit: () => model, replicates: 20, metrics: { meanAbsoluteError } });
    expect(found.model).toBe(model);
    expect(found.metrics.meanAbsoluteError.estimate).toBe(meanAbsoluteError(found.labels, found.scores));
    expect(() => validateOutOfTime(rows, { target: 'spend', time: 'day', fit: () => model })).toThrow('validateOutOfTime needs metrics for a target of amounts, such as { meanAbsoluteError }');
  });

  it.each<[object, string, string]>([
    [{ testFrom: 75, testShare: 0.2 }, 'INVALID_OPTION', 'takes one of testFrom and testShare'],
    [{ testShare: 1 }, 'INVALID_OPTION', 'needs a testShare between 0 and 1, found 1'],
    [{ testFrom: 0 }, 'INVALID_OPTION', 'needs rows before and after the cut in column "day", found no row to learn from'],
    [{ testFrom: 100 }, 'INVALID_OPTION', 'found no row to judge on; move testFrom back'],
    [{ testFrom: 75, horizon: 200 }, 'INVALID_OPTION', 'found no row to learn from; move testFrom on, or shorten testShare or horizon'],
    [{ testFrom: NaN }, 'INVALID_OPTION', 'needs testFrom as a finite number'],
    [{ time: 'asOf', testFrom: 'soon' }, 'INVALID_DATE', 'needs testFrom as a Date'],
    [{ horizon: { days: 3 } }, 'INVALID_OPTION', 'needs horizon as a number from 0 up for a time of numbers'],
    [{ time: 'asOf', horizon: 3 }, 'INVALID_OPTION', 'needs horizon as a duration such as { days: 14 } for a time of dates'],
    [{ time: 'customer' }, 'COLUMN_KIND', 'needs dates or numbers as time, found column "customer" of kind category'],
    [{ time: 'when' }, 'UNKNOWN_COLUMN', 'found no column "when"'],
    [{ confidence: 0 }, 'INVALID_OPTION', 'needs a confidence between 0 and 1'],
    [{ predict: () => [0.5] }, 'LENGTH_MISMATCH', 'needs one score for each of 60 rows, found 1'],
    [{ fit: undefined }, 'INVALID_OPTION', 'needs fit as a function, (train) => model, found undefined'],
    [{ share: 0.3 }, 'INVALID_OPTION', 'knows no option "share"'],
  ])('refuses %j', (wrong, code, message) => {
    const run = (): unknown => validateOutOfTime(rows, { ...options, ...wrong } as never);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringMatching(/^validateOutOfTime /) as string }));
    expect(run).toThrow(message);
  });

  it('refuses rows without a time or a group, and no rows', () => {
    const gaps = Frame.fromColumns({ day: [1, NaN, 3], bought: [0, 1, 0], customer: ['a', 'b', null], x: [1, 2, 3] });
    const run = (data: Frame<'day' | 'bought' | 'customer' | 'x'>): unknown => validateOutOfTime(data, { ...options, fit: () => 1, groups: 'customer' });
    expect(() => run(gaps)).toThrow('validateOutOfTime needs a time in every row, found none in column "day", row 1');
    expect(() => run(gaps.withColumn('day', [1, 2, 3]) as typeof gaps)).toThrow('needs a group for every row judged, found none in row 2');
  });
});
