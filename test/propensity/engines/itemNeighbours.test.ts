import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitItemNeighbours } from '../../../src/propensity/engines/fitItemNeighbours.js';
import { ItemNeighbours } from '../../../src/propensity/engines/itemNeighbours.js';
import type { ItemSimilarity } from '../../../src/propensity/engines/learnNeighbours.js';
import { errorCode } from '../../errorCode.js';
import { holdingsOf, portfolios } from './portfolios.js';

const rows = '110000 101000 011001 111000 000110 000111 100100 010010 110001 001011 000000 100000'.split(' ');
const similarities: readonly ItemSimilarity[] = ['cosine', 'jaccard', 'lift', 'tfidf', 'bm25'];
const settings = { seed: 20261122, numRuns: 30 };

// What holding each of six products says about one of them.
const similarTo = (model: ItemNeighbours, target: string): number[] => [...'abcdef'].map((product) => model.explain([product], target).score);

describe('fitItemNeighbours', () => {
  // implicit 0.7.3, CosineRecommender, TFIDFRecommender, BM25Recommender(K1, B) with K = 10 on `rows`: rows 0 and 4 of `similarity`, without the diagonal.
  it.each([
    ['cosine', {}, [0, 0.54772255750517, 0.40824829046386, 0.2357022603955, 0, 0.20412414523193], [0, 0.22360679774998, 0.25, 0.57735026918963, 0, 0.5]],
    ['tfidf', {}, [0, 0.38894655560449, 0.37875733859093, 0.26249294919578, 0, 0.1174967655785], [0, 0.35083748298426, 0.14670926402259, 0.53527915028398, 0, 0.3570322646164]],
    ['bm25', {}, [0, 0.65783490188965, 0.5752893752342, 0.47491401482119, 0, 0.14666661817537], [0, 0.4666912256134, 0.17525866648393, 0.76168313281009, 0, 0.35051733296786]],
    ['bm25', { k1: 100, b: 0.8 }, [0, 0.55291168095342, 0.52634567964494, 0.48693810670699, 0, 0.13418871292958], [0, 0.45605219550809, 0.18642762793867, 0.90798605159294, 0, 0.37285525587733]],
  ] as const)('agrees with implicit: %s %j', (similarity, parameters, a, e) => {
    const model = fitItemNeighbours(holdingsOf(rows), { similarity, ...parameters });
    similarTo(model, 'a').forEach((value, i) => expect(value).toBeCloseTo(a[i]!, 13));
    similarTo(model, 'e').forEach((value, i) => expect(value).toBeCloseTo(e[i]!, 13));
  });

  it('is checkable by hand: 6 hold a, 5 hold b, 3 of them both, of 12', () => {
    const of = (similarity: ItemSimilarity, shrinkage = 0): number => fitItemNeighbours(holdingsOf(rows), { similarity, shrinkage }).explain(['b'], 'a').score;
    expect(of('cosine')).toBeCloseTo(3 / Math.sqrt(30), 14);
    expect(of('jaccard')).toBeCloseTo(3 / 8, 14);
    expect(of('lift')).toBeCloseTo((3 * 12) / 30, 14);
    expect(of('jaccard', 6)).toBeCloseTo(((3 / 8) * 3) / 9, 14);
  });

  it('keeps the most similar for each product scored, ties to the first', () => {
    for (const similarity of similarities) {
      const all = fitItemNeighbours(holdingsOf(rows), { similarity });
      const some = fitItemNeighbours(holdingsOf(rows), { similarity, neighbours: 2 });
      for (const target of 'abcdef') {
        const full = similarTo(all, target);
        const kept = full.map((_, i) => i).filter((i) => full[i]! > 0).sort((i, j) => full[j]! - full[i]! || i - j).slice(0, 2);
        expect(similarTo(some, target)).toEqual(full.map((value, i) => (kept.includes(i) ? value : 0)));
      }
      expect(some.toJSON().offsets).not.toBe(null);
      expect(some.toJSON().values.length).toBeLessThanOrEqual(12);
    }
  });

  it('equals counting pairs, and never lets a product speak for itself', () => {
    fc.assert(
      fc.property(portfolios, fc.constantFrom('cosine', 'jaccard', 'lift'), (drawn, similarity) => {
        const names = [...'abcdefg'].slice(0, drawn[0]!.length);
        const scores = fitItemNeighbours(holdingsOf(drawn), { similarity }).scores(holdingsOf(drawn));
        const count = (i: number, j: number): number => drawn.filter((row) => row[i] === '1' && row[j] === '1').length;
        const alike = (i: number, j: number): number => {
          const [both, one, other] = [count(i, j), count(i, i), count(j, j)];
          if (both === 0 || i === j) return 0;
          return similarity === 'cosine' ? both / Math.sqrt(one * other) : similarity === 'jaccard' ? both / (one + other - both) : (both * drawn.length) / (one * other);
        };
        const differences = drawn.flatMap((row, r) => names.map((_, j) => scores[r * names.length + j]! - names.reduce((sum, __, i) => sum + (row[i] === '1' ? alike(i, j) : 0), 0)));
        expect(Math.max(...differences.map(Math.abs))).toBeLessThan(1e-12);
      }),
      settings,
    );
  });

  it('does not depend on the order of customers; of customers without holdings only the lift does', () => {
    for (const similarity of similarities) {
      const { values } = fitItemNeighbours(holdingsOf(rows), { similarity }).toJSON();
      const turned = fitItemNeighbours(holdingsOf([...rows].reverse()), { similarity }).toJSON().values;
      const padded = fitItemNeighbours(holdingsOf([...rows, '000000']), { similarity }).toJSON().values;
      values.forEach((value, e) => {
        expect(turned[e]).toBeCloseTo(value, 13);
        expect(padded[e]).toBeCloseTo(similarity === 'lift' ? (value * 13) / 12 : value, 13);
      });
    }
  });

  it('gives finite numbers where rarity leaves nothing: customers of all products but one', () => {
    const model = fitItemNeighbours(holdingsOf(['110', '011', '101']), { similarity: 'tfidf' });
    expect(model.toJSON().values).toEqual([]);
    expect([...model.scores(holdingsOf(['110']))]).toEqual([0, 0, 0]);
    expect(fitItemNeighbours(holdingsOf(['111', '110', '001']), { similarity: 'bm25', k1: 0, b: 1 }).toJSON().values.every(Number.isFinite)).toBe(true);
  });

  it('comes back from JSON to the bit, and refuses what is damaged, foreign or newer', () => {
    for (const neighbours of [1, 100]) {
      const model = fitItemNeighbours(holdingsOf(rows), { similarity: 'bm25', neighbours, shrinkage: 2 });
      const json = JSON.parse(JSON.stringify(model)) as object;
      const again = ItemNeighbours.fromJSON(json);
      expect(again.scores(holdingsOf(rows))).toEqual(model.scores(holdingsOf(rows)));
      expect(again.toJSON()).toEqual(model.toJSON());
      expect(again.settings).toEqual({ similarity: 'bm25', neighbours, shrinkage: 2, k1: 1.2, b: 0.75 });
      expect(errorCode(() => ItemNeighbours.fromJSON({ ...json, format: 'Ease' }))).toBe('MODEL_FORMAT');
      expect(errorCode(() => ItemNeighbours.fromJSON({ ...json, formatVersion: 9 }))).toBe('MODEL_VERSION');
      expect(errorCode(() => ItemNeighbours.fromJSON({ ...json, products: ['a'] }))).toBe('MODEL_FORMAT');
    }
  });

  it('refuses what it cannot use', () => {
    const holdings = holdingsOf(rows);
    for (const options of [{ similarity: 'pearson' }, { neighbours: 0 }, { neighbours: 1.5 }, { shrinkage: -1 }, { k1: Infinity }, { b: 1.1 }, { b: NaN }, { K: 3 }]) {
      expect(errorCode(() => fitItemNeighbours(holdings, options as object))).toBe('INVALID_OPTION');
    }
    expect(() => fitItemNeighbours(holdings, { b: 2 })).toThrow('fitItemNeighbours needs b from 0 to 1, found 2');
    expect(errorCode(() => fitItemNeighbours(holdingsOf(['00'])))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitItemNeighbours(holdingsOf(['10'])))).toBe('NOT_IDENTIFIED');
  });
});
