import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Ease } from '../../../src/propensity/engines/ease.js';
import { fitEase } from '../../../src/propensity/engines/fitEase.js';
import { easeLeftOutError } from '../../../src/propensity/engines/easeLeftOutError.js';
import { easeTask, learnEase } from '../../../src/propensity/engines/learnEase.js';
import { learnPopularity } from '../../../src/propensity/engines/popularity.js';
import { errorCode } from '../../errorCode.js';
import { holdingsOf, portfolios, sparseOf } from './portfolios.js';

const settings = { seed: 20261122, numRuns: 40 };
const close = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void => {
  expect(found.length).toBe(expected.length);
  let farthest = 0;
  for (let i = 0; i < found.length; i++) farthest = Math.max(farthest, Math.abs(found[i]! - expected[i]!));
  expect(farthest).toBeLessThan(tolerance);
};

// Random holdings of more products than customers, or fewer.
function randomRows(rows: number, width: number, seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () => Array.from({ length: width }, (_, c) => (random.uniform() < 0.1 + 0.3 / (1 + c) ? '1' : '0')).join(''));
}

/** Column j as the ridge regression of holding j on holding the others: Gaussian elimination, nothing shared with the kernel. */
function naiveWeights(rows: readonly string[], ridge: number): Float64Array {
  const width = rows[0]!.length;
  const cell = (r: number, c: number): number => Number(rows[r]![c]);
  const weights = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    const others = Array.from({ length: width }, (_, c) => c).filter((c) => c !== j);
    const inner = (a: number, b: number): number => rows.reduce((sum, _, r) => sum + cell(r, a) * cell(r, b), 0);
    const system = others.map((a) => [...others.map((b) => inner(a, b) + (a === b ? ridge : 0)), inner(a, j)]);
    system.forEach((row, p) => {
      for (const other of system) {
        if (other === row) continue;
        const factor = other[p]! / row[p]!;
        row.forEach((x, c) => (other[c]! -= factor * x));
      }
    });
    others.forEach((i, p) => (weights[i * width + j] = system[p]!.at(-1)! / system[p]![p]!));
  }
  return weights;
}

describe('learnEase', () => {
  it('gives the weights of the reference: four customers, three products, ridge 0.5', () => {
    const weights = learnEase(easeTask(sparseOf(['110', '101', '011', '111'])), 0.5);
    weights.forEach((weight, e) => expect(weight).toBeCloseTo(e % 4 === 0 ? 0 : 4 / 11, 12));
  });

  it('gives the weights of the reference: three customers, four products, ridge 1, either way', () => {
    const expected = [0, 4 / 13, 4 / 13, -0.2, 1 / 3, 0, 1 / 13, 0.3, 1 / 3, 1 / 13, 0, 0.3, -1 / 3, 6 / 13, 6 / 13, 0];
    const held = sparseOf(['1100', '1010', '0111']);
    for (const isDual of [false, true]) close(learnEase(easeTask(held, isDual), 1), expected, 1e-12);
  });

  it('is the ridge regression of each product on the others', () => {
    fc.assert(
      fc.property(portfolios, fc.double({ min: 0.1, max: 50, noNaN: true }), (rows, ridge) => {
        close(learnEase(easeTask(sparseOf(rows)), ridge), naiveWeights(rows, ridge), 1e-9);
      }),
      settings,
    );
  });

  it('inverts the smaller of the two matrices, and both give the same', () => {
    // Many customers and next to no ridge: the way that is not taken would lose digits.
    for (const [rows, width, ridges] of [[15, 60, [0.01, 1, 100]], [40, 40, [0.01, 1, 100]], [60, 15, [1, 100]]] as const) {
      const held = sparseOf(randomRows(rows, width, rows));
      for (const ridge of ridges) close(learnEase(easeTask(held, true), ridge), learnEase(easeTask(held, false), ridge), 1e-10);
    }
    expect(easeTask(sparseOf(randomRows(15, 60, 1))).isDual).toBe(true);
    expect(easeTask(sparseOf(randomRows(60, 15, 1))).isDual).toBe(false);
  });
});

