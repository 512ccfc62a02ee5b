import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { backtestPotential } from '../../../src/potential/validation/backtestPotential.js';

/** Customers with a wallet of their own; spend is a share of it that swings from period to period, and those shown as easy win a fifth of the rest. */
function world({ n = 600, seed = 3, grows = true, swings = 0.2 } = {}) {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const wallet = 100 * Math.exp(0.5 * random.normal());
    const usual = wallet * (0.2 + 0.5 * random.uniform());
    const swing = (): number => usual * Math.exp(swings * random.normal());
    const ease = random.uniform();
    const present = Math.min(wallet, swing());
    const won = grows && random.uniform() < ease ? 0.2 * (wallet - usual) : 0;
    return { present, potential: wallet, later: swing() + won, ease };
  });
}

const columnsOf = (rows: ReturnType<typeof world>) => ({ present: rows.map((row) => row.present), potential: rows.map((row) => row.potential) });

describe('backtestPotential', () => {
  it('counts by hand: two bands of two, the one with more room grew by 3 and by 1 more', () => {
    const found = backtestPotential({ present: [1, 1, 5, 5], potential: [3, 9, 6, 9] }, { later: [1, 4, 5, 6], bands: 2 });
    expect(found.growth).toBe(4);
    expect(found.rankings[0]!.amongAlike.estimate).toBe(2);
    // Headroom 2, 8, 1, 4 and growth 0, 3, 0, 1: ranks 2, 4, 1, 3 and 1.5, 4, 1.5, 3.
    expect(found.rankings[0]!.rankCorrelation!.estimate).toBeCloseTo(4.5 / Math.sqrt(5 * 4.5), 12);
    expect(found.tenths.map(({ headroom, growth, captured }) => [headroom, growth, captured])).toEqual([[8, 3, 1], [4, 1, 1], [2, 0, 0], [1, 0, 0]]);
    // The first of the four grew by 3, all by 1.
    expect(found.rankings[0]!.topTenth.estimate).toBe(2);
  });

  it('finds that those with room grew, and that ease tells more', () => {
    const rows = world();
    const found = backtestPotential(columnsOf(rows), { later: rows.map((row) => row.later), ease: rows.map((row) => row.ease) });
    expect(found.verdict).toBe('grew');
    expect(found.why).toContain('the half with more to win grew by');
    const by = Object.fromEntries(found.rankings.map((ranking) => [ranking.by, ranking]));
    expect(by['capture']!.topTenth.estimate).toBeGreaterThan(by['headroom']!.topTenth.estimate);
    expect(by['capture']!.topTenth.estimate).toBeGreaterThan(by['ease']!.topTenth.estimate);
    expect(found.tenths[0]!.growth).toBeGreaterThan(found.tenths[9]!.growth);
    expect(found.tenths.every(({ ease }) => ease! >= 0 && ease! <= 1)).toBe(true);
  });

  it('does not take the return to the usual for potential', () => {
    const rows = world({ n: 4000, grows: false, swings: 0.4 });
    // Headroom that knows nothing but how little was spent: a wallet of 200 for everybody.
    const blind = { present: rows.map((row) => Math.min(200, row.present)), potential: rows.map(() => 200) };
    const found = backtestPotential(blind, { later: rows.map((row) => row.later), samples: 60 });
    expect(found.rankings[0]!.rankCorrelation!.lower).toBeGreaterThan(0);
    expect(found.verdict).toBe('unclear');
  });

  it('says the same in any order of rows, in its figures', () => {
    const rows = world({ n: 80 });
    const turned = shuffle([...rows], createRandom(5));
    const judge = (of: typeof rows) => backtestPotential(columnsOf(of), { later: of.map((row) => row.later), samples: 20 });
    const [a, b] = [judge(rows), judge(turned)];
    a.rankings.forEach(({ topTenth, amongAlike }, k) => {
      expect(b.rankings[k]!.topTenth.estimate).toBeCloseTo(topTenth.estimate, 9);
      expect(b.rankings[k]!.amongAlike.estimate).toBeCloseTo(amongAlike.estimate, 9);
    });
  });

  it('says by how much less the half with more to win grew', () => {
    const [present, potential] = [new Array(40).fill(10), Array.from({ length: 40 }, (_, i) => (i < 20 ? 30 : 12))];
    const { verdict, why } = backtestPotential({ present, potential }, { later: potential.map((amount) => (amount === 30 ? 8 : 10)) });
    expect([verdict, why]).toEqual(['shrank', 'among customers who spent alike, the half with more to win grew by 2 a customer less than the other half (2 to 2 less): the potentials point the wrong way']);
  });

  it('stands a scale of a thousand million and a billionth alike', () => {
    const rows = world({ n: 120 });
    const judge = (unit: number) => backtestPotential({ present: rows.map((row) => unit * row.present), potential: rows.map((row) => unit * row.potential) }, { later: rows.map((row) => unit * row.later), samples: 20 }).rankings[0]!;
    const one = judge(1);
    for (const unit of [1e9, 1e-9]) {
      const { amongAlike, rankCorrelation } = judge(unit);
      expect(amongAlike.estimate / unit).toBeCloseTo(one.amongAlike.estimate, 8);
      expect(amongAlike.lower / unit).toBeCloseTo(one.amongAlike.lower, 8);
      expect(rankCorrelation!.upper).toBeCloseTo(one.rankCorrelation!.upper, 8);
    }
  });

  it('has no rank correlation where nobody has room, and stands one customer', () => {
    const found = backtestPotential({ present: [4], potential: [4] }, { later: [5] });
    expect(found.rankings[0]!.rankCorrelation).toBeNull();
    expect(found.tenths).toEqual([{ tenth: 1, customers: 1, headroom: 0, growth: 1, captured: null, ease: null }]);
    expect(found.verdict).toBe('unclear');
  });

  it.each([
    [{ later: [1] }, 'LENGTH_MISMATCH', /later as one number for each of the 2 customers/],
    [{ later: [1, -1] }, 'INVALID_VALUE', /later finite and not negative, found -1 in row 1/],
    [{ later: [1, 1], ease: [0, 2] }, 'INVALID_VALUE', /ease between 0 and 1, found 2 in row 1/],
    [{ later: [1, 1], step: 0 }, 'INVALID_OPTION', /step above 0/],
    [{ later: [1, 1], samples: 3 }, 'INVALID_OPTION', /samples/],
    [{ later: [1, 1], band: 3 }, 'INVALID_OPTION', /band/],
  ])('refuses %j', (options, code, message) => {
    expect(() => backtestPotential({ present: [1, 2], potential: [2, 2] }, options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });
});
