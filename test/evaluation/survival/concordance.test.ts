import { describe, expect, it } from 'vitest';
import { concordance, concordanceIndex, type ConcordanceIntervalOptions, type ConcordanceOptions, type ConcordancePairs } from '../../../src/evaluation/index.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { forLifetimes, naiveJackknife, naiveUncensored, type Lifetimes } from './lifetimes.js';

/** Every pair looked at, from the definition. */
function naive(rows: Lifetimes, options: ConcordanceOptions): ConcordancePairs {
  const { durations: t, events: d, risks: r } = rows;
  const pairs = { concordant: 0, discordant: 0, tiedRisk: 0, tiedTime: 0, tiedBoth: 0 };
  const weight = (i: number): number => options.weights?.[i] ?? 1;
  const all = [...t.keys()];
  for (const i of all) {
    if (d[i] === 0 || t[i]! > (options.until ?? Infinity)) continue;
    const group = all.filter((j) => options.strata === undefined || options.strata[j] === options.strata[i]);
    const of = <T>(values: readonly T[]): T[] => group.map((j) => values[j]!);
    const censoring = options.weighting === 'uno' ? naiveUncensored(of(t), of(d), group.map(weight), t[i]!) : 1;
    for (const j of group) {
      const product = (weight(i) * weight(j)) / censoring ** 2;
      if (t[j] === t[i] && d[j] === 1) {
        if (j > i) pairs[r[i] === r[j] ? 'tiedBoth' : 'tiedTime'] += product;
      } else if (t[j]! >= t[i]! && (options.entries?.[j] ?? 0) < t[i]!) {
        pairs[r[i]! > r[j]! ? 'concordant' : r[i]! < r[j]! ? 'discordant' : 'tiedRisk'] += product;
      }
    }
  }
  return pairs;
}

const optionsOf: Readonly<Record<string, (rows: Lifetimes) => ConcordanceOptions>> = {
  'by default': () => ({}),
  'with weights': ({ weights }) => ({ weights }),
  'within strata': ({ strata }) => ({ strata }),
  'with entries': ({ entries }) => ({ entries }),
  'with entries, strata, weights and an end': ({ entries, strata, weights }) => ({ entries, strata, weights, until: 6 }),
  "with Uno's weights": () => ({ weighting: 'uno' }),
  "with Uno's weights, rows' weights, strata and an end": ({ weights, strata }) => ({ weighting: 'uno', weights, strata, until: 7 }),
};