describe('easeLeftOutError', () => {
  it('is the error of models that were fitted without the customer scored', () => {
    fc.assert(
      fc.property(portfolios, fc.boolean(), (drawn, isDual) => {
        const rows = drawn.filter((row) => row.includes('1'));
        const task = easeTask(sparseOf(rows), isDual);
        const width = rows[0]!.length;
        let sum = 0;
        rows.forEach((row, r) => {
          const others = rows.filter((_, other) => other !== r);
          const weights = others.length === 0 ? new Float64Array(width * width) : learnEase(easeTask(sparseOf(others)), 2);
          for (const j of task.active) {
            const score = weights.reduce((total, weight, e) => total + (e % width === j && row[(e / width) | 0] === '1' ? weight : 0), 0);
            sum += (score - Number(row[j])) ** 2;
          }
        });
        expect(easeLeftOutError(task, 2)).toBeCloseTo(sum / rows.length / task.active.length, 12);
      }),
      settings,
    );
  });
});

describe('fitEase', () => {
  it('refuses a ridge that is lost in rounding, by either way of inverting, alone or among others', () => {
    const together = ['11', '11', '11'];
    expect(() => fitEase(holdingsOf(together), { ridge: 1e-20 })).toThrow('fitEase cannot tell apart products that are held together with ridge 1e-20, which is lost in rounding; give a larger ridge');
    for (const ridge of [1e-20, 1e-14, [1, 1e-20]]) expect(errorCode(() => fitEase(holdingsOf(together), { ridge }))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => learnEase(easeTask(sparseOf(['1111', '1111']), true), 1e-20))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => learnEase(easeTask(sparseOf(['1000', '0111']), true), 1e-20))).toBe('NOT_IDENTIFIED');
    expect(fitEase(holdingsOf(together), { ridge: 1e-3 }).explain(['a'], 'b').score).toBeCloseTo(3 / 3.001, 9);
    // Weights exist here, but what is left of a customer's own row is 0 / 0.
    expect(() => fitEase(holdingsOf(['10', '01']), { ridge: [1e-20, 1e-19] })).toThrow('with ridge 1e-20, which is lost in rounding');
  });

  it('keeps one weight at least', () => {
    const rows = ['110', '110', '101', '010'];
    expect(fitEase(holdingsOf(rows), { ridge: 1, density: 1e-10 }).toJSON().values).toHaveLength(1);
  });

  it('takes the ridge that does best for customers left out, and says what the others did', () => {
    const rows = randomRows(80, 8, 21).map((row) => (row.startsWith('1') ? `11${row.slice(2)}` : row));
    const ridges = [1000, 0.5, 5, 5, 50];
    const model = fitEase(holdingsOf(rows), { ridge: ridges });
    expect(model.trials.map(({ ridge }) => ridge)).toEqual(ridges);
    const naive = (ridge: number): number => {
      let sum = 0;
      for (const [r, row] of rows.entries()) {
        const weights = learnEase(easeTask(sparseOf(rows.filter((_, other) => other !== r))), ridge);
        for (let j = 0; j < 8; j++) sum += ([...row].reduce((score, cell, i) => score + Number(cell) * weights[i * 8 + j]!, 0) - Number(row[j])) ** 2;
      }
      return sum / rows.filter((row) => row.includes('1')).length / 8;
    };
    for (const { ridge, error } of model.trials) expect(error).toBeCloseTo(naive(ridge), 12);
    const best = model.trials.reduce((a, b) => (b.error < a.error ? b : a));
    expect(model.ridge).toBe(best.ridge);
    expect(best.ridge).not.toBe(1000);
    expect(model.toJSON().values).toEqual(fitEase(holdingsOf(rows), { ridge: best.ridge }).toJSON().values);
    expect(Ease.fromJSON(JSON.parse(JSON.stringify(model))).trials).toEqual(model.trials);
  });

  it('scores by what the other holdings say: holding a product itself changes nothing', () => {
    fc.assert(
      fc.property(portfolios, (rows) => {
        const model = fitEase(holdingsOf(rows), { ridge: 2 });
        const width = rows[0]!.length;
        const scores = model.scores(holdingsOf(rows));
        for (let c = 0; c < width; c++) {
          const without = model.scores(holdingsOf(rows.map((row) => `${row.slice(0, c)}0${row.slice(c + 1)}`)));
          expect(rows.map((_, r) => without[r * width + c])).toEqual(rows.map((_, r) => scores[r * width + c]));
        }
      }),
      settings,
    );
  });

  it('does not depend on the order of customers, the names of products or customers without holdings', () => {
    fc.assert(
      fc.property(portfolios, fc.nat(), (rows, seed) => {
        const width = rows[0]!.length;
        const weights = learnEase(easeTask(sparseOf(rows)), 3);
        close(learnEase(easeTask(sparseOf([...rows].reverse())), 3), weights, 1e-12);
        close(learnEase(easeTask(sparseOf(['0'.repeat(width), ...rows, '0'.repeat(width)])), 3), weights, 1e-12);
        const shift = seed % width;
        const turned = learnEase(easeTask(sparseOf(rows.map((row) => row.slice(shift) + row.slice(0, shift)))), 3);
        const back = weights.map((_, e) => turned[(((e / width) | 0) + width - shift) % width * width + (e % width + width - shift) % width]!);
        close(back, weights, 1e-11);
      }),
      settings,
    );
  });

  it('says nothing about products nobody holds', () => {
    const model = fitEase(holdingsOf(['1100', '1010', '0110']), { ridge: 1 });
    const scores = model.scores(holdingsOf(['1111']));
    expect(scores[3]).toBe(0);
    expect(model.explain(['d'], 'a').score).toBe(0);
  });

  it('explains a score by contributions that add up to it, the strongest first', () => {
    const rows = randomRows(30, 8, 5);
    const model = fitEase(holdingsOf(rows), { ridge: 5 });
    const scores = model.scores(holdingsOf(rows));
    rows.forEach((row, r) => {
      const held = [...'abcdefgh'].filter((_, c) => row[c] === '1');
      const { score, contributions, unknownProducts } = model.explain([...held, 'zzz', 'zzz', ...held], 'c');
      expect(score).toBeCloseTo(scores[r * 8 + 2]!, 13);
      expect(contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 13);
      expect(contributions.map(({ product }) => product).sort()).toEqual(held.filter((product) => product !== 'c'));
      const sizes = contributions.map(({ contribution }) => Math.abs(contribution));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      expect(unknownProducts).toEqual(['zzz']);
    });
    expect(errorCode(() => model.explain(['a'], 'q'))).toBe('UNKNOWN_COLUMN');
  });

  it('keeps the largest weights only, and travels with them only', () => {
    const rows = randomRows(60, 10, 9);
    const full = fitEase(holdingsOf(rows), { ridge: 5 });
    const pruned = fitEase(holdingsOf(rows), { ridge: 5, density: 0.2 });
    const state = pruned.toJSON();
    expect(state.values.length).toBe(18);
    const sizes = full.toJSON().values.map(Math.abs).sort((a, b) => b - a);
    expect(state.values.map(Math.abs).sort((a, b) => b - a)).toEqual(sizes.slice(0, 18));
    const again = Ease.fromJSON(JSON.parse(JSON.stringify(pruned)));
    expect(again.scores(holdingsOf(rows))).toEqual(pruned.scores(holdingsOf(rows)));
    for (const target of 'abcdefghij') {
      for (const { product, contribution } of pruned.explain([...'abcdefghij'], target).contributions) {
        const before = full.explain([product], target).score;
        expect(contribution).toBe(Math.abs(before) >= sizes[17]! ? before : 0);
      }
    }
    // Equal weights: the first by row.
    expect(fitEase(holdingsOf(['110', '101', '011', '111']), { ridge: 0.5, density: 0.5 }).toJSON().values.length).toBe(3);
  });

  it('recommends exactly as many as asked or left, none of them held, ties to the first', () => {
    const holdings = holdingsOf(['110000', '101000', '011000', '111100', '000000']);
    const model = fitEase(holdings, { ridge: 1 });
    const { offsets, columns, scores, customers, products } = model.recommend(holdings, { count: 4 });
    expect([...offsets]).toEqual([0, 4, 8, 12, 14, 18]);
    expect([...columns.subarray(12)]).toEqual([4, 5, 0, 1, 2, 3]);
    expect(customers).toEqual([0, 1, 2, 3, 4]);
    expect(products).toEqual([...'abcdef']);
    const all = model.scores(holdings);
    customers.forEach((_, r) => {
      for (let e = offsets[r]!; e < offsets[r + 1]!; e++) expect(scores[e]).toBe(all[r * 6 + columns[e]!]);
    });
    const some = model.recommend(holdings, { products: ['f', 'c'] });
    expect([...some.offsets]).toEqual([0, 2, 3, 4, 5, 7]);
    expect([...some.columns]).toEqual([2, 5, 5, 5, 5, 2, 5]);
    expect(model.recommend(holdings).offsets.at(-1)).toBe(4 + 4 + 4 + 2 + 6);
    expect(errorCode(() => model.recommend(holdings, { products: ['g'] }))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => model.recommend(holdings, { count: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.recommend(holdings, { size: 3 } as object))).toBe('INVALID_OPTION');
  });

  it('scores more customers than one block holds, one by one the same', () => {
    const names = Array.from({ length: 40 }, (_, c) => `p${c + 10}`);
    const rows = randomRows(500, 40, 11);
    const model = fitEase(holdingsOf(rows, names), { ridge: 1 });
    const all = model.recommend(holdingsOf(rows, names), { count: 2 });
    // 409 is the last row of the first block.
    for (const r of [0, 408, 409, 410, 411, 499]) {
      const one = model.recommend(holdingsOf([rows[r]!], names), { count: 2 });
      expect([...all.columns.subarray(all.offsets[r], all.offsets[r + 1])]).toEqual([...one.columns]);
    }
  });

  it('takes products in any order, leaves out those it does not know and names them', () => {
    const model = fitEase(holdingsOf(['110', '101', '011', '111']), { ridge: 0.5 });
    const given = Holdings.fromTable([{ zebra: 1, c: 1, a: 0 }], { products: ['zebra', 'c', 'a'] });
    close(model.scores(given), [4 / 11, 4 / 11, 0], 1e-12);
    expect(model.unknownProducts(given)).toEqual(['zebra']);
    expect(model.recommend(given).unknownProducts).toEqual(['zebra']);
    expect([...model.scores(given.forProducts([]))]).toEqual([0, 0, 0]);
    const strange = Holdings.fromTable([{ id: 1, A: 1, B: 1 }], { customer: 'id', products: ['A', 'B'] });
    expect(() => model.scores(strange)).toThrow('Ease.scores found no column "A"; did you mean "a"?');
    expect(() => model.recommend(strange)).toThrow('Ease.recommend found no column "A"');
  });

  it('comes back from JSON to the bit, and refuses what is damaged, foreign or newer', () => {
    const rows = randomRows(40, 9, 3);
    const model = fitEase(holdingsOf(rows), { ridge: 7 });
    const json = JSON.parse(JSON.stringify(model)) as object;
    const again = Ease.fromJSON(json);
    expect(again.scores(holdingsOf(rows))).toEqual(model.scores(holdingsOf(rows)));
    expect([again.ridge, again.density, again.products]).toEqual([7, 1, model.products]);
    expect(again.toJSON()).toEqual(model.toJSON());
    expect(errorCode(() => Ease.fromJSON({ ...json, format: 'ItemNeighbours' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Ease.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => Ease.fromJSON({ ...json, values: [1, 2] }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Ease.fromJSON({ ...json, offsets: [0], columns: [] }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Ease.fromJSON({ ...json, values: undefined }))).toBe('MODEL_FORMAT');
  });

  it('refuses what it cannot learn from', () => {
    const holdings = holdingsOf(['110', '101']);
    for (const ridge of [0, -1, NaN, Infinity]) expect(errorCode(() => fitEase(holdings, { ridge }))).toBe('INVALID_OPTION');
    expect(() => fitEase(holdings, { ridge: [3, -2] })).toThrow('fitEase needs ridge above 0, or a list of such numbers, found -2');
    expect(() => fitEase(holdings, { ridge: [] })).toThrow('found an empty list');
    for (const density of [0, 1.1, NaN]) expect(errorCode(() => fitEase(holdings, { density }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitEase(holdings, { lambda: 3 } as object))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitEase([{ a: 1 }] as unknown as Holdings))).toBe('INVALID_INPUT');
    expect(errorCode(() => fitEase(holdingsOf(['000', '000'])))).toBe('EMPTY_INPUT');
    expect(() => fitEase(holdingsOf(['010', '010']))).toThrow('needs at least two products that somebody holds, found 1');
    expect(errorCode(() => fitEase(holdingsOf(['1', '1'])))).toBe('NOT_IDENTIFIED');
  });
});

describe('learnPopularity', () => {
  it('is the share of customers, those without holdings included', () => {
    expect([...learnPopularity(sparseOf(['110', '100', '000', '100']))]).toEqual([0.75, 0.25, 0]);
    expect([...learnPopularity({ rowCount: 0, columnCount: 2, offsets: new Uint32Array(1), columns: new Int32Array(0), values: null })]).toEqual([0, 0]);
  });
});
