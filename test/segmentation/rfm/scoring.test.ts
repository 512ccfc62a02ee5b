import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { assignRfm } from '../../../src/segmentation/rfm/assignRfm.js';
import { marginByItem } from '../../../src/segmentation/rfm/marginByItem.js';
import { naturalBreaks } from '../../../src/segmentation/rfm/naturalBreaks.js';
import { ntile } from '../../../src/segmentation/rfm/ntile.js';
import { rankFirst } from '../../../src/segmentation/rfm/rankFirst.js';
import { rfm, type RfmOptions } from '../../../src/segmentation/rfm/rfm.js';
import { quantileCuts, type RfmScoring } from '../../../src/segmentation/rfm/rfmCuts.js';
import { rfmFromTable } from '../../../src/segmentation/rfm/rfmFromTable.js';
import { rfmGrid } from '../../../src/segmentation/rfm/rfmGrid.js';
import { rRfm } from '../../../src/segmentation/rfm/rRfm.js';
import { errorCode as codeOf } from '../../errorCode.js';

const SEED = { seed: 20261122, numRuns: 100 };
const DAY = 86_400_000;
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Customers of 1, 1, 1, 1, 2, 3 purchases at 5 each, all on one day. */
const log = EventLog.fromRows(
  ids.flatMap((id, k) => Array.from({ length: [1, 1, 1, 1, 2, 3][k]! }, () => ({ id, at: 0, paid: 5 }))),
  { customer: 'id', time: 'at', amount: 'paid' },
);
const score = (options: Partial<RfmOptions>): ReturnType<typeof rfm> => rfm(log, { asOf: DAY, bins: 3, segments: false, ...options });
const money = fc.array(fc.constantFrom(0.5, 1, 1, 2, 3, 8.25, 40, 41, 1000), { minLength: 1, maxLength: 60 }).map((values) => Float64Array.from(values));

describe('scoring conventions', () => {
  it('the default keeps equal customers together; rankFirst and ntile part them by their place', () => {
    expect([...score({}).frequencyScore]).toEqual([1, 1, 1, 1, 3, 3]);
    expect([...score({ scoring: rankFirst }).frequencyScore]).toEqual([1, 1, 2, 2, 3, 3]);
    expect([...score({ scoring: ntile }).recencyScore]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('cuts are given where scores were cut, and none where customers were ranked', () => {
    expect(score({ scoring: rankFirst }).cuts).toEqual({ recency: [1, 1], frequency: [], monetary: score({}).cuts.monetary });
    expect(score({ scoring: ntile }).cuts).toEqual({ recency: [], frequency: [], monetary: [] });
    const given = score({ scoring: ntile, cuts: { frequency: [1, 2] } });
    expect([[...given.frequencyScore], given.cuts.frequency]).toEqual([[1, 1, 1, 1, 2, 3], [1, 2]]);
  });

  it('a convention of one\'s own sees values, bins and dimension, and its cuts are checked', () => {
    const seen: unknown[] = [];
    const own: RfmScoring = (values, bins, dimension) => {
      seen.push([values.length, bins, dimension]);
      return dimension === 'monetary' ? [5, 10] : quantileCuts(values, bins);
    };
    expect([...score({ scoring: own }).monetaryScore]).toEqual([1, 1, 1, 1, 2, 3]);
    expect(seen).toEqual([[6, 3, 'recency'], [6, 3, 'frequency'], [6, 3, 'monetary']]);
    const run = (): unknown => score({ scoring: () => [3, 1] });
    expect(run).toThrow('rfm needs cuts.recency as 2 ascending finite numbers for 3 bins, found [3,1]');
    expect(codeOf(run)).toBe('INVALID_OPTION');
  });

  it.each([
    [() => Uint8Array.of(1, 2), 'rfm needs scoring as a function that gives 6 scores from 1 to 3, found "2 scores"'],
    [() => Uint8Array.of(1, 2, 3, 4, 1, 1), 'found 4'],
    [() => new Uint8Array(6), 'found 0'],
  ])('refuses scores it cannot use: %s', (scoring, message) => {
    expect(() => score({ scoring })).toThrow(message);
    expect(codeOf(() => score({ scoring }))).toBe('INVALID_OPTION');
  });

  it('with cuts of any kind and any number of bins, equal customers have equal scores whatever their order', () => {
    const cutting = fc.constantFrom<RfmScoring>(quantileCuts, naturalBreaks, rRfm);
    const table = fc.array(fc.record({ R: fc.integer({ min: 0, max: 9 }), F: fc.integer({ min: 1, max: 5 }), M: fc.constantFrom(0.5, 1, 2, 40, 41) }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(table.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), cutting, fc.integer({ min: 2, max: 10 }), ([rows, others], scoring, bins) => {
        const scoresOf = (data: typeof rows): [string[], unknown] => {
          const p = rfmFromTable(data, { recencyDays: 'R', frequency: 'F', monetary: 'M', scoring, bins, segments: false });
          return [data.map(({ R, F, M }, i) => `${R},${F},${M}: ${p.recencyScore[i]!} ${p.frequencyScore[i]!} ${p.monetaryScore[i]!}`), p.cuts];
        };
        const [scores, cuts] = scoresOf(rows);
        const [shuffled, sameCuts] = scoresOf(others);
        expect([shuffled.sort(), sameCuts]).toEqual([scores.slice().sort(), cuts]);
        expect(new Set(scores).size).toBe(new Set(rows.map(({ R, F, M }) => `${R},${F},${M}`)).size);
      }),
      SEED,
    );
  });

  it('ntile gives sizes that differ by one, the greater first, and follows the values', () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 2, max: 10 }), (values, bins) => {
        for (const dimension of ['recency', 'monetary'] as const) {
          const scores = ntile(values, bins, dimension);
          const sizes = Array.from({ length: bins }, (_, k) => scores.filter((s) => s === k + 1).length);
          expect(sizes).toEqual(Array.from({ length: bins }, (_, k) => Math.floor(values.length / bins) + (k < values.length % bins ? 1 : 0)));
          const sign = dimension === 'recency' ? -1 : 1;
          values.forEach((a, i) => values.forEach((b, j) => expect(sign * (a - b) > 0 && scores[i]! < scores[j]!).toBe(false)));
        }
      }),
      SEED,
    );
  });

  it('rankFirst cuts the ranks as pandas does', () => {
    // pd.qcut(pd.Series([3, 1, 1, 2, 1, 5, 1]).rank(method='first'), 3, labels=[1, 2, 3])
    expect([...(rankFirst(Float64Array.of(3, 1, 1, 2, 1, 5, 1), 3, 'frequency') as Uint8Array)]).toEqual([3, 1, 1, 2, 1, 3, 2]);
    expect(rankFirst(Float64Array.of(3, 1, 2), 2, 'monetary')).toEqual([2]);
  });

  it('a score of rRfm opens at quantile + 1, that value included', () => {
    for (const quantile of [-5.5, -1, 0, 0.25, 1, 7, 1e6]) {
      const [cut] = rRfm(Float64Array.of(quantile), 2) as [number];
      expect(cut).toBeLessThan(quantile + 1);
      expect((cut + (quantile + 1)) / 2 === cut || (cut + (quantile + 1)) / 2 === quantile + 1).toBe(true);
    }
  });

  it('all conventions are the same for all customers alike', () => {
    for (const scoring of [quantileCuts, rRfm, naturalBreaks]) {
      const { recencyScore } = score({ scoring });
      expect([...recencyScore]).toEqual(new Array(6).fill(3));
    }
  });
});

