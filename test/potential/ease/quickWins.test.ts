import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { potentialQuadrants } from '../../../src/potential/ease/potentialQuadrants.js';
import { quickWins, type QuickWinOptions } from '../../../src/potential/ease/quickWins.js';
import { errorCode } from '../../errorCode.js';

const potentials = { customers: ['a', 'b', 'c', 'd', 'e'], present: [10, 20, 30, 40, 50], potential: [110, 70, 30, 80, 1050] };
const ease = [0.5, 0.9, 0.9, 0.25, 0.01];

describe('quickWins', () => {
  it('ranks by ease * step * headroom * margin less the cost, and leaves out who has nothing to win or costs more', () => {
    const { wins, considered, headroom, capture, profit, cuts } = quickWins(potentials, { ease, step: 0.5, margin: [0.4, 0.4, 0.4, 0.4, 1], contactCost: 3 });
    expect(wins).toEqual([
      { row: 0, customer: 'a', group: null, headroom: 100, ease: 0.5, capture: 10, profit: 7, quadrant: 'quickWin' },
      { row: 1, customer: 'b', group: null, headroom: 50, ease: 0.9, capture: 9, profit: 6, quadrant: 'topUp' },
      { row: 4, customer: 'e', group: null, headroom: 1000, ease: 0.01, capture: 5, profit: 2, quadrant: 'nurture' },
    ]);
    expect([considered, headroom, capture, profit]).toEqual([3, 1150, 24, 15]);
    expect(cuts).toEqual({ headroom: 75, ease: 0.375 });
  });

  it('keeps losses where asked, but nobody without headroom', () => {
    const { wins } = quickWins(potentials, { ease, step: 0.5, contactCost: [0, 0, 0, 100, 0], losses: 'keep' });
    expect(wins.map(({ customer }) => customer)).toEqual(['a', 'b', 'e', 'd']);
    expect(wins[3]!.profit).toBe(-95);
  });

  it('gives each group its own top, in one order', () => {
    const { wins, considered } = quickWins(potentials, { ease, by: ['north', 'north', null, 'south', null], top: 1 });
    expect(wins.map(({ customer, group }) => [customer, group])).toEqual([['a', 'north'], ['d', 'south'], ['e', null]]);
    expect(considered).toBe(4);
    expect(quickWins(potentials, { ease, top: 2 }).wins.map(({ row }) => row)).toEqual([0, 1]);
    expect(quickWins(potentials, { ease, top: 0 }).wins).toEqual([]);
  });

  it('leaves out whom it is told to, by name or by position', () => {
    const named = quickWins(potentials, { ease, exclude: ['a', 'nobody'] });
    expect([named.excluded, named.wins[0]!.customer]).toEqual([1, 'b']);
    const { customers: _, ...nameless } = potentials;
    const placed = quickWins(nameless, { ease, exclude: [0, 1] });
    expect([placed.excluded, placed.wins[0]!.row, placed.wins[0]!.customer]).toEqual([2, 3, null]);
    expect(quickWins(potentials, { ease, minHeadroom: 60 }).wins.map(({ customer }) => customer)).toEqual(['a', 'e']);
  });

  it('is an empty answer where nothing is to be won', () => {
    expect(quickWins({ present: [5], potential: [5] }, { ease: 1 })).toEqual({ wins: [], considered: 0, excluded: 0, headroom: 0, capture: 0, profit: 0, cuts: { headroom: 0, ease: 0 } });
    expect(quickWins(potentials, { ease: 0 }).wins).toEqual([]);
  });

  it('falls in profit, keeps ties in their order, loses nothing, and goes with its customers', () => {
    const customer = fc.record({ present: fc.integer({ min: 0, max: 9 }), room: fc.integer({ min: 0, max: 4 }), ease: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 2 }), (people, contactCost) => {
        const columns = (from: typeof people): [{ present: number[]; potential: number[] }, QuickWinOptions] => [
          { present: from.map(({ present }) => present), potential: from.map(({ present, room }) => present + room) },
          { ease: from.map((one) => one.ease / 4), step: 0.5, contactCost: contactCost / 8 },
        ];
        const { wins, capture } = quickWins(...columns(people));
        wins.forEach((win, i) => {
          expect(win.profit).toBeGreaterThan(0);
          const next = wins[i + 1];
          if (next) expect(win.profit > next.profit || (win.profit === next.profit && win.row < next.row)).toBe(true);
        });
        const worth = people.filter((one) => (one.ease / 4) * 0.5 * one.room > contactCost / 8);
        expect(wins).toHaveLength(worth.length);
        expect(quickWins(...columns([...people].reverse())).capture).toBeCloseTo(capture, 10);
        const { quadrants, quadrantIndex } = potentialQuadrants(columns(people)[0], { ease: people.map((one) => one.ease / 4), step: 0.5 });
        expect(quadrants.reduce((sum, { customers }) => sum + customers, 0)).toBe(people.length);
        for (const win of wins) expect(quadrants[quadrantIndex[win.row]!]!.name).toBe(win.quadrant);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it.each([
    ['no ease', 'INVALID_INPUT', {}],
    ['an ease above 1', 'INVALID_VALUE', { ease: 2 }],
    ['a NaN among them', 'NON_FINITE_VALUE', { ease: [0.1, NaN, 0.1, 0.1, 0.1] }],
    ['too few of them', 'LENGTH_MISMATCH', { ease: [0.1] }],
    ['a negative margin', 'INVALID_VALUE', { ease, margin: -1 }],
    ['a negative cost', 'INVALID_VALUE', { ease, contactCost: -1 }],
    ['a step above 1', 'INVALID_OPTION', { ease, step: 1.5 }],
    ['half a customer', 'INVALID_OPTION', { ease, top: 1.5 }],
    ['an endless headroom', 'INVALID_OPTION', { ease, minHeadroom: Infinity }],
    ['groups of others', 'LENGTH_MISMATCH', { ease, by: ['x'] }],
    ['one name to leave out', 'INVALID_OPTION', { ease, exclude: 'a' }],
    ['an unknown cut', 'INVALID_OPTION', { ease, cuts: { share: 1 } }],
    ['a cut that is none', 'INVALID_OPTION', { ease, cuts: { ease: NaN } }],
    ['an unknown word', 'INVALID_OPTION', { ease, losses: 'yes' }],
    ['an unknown option', 'INVALID_OPTION', { ease, limit: 3 }],
  ] as [string, string, object][])('refuses %s', (_, code, options) => {
    expect(errorCode(() => quickWins(potentials, options as QuickWinOptions))).toBe(code);
  });

  it('refuses columns that do not fit, and nobody', () => {
    expect(errorCode(() => quickWins({ ...potentials, customers: ['a'] }, { ease }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => quickWins({ present: [], potential: [] }, { ease: 0.5 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => quickWins(undefined as unknown as { present: number[]; potential: number[] }, { ease: 0.5 }))).toBe('INVALID_INPUT');
  });
});

describe('potentialQuadrants', () => {
  it('divides customers, headroom and capture among the four, whoever is at a cut above it', () => {
    const { cuts, quadrants, quadrantIndex } = potentialQuadrants(potentials, { ease, step: 0.5, cuts: { headroom: 50, ease: 0.25 } });
    expect(cuts).toEqual({ headroom: 50, ease: 0.25 });
    expect(Array.from(quadrantIndex)).toEqual([0, 0, 2, 2, 1]);
    expect(quadrants[0]).toEqual({ name: 'quickWin', customers: 2, customerShare: 0.4, present: 30, headroom: 150, headroomShare: 150 / 1190, meanEase: 0.7, capture: 47.5 });
    expect(quadrants.map(({ customers, headroom }) => [customers, headroom])).toEqual([[2, 150], [1, 1000], [2, 40], [0, 0]]);
    expect(quadrants[3]!.meanEase).toBeNull();
  });

  it('puts whoever has no headroom where little is to be won, whatever the cut', () => {
    const { quadrants } = potentialQuadrants({ present: [5, 6], potential: [5, 6] }, { ease: 1, cuts: { headroom: 0, ease: 0.5 } });
    expect(quadrants.map(({ customers, headroomShare }) => [customers, headroomShare])).toEqual([[0, 0], [0, 0], [2, 0], [0, 0]]);
  });
});
