import { describe, expect, it } from 'vitest';
import { fitScorecard } from '../../../src/learners/scorecard/fitScorecard.js';
import { createRandom } from '../../../src/numeric/random.js';
import { portfolio } from './portfolio.js';

// With few rows a chosen cut makes much of chance.
const rows = portfolio(1500);

/** `first` tells much, `second` follows it and has by itself the evidence of it, but the opposite effect beside it. */
function suppressed(): { first: string; second: string; third: string; bought: number }[] {
  const random = createRandom(9);
  return Array.from({ length: 2000 }, () => {
    const first = random.uniform() < 0.5;
    const second = random.uniform() < (first ? 0.8 : 0.2);
    const third = random.uniform() < 0.5;
    const logOdds = (first ? 2 : 0) - (second ? 0.6 : 0) + (third ? 0.7 : 0) - 1;
    const word = (value: boolean): string => (value ? 'much' : 'little');
    return { first: word(first), second: word(second), third: word(third), bought: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0 };
  });
}

describe('the features of a card', () => {
  it('are those that tell enough and do not repeat each other; the others are named, with the reason', () => {
    const card = fitScorecard(rows, { target: 'answered' });
    expect([...card.features].sort()).toEqual(['debt', 'plan', 'visits']);
    expect(card.wrongSigned).toEqual([]);
    const reasons = Object.fromEntries(card.leftOut.map(({ feature, reason }) => [feature, reason]));
    expect(reasons).toEqual({ shoe: 'information value', visitsAgain: 'correlation' });
    expect(card.leftOut.find(({ feature }) => feature === 'visitsAgain')!.explanation).toMatch(/^its evidence has a correlation of [01]\.\d{3} with that of visits, which tells more$/);
    expect(card.leftOut.find(({ feature }) => feature === 'shoe')!.explanation).toMatch(/^its information value of 0\.\d+ is below 0\.02$|^its evidence is the same for all rows$/);
  });

  it('stand in the order of their information values', () => {
    const values = fitScorecard(rows, { target: 'answered' }).toJSON().features.map(({ binning }) => binning.iv);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('lose what would turn its own evidence upside down, unless all are asked for', () => {
    const data = suppressed();
    const card = fitScorecard(data, { target: 'bought' });
    expect(card.features).toEqual(['first', 'third']);
    expect(card.leftOut).toMatchObject([{ feature: 'second', reason: 'sign' }]);
    expect(card.leftOut[0]!.explanation).toMatch(/^beside the others its coefficient is -\d\.\d{3}, which turns its own evidence upside down$/);
    const all = fitScorecard(data, { target: 'bought', selection: 'all' });
    expect(all.wrongSigned).toEqual(['second']);
    expect([...all.features].sort()).toEqual(['first', 'second', 'third']);
    const stepwise = fitScorecard(data, { target: 'bought', selection: 'stepwise' });
    expect(stepwise.features).toEqual(['first', 'third']);
    expect(stepwise.leftOut).toMatchObject([{ feature: 'second', reason: 'stepwise', explanation: 'beside the others it would turn its own evidence upside down' }]);
  });

  it('are by stepwise choice those that pay, and no subset less one or plus one is better', () => {
    const data = rows.map((row, i) => ({ ...row, noise: (i * 7919) % 13, echo: i % 4 === 0 ? null : row.visits }));
    const features = ['visits', 'plan', 'debt', 'shoe', 'noise', 'echo'] as const;
    const card = fitScorecard(data, { target: 'answered', features, selection: 'stepwise', minInformationValue: 0 });
    for (const feature of features) {
      const chosen = card.features.includes(feature);
      if (!chosen) expect(card.leftOut.map((out) => out.feature)).toContain(feature);
      const other = chosen ? card.features.filter((name) => name !== feature) : [...card.features, feature];
      const rival = fitScorecard(data, { target: 'answered', features: other as (typeof features)[number][], selection: 'all' });
      expect(rival.wrongSigned.length > 0 || rival.bic >= card.bic - 1e-6).toBe(true);
    }
  });

  it('drop what later ones say better', () => {
    // By itself the rounded sum tells most; beside its two parts nothing.
    const random = createRandom(4);
    const data = Array.from({ length: 2000 }, () => {
      const [a, b] = [random.integer(2), random.integer(2)];
      return { a: `a${a}`, b: `b${b}`, sum: a + b + (random.integer(4) - 1.5) / 10, bought: random.uniform() < 1 / (1 + Math.exp(3 - 3 * (a + b))) ? 1 : 0 };
    });
    const card = fitScorecard(data, { target: 'bought', selection: 'stepwise', binning: { splits: { sum: [0.5] } } });
    expect(card.features).toEqual(expect.arrayContaining(['a', 'b']));
    expect(card.leftOut).toMatchObject([{ feature: 'sum', reason: 'stepwise', explanation: 'it was taken in, and later features say what it said' }]);
  });

  it('are without those that others determine, even when all are asked for', () => {
    const card = fitScorecard(rows.map((row) => ({ ...row, again: row.plan })), { target: 'answered', features: ['plan', 'again', 'debt'], selection: 'all' });
    expect(card.features).toHaveLength(2);
    expect(card.leftOut[0]).toMatchObject({ reason: 'aliased' });
    expect(card.leftOut[0]!.explanation).toMatch(/^its evidence is determined exactly by (plan|again)$/);
  });

  it('may be none: then the card has base points only, and the base rate', () => {
    const data = Array.from({ length: 100 }, (_, i) => ({ same: 'x', number: 7, bought: i % 4 === 0 ? 1 : 0 }));
    for (const selection of ['information value', 'stepwise', 'all'] as const) {
      const card = fitScorecard(data, { target: 'bought', selection, rounding: 0, spreadBase: true });
      expect(card.features).toEqual([]);
      expect(card.leftOut.map(({ reason }) => reason)).toEqual(['information value', 'information value']);
      expect(card.predictProbabilityRow({})).toBeCloseTo(0.25, 12);
      expect(card.predictScoreRow({})).toBeCloseTo(card.basePoints, 12);
      expect(card.reasons({})).toEqual([]);
      expect(card.coefficients).toHaveLength(1);
    }
    expect(fitScorecard(data, { target: 'bought', ridge: 3 }).predictProbabilityRow({})).toBeCloseTo(0.25, 12);
  });
});