describe('naturalBreaks', () => {
  it('parts values at their gaps', () => {
    expect(naturalBreaks([1, 2, 2, 40, 41, 300], 3)).toEqual([2, 41]);
    expect([...score({ scoring: naturalBreaks }).frequencyScore]).toEqual([1, 1, 1, 1, 2, 3]);
  });

  it('gives bins - 1 ascending cuts whatever the values; the greatest scores highest when there are several', () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 2, max: 10 }), (values, bins) => {
        const cuts = naturalBreaks(values, bins);
        expect(cuts).toHaveLength(bins - 1);
        expect(cuts.every((cut, k) => k === 0 || cut >= cuts[k - 1]!)).toBe(true);
        const distinct = new Set(values).size;
        expect(Math.max(...values) > cuts[bins - 2]!).toBe(distinct > 1);
        expect(new Set(cuts).size).toBe(Math.max(1, Math.min(bins, distinct) - 1));
      }),
      SEED,
    );
  });

  it('has the least squares that any cuts have', () => {
    const squares = (values: number[]): number => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 3, maxLength: 9 }), (values) => {
        const sorted = values.slice().sort((a, b) => a - b);
        const costOf = (a: number, b: number): number => [sorted.slice(0, a), sorted.slice(a, b), sorted.slice(b)].reduce((sum, group) => sum + squares(group), 0);
        const [low, high] = naturalBreaks(values, 3) as [number, number];
        let least = Infinity;
        for (let a = 1; a < sorted.length - 1; a++) for (let b = a + 1; b < sorted.length; b++) least = Math.min(least, costOf(a, b));
        expect(costOf(sorted.indexOf(low) + 1, sorted.indexOf(high) + 1)).toBeCloseTo(least, 8);
      }),
      SEED,
    );
  });
});