describe('concordance', () => {
  it.each(Object.keys(optionsOf))('counts the pairs that looking at every pair counts, %s', (name) => {
    forLifetimes((rows) => {
      const options = optionsOf[name]!(rows);
      const right = naive(rows, options);
      const { pairs, estimate, somersD } = concordance(rows.durations, rows.events, rows.risks, options);
      for (const kind of ['concordant', 'discordant', 'tiedRisk', 'tiedTime', 'tiedBoth'] as const) {
        if (options.weighting === 'uno') expect(pairs[kind]).toBeCloseTo(right[kind], 8);
        else expect(pairs[kind]).toBe(right[kind]);
      }
      const share = (right.concordant + right.tiedRisk / 2) / (right.concordant + right.discordant + right.tiedRisk);
      expect(estimate).toBeCloseTo(share, 12);
      expect(somersD).toBeCloseTo(2 * share - 1, 12);
      expect(concordanceIndex(rows.durations, rows.events, rows.risks, options)).toBe(estimate);
      expect(concordanceIndex(rows.durations, rows.events, rows.risks, { ...options, ties: 'ignore' })).toBeCloseTo(right.concordant / (right.concordant + right.discordant), 12);
    });
  });

  it.each<[string, (rows: Lifetimes) => ConcordanceOptions]>([
    ['by default', () => ({})],
    ['without ties', () => ({ ties: 'ignore' })],
    ['with entries, strata and an end', ({ entries, strata }) => ({ entries, strata, until: 6 })],
  ])('has the error of moving the weight of each row a little, %s', (_, of) => {
    forLifetimes((rows) => {
      const options = of(rows);
      const figure = (weights: readonly number[]): number => concordanceIndex(rows.durations, rows.events, rows.risks, { ...options, weights });
      const found = concordance(rows.durations, rows.events, rows.risks, { ...options, weights: rows.weights });
      expect(found.standardError).toBeCloseTo(naiveJackknife(rows.weights, figure), 7);
      const half = 1.959963984540054 * found.standardError;
      expect([found.lower, found.upper]).toEqual([Math.max(0, found.estimate - half), Math.min(1, found.estimate + half)].map((end) => expect.closeTo(end, 10) as number));
    }, 25);
  });

  it('adds up the rows of a customer before it squares', () => {
    forLifetimes((rows) => {
      const clusters = rows.durations.map((_, row) => row % 3);
      const of = (options: ConcordanceIntervalOptions): number => concordance(rows.durations, rows.events, rows.risks, options).standardError;
      expect(of({ clusters: rows.durations.map((_, row) => `row ${row}`) })).toBeCloseTo(of({}), 12);
      const step = 1e-5;
      const move = (cluster: number): number => {
        const at = (by: number): number => concordanceIndex(rows.durations, rows.events, rows.risks, { weights: clusters.map((one) => (one === cluster ? 1 + by : 1)) });
        return (at(step) - at(-step)) / (2 * step);
      };
      expect(of({ clusters })).toBeCloseTo(Math.hypot(move(0), move(1), move(2)), 7);
    }, 20);
  });

  it('counts a row of weight 2 as the row twice, of weight 0 as none', () => {
    forLifetimes(({ durations, events, risks, weights }) => {
      const often = (values: readonly number[]): number[] => values.flatMap((value, row) => new Array<number>(weights[row]!).fill(value));
      const { concordant, discordant, tiedRisk } = concordance(often(durations), often(events), often(risks)).pairs;
      const [none, both] = [[...weights, 0, 0], (values: readonly number[], value: number) => [...values, value, value]];
      const found = concordance(both(durations, 3), both(events, 1), both(risks, 9), { weights: none });
      expect(found.pairs).toMatchObject({ concordant, discordant, tiedRisk });
      expect(found.standardError).toBeCloseTo(concordance(durations, events, risks, { weights }).standardError, 12);
    });
  });

  it('takes the order of the rows, of the times and of the risks for what it is', () => {
    forLifetimes((rows) => {
      const order = shuffle([...rows.durations.keys()], createRandom(3));
      const by = (values: readonly number[]): number[] => order.map((row) => values[row]!);
      const found = concordance(rows.durations, rows.events, rows.risks);
      const moved = concordance(by(rows.durations).map((time) => time ** 3 * 1e9), by(rows.events), by(rows.risks).map((risk) => Math.exp(risk) - 1e5));
      expect(moved.pairs).toEqual(found.pairs);
      expect(moved.standardError).toBeCloseTo(found.standardError, 12);
      const turned = concordance(rows.durations, rows.events, rows.risks.map((risk) => -risk));
      expect(turned.estimate).toBeCloseTo(1 - found.estimate, 12);
      expect(turned.standardError).toBeCloseTo(found.standardError, 12);
    });
  });

  it('is beside many strata what each of them is', () => {
    const random = createRandom(8);
    const strata = Array.from({ length: 600 }, () => random.integer(150));
    const [durations, risks, events] = [strata.map(() => random.integer(6)), strata.map(() => random.integer(9)), strata.map(() => random.integer(2))];
    let [concordant, discordant] = [0, 0];
    for (let stratum = 0; stratum < 150; stratum++) {
      const of = (values: readonly number[]): number[] => values.filter((_, row) => strata[row] === stratum);
      // One more pair, so that no stratum is without one, and it taken away.
      if (of(durations).length === 0) continue;
      const { pairs } = concordance([...of(durations), 100, 101], [...of(events), 1, 0], [...of(risks), -1, -2], { until: 100 });
      const ours = of(events).reduce((sum, event) => sum + event, 0);
      concordant += pairs.concordant - 1 - 2 * ours;
      discordant += pairs.discordant;
    }
    expect(concordance(durations, events, risks, { strata }).pairs).toMatchObject({ concordant, discordant });
  });

  it('takes the censoring of a training sample where there is one', () => {
    forLifetimes((rows) => {
      const training = { durations: [1, 3, 3, 5, 9], events: [0, 1, 0, 1, 0], weights: [1, 2, 1, 1, 1] };
      // 1: one of six is censored; 3: two leave, then one of three; 9: the last.
      const share = (time: number): number => (time > 9 ? 0 : time > 3 ? (5 / 6) * (2 / 3) : time > 1 ? 5 / 6 : 1);
      const { pairs } = concordance(rows.durations, rows.events, rows.risks, { weighting: 'uno', training });
      let concordant = 0;
      rows.durations.forEach((time, i) => {
        rows.durations.forEach((other, j) => {
          if (rows.events[i] === 1 && (other > time || (other === time && rows.events[j] === 0)) && rows.risks[i]! > rows.risks[j]!) concordant += share(time) ** -2;
        });
      });
      expect(pairs.concordant).toBeCloseTo(concordant, 9);
      const early = concordance([1, 10, 12], [1, 1, 0], [3, 1, 2], { weighting: 'uno', training });
      expect(early.pairs).toMatchObject({ concordant: 2, discordant: 0 });
    });
  });

  const run = (durations: unknown, events: unknown, risks: unknown, options?: unknown): unknown => concordance(durations as number[], events as number[], risks as number[], options as ConcordanceOptions);
  it.each<[string, readonly unknown[], string]>([
    ['no rows', [[], [], []], 'EMPTY_INPUT'],
    ['no array', [null, [1], [1]], 'EMPTY_INPUT'],
    ['one row', [[1], [1], [1]], 'NOT_IDENTIFIED'],
    ['no event', [[1, 2], [0, 0], [1, 2]], 'NOT_IDENTIFIED'],
    ['all events at once', [[2, 2], [1, 1], [1, 2]], 'NOT_IDENTIFIED'],
    ['too few events', [[1, 2], [1], [1, 2]], 'LENGTH_MISMATCH'],
    ['too many risks', [[1, 2], [1, 0], [1, 2, 3]], 'LENGTH_MISMATCH'],
    ['an event of 2', [[1, 2], [2, 0], [1, 2]], 'INVALID_VALUE'],
    ['a missing risk', [[1, 2], [1, 0], [NaN, 2]], 'NON_FINITE_VALUE'],
    ['an infinite time', [[1, Infinity], [1, 0], [1, 2]], 'NON_FINITE_VALUE'],
    ['text for a risk', [[1, 2], [1, 0], ['1', 2]], 'NON_FINITE_VALUE'],
    ['a time below 0', [[-1, 2], [1, 0], [1, 2]], 'INVALID_VALUE'],
    ['weights of 0', [[1, 2], [1, 0], [1, 2], { weights: [0, 0] }], 'EMPTY_INPUT'],
    ['a weight below 0', [[1, 2], [1, 0], [1, 2], { weights: [-1, 1] }], 'INVALID_VALUE'],
    ['a missing stratum', [[1, 2], [1, 0], [1, 2], { strata: ['a', null] }], 'MISSING_VALUE'],
    ['one cluster', [[1, 2], [1, 0], [1, 2], { clusters: [1, 1] }], 'INVALID_OPTION'],
    ['an entry at the end', [[1, 2], [1, 0], [1, 2], { entries: [0, 2] }], 'INVALID_VALUE'],
    ['Uno with entries', [[1, 2], [1, 0], [1, 2], { entries: [0, 1], weighting: 'uno' }], 'INVALID_OPTION'],
    ['training without Uno', [[1, 2], [1, 0], [1, 2], { training: { durations: [1], events: [1] } }], 'INVALID_OPTION'],
    ['an unknown option', [[1, 2], [1, 0], [1, 2], { tau: 3 }], 'INVALID_OPTION'],
    ['an end of 0', [[1, 2], [1, 0], [1, 2], { until: 0 }], 'INVALID_OPTION'],
    ['a confidence of 1', [[1, 2], [1, 0], [1, 2], { confidence: 1 }], 'INVALID_OPTION'],
  ])('refuses %s', (_, given, code) => {
    expect(errorCode(() => run(...(given as [unknown, unknown, unknown, unknown?])))).toBe(code);
  });
});
