import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { compareRankings, rankingMetrics, type RankingMetricName, type RankingMetrics, type RankingSource } from '../../../src/evaluation/index.js';
import { normalSurvival } from '../../../src/numeric/normal.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

/** Results with these recalls of customers 0, 1, 2, … */
function judged(recalls: readonly number[], definition = 'hits'): RankingMetrics<5> {
  const perCustomer = { 'recall@5': Float64Array.from(recalls) } as unknown as RankingMetrics<5>['perCustomer'];
  return { perCustomer, customers: recalls.map((_, c) => c), definitions: { recall: definition } } as unknown as RankingMetrics<5>;
}

describe('compareRankings', () => {
  it('gives the difference of the means, who is served better, and the interval of the paired differences', () => {
    const random = createRandom(5);
    const [a, b] = [[], []] as [number[], number[]];
    for (let c = 0; c < 400; c++) {
      const common = random.uniform();
      a.push(common + 0.1 * random.normal() + 0.02);
      b.push(common);
    }
    const found = compareRankings(judged(a), judged(b), { metric: 'recall@5' });
    const gaps = a.map((value, c) => value - b[c]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / 400;
    const error = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / 400 / 400);
    expect(found.difference.estimate).toBeCloseTo(mean, 12);
    expect(found.first - found.second).toBeCloseTo(mean, 12);
    // The samples come within their own error of the normal theory, which is close for 400 customers.
    expect(Math.abs(found.standardError / error - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.difference.lower - (mean - 1.96 * error)) / error).toBeLessThan(0.3);
    expect(Math.abs(found.difference.upper - (mean + 1.96 * error)) / error).toBeLessThan(0.3);
    expect(Math.abs(found.p - 2 * normalSurvival(mean / error))).toBeLessThan(0.01);
    expect(found).toMatchObject({ metric: 'recall@5', n: 400, replicates: 1000, stopped: false });
    expect(found.better).toEqual({ first: gaps.filter((gap) => gap > 0).length, second: gaps.filter((gap) => gap < 0).length });
    expect(compareRankings(judged(a), judged(b), { metric: 'recall@5' })).toEqual(found);
    const turned = compareRankings(judged(b), judged(a), { metric: 'recall@5' });
    expect(turned.difference.lower).toBeCloseTo(-found.difference.upper, 12);
    expect(turned.p).toBeCloseTo(found.p, 12);
  });

  it('finds no difference of a ranking from itself, and the least p there is where one is always better', () => {
    const values = [0.2, 0.4, 0.9, 0.1, 0.5];
    expect(compareRankings(judged(values), judged(values), { metric: 'recall@5' })).toMatchObject({ difference: { estimate: 0, lower: 0, upper: 0 }, p: 1 });
    const found = compareRankings(judged(values.map((value) => value + 0.05)), judged(values), { metric: 'recall@5', replicates: 199 });
    expect(found.p).toBe(2 / 200);
    expect(found.better).toEqual({ first: 5, second: 0 });
  });

  it('leaves customers without a value out, and can be stopped', () => {
    const found = compareRankings(judged([1, NaN, 0, 1]), judged([0, NaN, 0, 1]), { metric: 'recall@5', onProgress: ({ done, total }) => done < 10 && total === 1000 });
    expect(found).toMatchObject({ n: 3, first: 2 / 3, second: 1 / 3, replicates: 10, stopped: true });
  });

  it('takes what rankingMetrics gives', () => {
    const rows = Array.from({ length: 60 }, (_, c) => ({ c, p: c % 3 === 0 ? 'b' : 'a' }));
    const test = Holdings.fromRows(rows, { customer: 'c', product: 'p' });
    const metricsOf = (first: number, second: number): RankingMetrics<1 | 2> => rankingMetrics(Float64Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? first : second)), test, { k: [1, 2] });
    const found = compareRankings(metricsOf(1, 0), metricsOf(0, 1), { metric: 'ndcg@1' });
    expect(found).toMatchObject({ first: 2 / 3, second: 1 / 3, n: 60, better: { first: 40, second: 20 } });
    expect(compareRankings(metricsOf(1, 0), metricsOf(0, 1), { metric: 'recall@2' }).p).toBe(1);
    // @ts-expect-error -- depth 5 was not asked for
    expect(errorCode(() => compareRankings(metricsOf(1, 0), metricsOf(0, 1), { metric: 'ndcg@5' }))).toBe('INVALID_OPTION');
  });

  it('refuses other values and other candidates, where it can tell', () => {
    const test = Holdings.fromRows(Array.from({ length: 9 }, (_, c) => ({ c, p: 'abc'[c % 3]! })), { customer: 'c', product: 'p' });
    const held = Holdings.fromRows(Array.from({ length: 9 }, (_, c) => ({ c, p: 'bca'[c % 3]! })), { customer: 'c', product: 'p' }, { customers: test.customers, products: test.products });
    const scores = Float64Array.from({ length: 27 }, (_, i) => i % 5);
    const judge = (options: object, ranking: RankingSource = scores): RankingMetrics<1> => rankingMetrics(ranking, test, { k: [1], ...options });
    const compare = (a: RankingMetrics<1>, b: RankingMetrics<1>, metric: RankingMetricName<1> = 'ndcg@1'): string => errorCode(() => compareRankings(a, b, { metric }));
    expect(compare(judge({ values: [1, 2, 3] }), judge({ values: { c: 3, a: 1, b: 2 } }), 'valueNdcg@1')).toBe('none');
    for (const values of [[3, 2, 1], [1, 2, 4]]) {
      const [a, b] = [judge({ values: [1, 2, 3] }), judge({ values })];
      expect(compare(a, b, 'valueNdcg@1')).toBe('INVALID_INPUT');
      // The other figures do not depend on them.
      expect(compare(a, b)).toBe('none');
    }
    const [without, all] = [judge({ held }), judge({ held, excludeHeld: false })];
    expect(() => compareRankings(without, all, { metric: 'ndcg@1' })).toThrow('found "all products that are not held" and "all products" for candidates; judge both with the same options');
    const lists = judge({ held }, { columns: Int32Array.from({ length: 9 }, (_, c) => c % 3), size: 1 });
    expect([compare(lists, without), compare(all, lists)]).toEqual(['none', 'none']);
  });

  it('refuses what it cannot use, naming the remedy', () => {
    const [a, b] = [judged([1, 0, 1]), judged([0, 1, 0])];
    expect(() => compareRankings(a, judged([1, 0]), { metric: 'recall@5' })).toThrow('compareRankings needs both rankings judged by the same customers, found 3 and 2, others from position 2 on; judge both by one test');
    expect(() => compareRankings(a, judged([1, 0, 1, 1]), { metric: 'recall@5' })).toThrow('found 3 and 4; judge both by one test');
    expect(() => compareRankings(a, judged([1, 0, 1], 'hits / n'), { metric: 'recall@5' })).toThrow('compareRankings needs both rankings judged by the same definition, found "hits" and "hits / n" for recall');
    expect(() => compareRankings(a, b, { metric: 'recall@7' as never })).toThrow('compareRankings needs a metric that both rankings have, found "recall@7"; there are recall@5');
    expect(errorCode(() => compareRankings(a, {} as never, { metric: 'recall@5' }))).toBe('INVALID_INPUT');
    expect(errorCode(() => compareRankings(judged([1]), judged([0]), { metric: 'recall@5' }))).toBe('EMPTY_INPUT');
    const wrong = [{}, { metric: 'recall@5', replicates: 1 }, { metric: 'recall@5', confidence: 0 }, { metric: 'recall@5', baseline: 'a' }];
    for (const options of wrong) expect([options, errorCode(() => compareRankings(a, b, options as never))]).toEqual([options, 'INVALID_OPTION']);
  });
});