describe('frozen cuts', () => {
  it('of any convention that cuts score a later date and a new customer alike', () => {
    for (const scoring of [quantileCuts, rRfm, naturalBreaks]) {
      const first = score({ scoring });
      const later = score({ asOf: 40 * DAY, cuts: first.cuts });
      expect(later.cuts).toEqual(first.cuts);
      expect([...later.frequencyScore]).toEqual([...first.frequencyScore]);
      expect(assignRfm({ recencyDays: 40, frequency: 3, monetary: 15 }, first.cuts, [])).toMatchObject({
        recencyScore: later.recencyScore[5], frequencyScore: later.frequencyScore[5], monetaryScore: later.monetaryScore[5],
      });
    }
  });

  it('of a convention that ranks are refused', () => {
    expect(() => score({ cuts: score({ scoring: ntile }).cuts })).toThrow('rfm needs cuts.recency as 2 ascending finite numbers for 3 bins, found []');
  });
});

describe('money as margin', () => {
  const sales = EventLog.fromRows(
    [
      { id: 'ann', at: 0, what: 'phone', paid: 400 }, { id: 'ann', at: 1, what: 'cover', paid: 30 }, { id: 'ann', at: 2, what: 'phone', paid: -100 },
      { id: 'bob', at: 0, what: 'cover', paid: 50 }, { id: 'bob', at: 1, what: null, paid: 0 }, { id: 'bob', at: 9 * DAY, what: 'phone', paid: 500 },
    ],
    { customer: 'id', time: 'at', item: 'what', amount: 'paid' },
  );
  const rates = { phone: 0.05, cover: 0.5 };

  it('is the amount times the rate of the item; revenue stays what was paid', () => {
    const portfolio = rfm(sales, { asOf: DAY, monetary: marginByItem(rates) });
    expect([...portfolio.monetary]).toEqual([30, 25]);
    expect(portfolio.segments.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(380);
    expect([...rfm(sales, { asOf: DAY, returns: 'ignore', monetary: marginByItem(rates) }).monetary]).toEqual([35, 25]);
  });

  it('takes one rate for all the rest, also in a log without items', () => {
    expect([...rfm(sales, { asOf: DAY, monetary: marginByItem({ cover: 0.5 }, { otherwise: 0.1 }) }).monetary]).toEqual([45, 25]);
    expect([...rfm(log, { asOf: DAY, monetary: marginByItem({}, { otherwise: 0.2 }) }).monetary]).toEqual([1, 1, 1, 1, 2, 3]);
  });

  it('with one rate for all scores as the sum does', () => {
    const [bySum, byMargin] = [rfm(log, { asOf: DAY }), rfm(log, { asOf: DAY, monetary: marginByItem({}, { otherwise: 0.5 }) })];
    expect(byMargin.monetaryScore).toEqual(bySum.monetaryScore);
  });

  it.each([
    [() => marginByItem({ phone: NaN }), 'INVALID_OPTION', 'marginByItem needs phone as a finite number, found NaN'],
    [() => marginByItem({}, { otherwise: Infinity }), 'INVALID_OPTION', 'marginByItem needs otherwise as a finite number, found Infinity'],
    [() => marginByItem({}, { rest: 1 } as never), 'INVALID_OPTION', 'knows no option "rest"'],
    [() => rfm(sales, { asOf: DAY, monetary: marginByItem({ phone: 0.1 }) }), 'UNKNOWN_ID', 'marginByItem found no rate for "cover"; add it, or give otherwise'],
    [() => rfm(log, { asOf: DAY, monetary: marginByItem(rates) }), 'UNKNOWN_ID', 'marginByItem found no rate for events without an item'],
    [() => rfm(EventLog.fromRows([{ id: 1, at: 0 }], { customer: 'id', time: 'at' }), { asOf: DAY, monetary: marginByItem(rates) }), 'INVALID_INPUT', 'marginByItem needs a log with amounts'],
  ])('refuses what it cannot use: %s', (run, code, message) => {
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});

describe('money of one\'s own', () => {
  it('is one number for each customer of the log', () => {
    expect([...score({ monetary: ({ customers }) => Float64Array.from(customers, (_, c) => c) }).monetary]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is refused where it is not finite', () => {
    const run = (): unknown => score({ monetary: () => Float64Array.of(NaN, 1, 2) });
    expect(run).toThrow('rfm needs monetary to give every customer finite money, found NaN for "a"');
    expect(codeOf(run)).toBe('NON_FINITE_VALUE');
  });
});

describe('rfmGrid', () => {
  it('counts customers and averages money cell by cell, empty cells too', () => {
    const grid = rfmGrid(score({}));
    expect(grid).toHaveLength(9);
    expect(grid[6]).toEqual({ recencyScore: 3, frequencyScore: 1, customers: 4, share: 4 / 6, meanMonetary: 5 });
    expect(grid[8]).toEqual({ recencyScore: 3, frequencyScore: 3, customers: 2, share: 2 / 6, meanMonetary: 12.5 });
    expect(grid[1]).toEqual({ recencyScore: 1, frequencyScore: 2, customers: 0, share: 0, meanMonetary: NaN });
  });
});
