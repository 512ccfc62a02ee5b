import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { compareTargets, type CompareTargetsOptions } from '../../../src/scoring/campaign/compareTargets.js';
import { idealTarget } from '../../../src/scoring/campaign/idealTarget.js';
import type { RivalTarget } from '../../../src/scoring/campaign/rivalTargets.js';
import { errorCode as code } from '../../errorCode.js';

const random = createRandom(3);
const scores = Float64Array.from({ length: 400 }, () => random.uniform() ** 2);
const labels = Uint8Array.from(scores, (p) => (random.uniform() < p ? 1 : 0));
const terms = { contactCost: 2, benefit: 10, fixedCost: 30 };

describe('compareTargets', () => {
  it('gives a hand-picked segment and the ideal target the same money (by hand)', () => {
    // Net 3, -1, 1, 8; the segment costs 4, so the best two are held against it; a difference of 11 - 2 by rows 2 and 3 against 1 and 0.
    const [{ target, rival, difference, overlap }] = compareTargets([0.5, 0.1, 0.3, 1], { contactCost: 2, benefit: 10 }, { segment: { selected: [0, 1] } }) as [ReturnType<typeof compareTargets>[0]];
    expect(target).toMatchObject({ contacts: 2, spend: 4, expectedResponses: 1.5 });
    expect(target.expectedProfit.estimate).toBeCloseTo(11, 12);
    expect(target.lift).toBeCloseTo(0.75 / 0.475, 12);
    expect(rival).toMatchObject({ contacts: 2, spend: 4 });
    expect(rival.expectedProfit.estimate).toBeCloseTo(2, 12);
    expect(overlap).toBe(1);
    expect(difference.estimate).toBeCloseTo(9, 12);
    // Row 0 is in both; row 3 is certain: only row 1 leaves anything to chance.
    expect(difference.upper - 9).toBeCloseTo(1.959963984540054 * Math.sqrt(100 * 0.09), 9);
    expect('realised' in target).toBe(false);
  });

  it('takes the same segment as positions and as a mask', () => {
    const selected = [3, 77, 210, 399];
    const mask = Array.from(scores, (_, row) => selected.includes(row));
    const customers = Array.from(scores, (_, row) => `c${row}`);
    const [positions, asMask, asNumbers, byName] = compareTargets(
      scores,
      { ...terms, customers },
      { positions: { selected }, mask: { mask }, numbers: { mask: mask.map(Number) }, names: { customers: ['c399', 'c3', 'c77', 'c210'] } },
    );
    expect({ ...byName, name: '' }).toEqual({ ...positions, name: '' });
    expect({ ...asMask, name: '' }).toEqual({ ...positions, name: '' });
    expect({ ...asNumbers, name: '' }).toEqual({ ...positions, name: '' });
  });

  it('lets a ranking spend what the ideal target spends, and is no better than it', () => {
    const revenue = scores.map((_, row) => ((row * 37) % 400) + (row % 5 === 0 ? NaN : 0));
    const names = ['revenue', 'score', 'random', 'everybody'] as const;
    const found = compareTargets(scores, { ...terms, capacity: 60 }, { revenue: { rankBy: revenue }, score: { rankBy: scores }, random: 'random', everybody: 'everybody' }, { labels });
    expect(found.map(({ name }) => name)).toEqual(names);
    const ideal = idealTarget(scores, { ...terms, capacity: 60 });
    for (const { name, target, rival, difference } of found) {
      expect(target.contacts).toBe(60);
      expect(target.expectedProfit.estimate).toBeCloseTo(ideal.expectedProfit.estimate, 9);
      expect(target.expectedProfit.lower).toBeCloseTo(ideal.expectedProfit.lower, 9);
      expect(rival.contacts).toBe(name === 'everybody' ? 400 : 60);
      expect(rival.spend).toBeCloseTo(name === 'everybody' ? 830 : 150, 9);
      if (name !== 'everybody') expect(difference.estimate).toBeGreaterThanOrEqual(-1e-9);
      expect(difference.lower).toBeLessThanOrEqual(difference.estimate);
    }
    expect(found[1]!).toMatchObject({ overlap: 60, difference: { lower: 0, upper: 0 }, realisedDifference: { estimate: 0, lower: 0, upper: 0 } });
    expect(found[2]!.overlap).toBeCloseTo(9, 9);
    expect(found[2]!.rival.lift).toBeCloseTo(1, 9);
    expect(found[3]!.rival.realised!.profit).toBe(10 * labels.reduce((sum, y) => sum + y, 0) - 830);
  });

  it('draws lots among those equal at the cut', () => {
    const [found] = compareTargets([0.9, 0.8, 0.1, 0.5], { contactCost: 1, benefit: 10, capacity: 2 }, { plan: { rankBy: [1, 0, 0, 0] } });
    // The first for sure, and one of the other three.
    expect(found!.rival.contacts).toBe(2);
    expect(found!.rival.expectedProfit.estimate).toBeCloseTo(8 + (7 + 0 + 4) / 3, 9);
  });

  it('has an interval that holds about 95 of 100 differences by chance of responses and of the lot', () => {
    const [found] = compareTargets(scores, { ...terms, capacity: 60 }, { random: 'random' });
    const chosen = idealTarget(scores, { ...terms, capacity: 60 }).selected;
    let covered = 0;
    for (let campaign = 0; campaign < 500; campaign++) {
      const responds = scores.map((p) => (random.uniform() < p ? 1 : 0));
      const lot = new Set<number>();
      while (lot.size < 60) lot.add(random.integer(400));
      const gain = (rows: Iterable<number>): number => [...rows].reduce((sum, row) => sum + 10 * responds[row]! - 2, 0);
      const difference = gain(chosen) - gain(lot);
      if (difference >= found!.difference.lower && difference <= found!.difference.upper) covered++;
    }
    expect(covered).toBeGreaterThan(460);
    expect(covered).toBeLessThan(492);
  });

  it('tells the realised difference with a paired interval, by samples and by their normal limit alike', () => {
    const revenue = scores.map((_, row) => (row * 37) % 400);
    const [found] = compareTargets(scores, { ...terms, capacity: 60 }, { revenue: { rankBy: revenue } }, { labels, replicates: 2000 });
    const top = (values: Float64Array): Set<number> => new Set([...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, 60));
    const [ours, theirs] = [top(scores), top(revenue)];
    const gain = scores.map((_, row) => (Number(ours.has(row)) - Number(theirs.has(row))) * (10 * labels[row]! - 2));
    const sum = gain.reduce((total, value) => total + value, 0);
    const margin = 1.96 * Math.sqrt(gain.reduce((total, value) => total + (value - sum / 400) ** 2, 0));
    const { estimate, lower, upper } = found!.realisedDifference!;
    expect(estimate).toBeCloseTo(sum, 9);
    expect(Math.abs(lower - (sum - margin))).toBeLessThan(0.12 * margin);
    expect(Math.abs(upper - (sum + margin))).toBeLessThan(0.12 * margin);
    expect(compareTargets(scores, { ...terms, capacity: 60 }, { revenue: { rankBy: revenue } }, { labels, replicates: 2000 })[0]!.realisedDifference).toEqual(found!.realisedDifference);
  });

  it('names a customer nobody knows', () => {
    const run = (): unknown => compareTargets([0.1, 0.2], { contactCost: 1, benefit: 10, customers: ['a', 'b'] }, { x: { customers: ['a', 'c'] } });
    expect(run).toThrow('compareTargets found no customer "c" of the rival "x" among those of the terms; leave it out');
    expect(code(run)).toBe('UNKNOWN_ID');
  });

  it('uses the normal limit beyond 100,000 customers', () => {
    const n = 100_001;
    const many = Float64Array.from({ length: n }, (_, i) => (i % 100) / 100);
    const outcomes = many.map((p, i) => (((i * 61) % 103) / 103 < p ? 1 : 0));
    const [found] = compareTargets(many, { contactCost: 2, benefit: 10, capacity: 1000 }, { random: 'random' }, { labels: outcomes });
    const { estimate, lower, upper } = found!.realisedDifference!;
    expect(estimate - lower).toBeCloseTo(upper - estimate, 6);
    expect(lower).toBeGreaterThan(0);
  });

  it('pays no fixed cost for nobody, and compares numbers where contacts cost nothing', () => {
    const [none] = compareTargets([0.1, 0.2], { contactCost: 5, benefit: 10, fixedCost: 3 }, { random: 'random', all: 'everybody' }, { labels: [0, 1] });
    expect(none).toMatchObject({ target: { contacts: 0, spend: 0, lift: null, realised: { profit: 0, lift: null } }, rival: { contacts: 0, spend: 0 }, difference: { estimate: 0 } });
    const [free] = compareTargets([0.1, 0.2, 0.3], { contactCost: 0, benefit: 10 }, { one: { selected: [0] } });
    expect(free!.target.contacts).toBe(1);
    expect(free!.difference.estimate).toBeCloseTo(2, 12);
    const costs = [1, 3, 2];
    const [same] = compareTargets([0.9, 0.8, 0.75], { contactCost: costs, benefit: 10 }, { two: { selected: [0, 2] } }, { same: 'contacts' });
    expect(same!.target).toMatchObject({ contacts: 2, spend: 3 });
  });

  it.each([
    [{}, {}, 'INVALID_INPUT', 'compareTargets needs at least one rival by name'],
    [null, {}, 'INVALID_INPUT', 'found none'],
    [{ x: 'nobody' }, {}, 'INVALID_OPTION', `needs the rival "x" as 'random', 'everybody' or an object of one of selected, customers, mask, rankBy, found "nobody"`],
    [{ x: {} }, {}, 'INVALID_OPTION', 'found an object'],
    [{ x: { rank: [1, 2] } }, {}, 'INVALID_OPTION', 'compareTargets rival "x" knows no option "rank"'],
    [{ x: { rankBy: [1] } }, {}, 'LENGTH_MISMATCH', 'needs rankBy of the rival "x" as one for each of the 2 scores, found 1'],
    [{ x: { mask: null } }, {}, 'LENGTH_MISMATCH', 'needs mask of the rival "x" as one for each of the 2 scores, found none'],
    [{ x: { mask: [1, 2] } }, {}, 'INVALID_VALUE', 'needs mask of the rival "x" as true or false, 1 or 0, found 2 in row 1'],
    [{ x: { selected: [0, 5] } }, {}, 'INVALID_VALUE', 'needs selected of the rival "x" as positions from 0 to 1, each once, found 5 at index 1'],
    [{ x: { selected: [0, 0] } }, {}, 'INVALID_VALUE', 'found 0 at index 1'],
    [{ x: { customers: ['a'] } }, {}, 'INVALID_OPTION', 'needs customers in the terms to find those of the rival "x"'],
    [{ x: 'random' }, { same: 'money' }, 'INVALID_OPTION', 'needs same as one of spend, contacts'],
    [{ x: 'random' }, { labels: [1] }, 'LENGTH_MISMATCH', 'compareTargets needs as many scores as labels, found 2 and 1'],
    [{ x: 'random' }, { labels: [1, 3] }, 'INVALID_VALUE', 'compareTargets found label 3 at index 1'],
    [{ x: 'random' }, { replicates: 0 }, 'INVALID_OPTION', 'needs replicates as a whole number of at least 2'],
    [{ x: 'random' }, { sed: 1 }, 'INVALID_OPTION', 'knows no option "sed"'],
  ])('refuses %j with %j', (rivals, options, expectedCode, message) => {
    const run = (): unknown => compareTargets([0.1, 0.2], { contactCost: 1, benefit: 10 }, rivals as unknown as Record<string, RivalTarget>, options as CompareTargetsOptions);
    expect(run).toThrow(message);
    expect(code(run)).toBe(expectedCode);
  });
});
