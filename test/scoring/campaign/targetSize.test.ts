import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profitCurve } from '../../../src/evaluation/profitCurve.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import { idealTarget } from '../../../src/scoring/campaign/idealTarget.js';
import { targetSize, type TargetSizeOptions } from '../../../src/scoring/campaign/targetSize.js';
import { errorCode as code } from '../../errorCode.js';

const terms = { contactCost: 10, benefit: 100 };

function campaign(random: Random, count: number): { scores: Float64Array; labels: Uint8Array } {
  const scores = Float64Array.from({ length: count }, () => 1 / (1 + Math.exp(2.5 - 1.5 * random.normal())));
  return { scores, labels: Uint8Array.from(scores, (p) => (random.uniform() < p ? 1 : 0)) };
}

describe('targetSize', () => {
  it('finds the top of the realised curve, never inside equal scores (by hand)', () => {
    // Gains from the highest score: 4, -1, 4, -1 | the two at 0.4 together.
    const size = targetSize([1, 0, 1, 0, 0], [0.9, 0.7, 0.4, 0.4, 0.1], { contactCost: 1, benefit: 5, replicates: 50 });
    expect([...size.curve]).toEqual([0, 4, 3, 4.5, 6, 5]);
    expect(size).toMatchObject({ contacts: { estimate: 4 }, share: { estimate: 0.8 }, cutProbability: { estimate: 0.4 }, profit: 6, replicates: 50, stopped: false });
    // 0.9, 0.7, 0.4 and 0.4 exceed 0.2; 5 x 2.4 - 4.
    expect(size.theory).toMatchObject({ contacts: 4, realisedProfit: 6 });
    expect(size.theory.expectedProfit.estimate).toBeCloseTo(8, 12);
  });

  it('agrees with profitCurve and idealTarget, and keeps its intervals around its figures', () => {
    const amounts = fc.record({ contactCost: fc.integer({ min: 0, max: 30 }), benefit: fc.integer({ min: 0, max: 100 }), fixedCost: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 10 })), { minLength: 1, maxLength: 30 }), amounts, (rows, costs) => {
        const labels = rows.map(([label]) => label);
        const scores = rows.map(([, score]) => score / 10);
        const size = targetSize(labels, scores, { ...costs, replicates: 20 });
        const made = profitCurve(labels, scores, costs);
        expect([size.contacts.estimate, size.profit]).toEqual([made.contacts, made.profit]);
        expect(size.cutProbability.estimate).toBe(made.contacts === 0 ? 1 : made.threshold);
        for (const { estimate, lower, upper } of [size.contacts, size.share, size.cutProbability, size.correctedProfit, size.theory.expectedProfit]) expect(lower <= estimate && estimate <= upper).toBe(true);
        const ideal = idealTarget(scores, costs);
        expect(size.theory.contacts).toBe(ideal.contacts);
        expect(size.theory.expectedProfit.lower).toBeCloseTo(ideal.expectedProfit.lower, 9);
        expect(size.theory.p >= 0 && size.theory.p <= 1).toBe(true);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('holds the true best share in about 95 of 100 campaigns, and takes the luck of hindsight off the profit', () => {
    const random = createRandom(20261122);
    // A large population from the highest probability down, and what contacting the first k earns on average.
    const many = campaign(random, 20_000).scores.sort().reverse();
    const best = many.reduce((count, p) => count + (p > 0.1 ? 1 : 0), 0) / many.length;
    const earned = new Float64Array(many.length + 1);
    many.forEach((p, k) => (earned[k + 1] = earned[k]! + 100 * p - 10));
    let [covered, luck, left] = [0, 0, 0];
    for (let i = 0; i < 60; i++) {
      const { scores, labels } = campaign(random, 500);
      const { share, profit, correctedProfit, cutProbability } = targetSize(labels, scores, { ...terms, replicates: 100, seed: i });
      if (share.lower <= best && best <= share.upper) covered++;
      const above = many.reduce((count, p) => count + (p >= cutProbability.estimate ? 1 : 0), 0);
      const truth = (earned[above]! / many.length) * 500;
      luck += (profit - truth) / 60;
      left += (correctedProfit.estimate - truth) / 60;
    }
    expect(covered).toBeGreaterThanOrEqual(53);
    expect(luck).toBeGreaterThan(100);
    expect(Math.abs(left)).toBeLessThan(0.6 * luck);
  });

  it('tells probabilities that promise too much from those that do not', () => {
    const { scores, labels } = campaign(createRandom(8), 1500);
    expect(targetSize(labels, scores, { ...terms, replicates: 2 }).theory.p).toBeGreaterThan(0.01);
    expect(targetSize(labels, scores.map(Math.sqrt), { ...terms, replicates: 2 }).theory.p).toBeLessThan(1e-6);
    expect(targetSize([1, 0], [1, 0], { ...terms, replicates: 2 }).theory.p).toBe(1);
    expect(targetSize([0, 1], [1, 0], { ...terms, replicates: 2 }).theory.p).toBe(0);
  });

  it('names nobody where no depth paid', () => {
    const size = targetSize([0, 0, 0, 1], [0.9, 0.5, 0.4, 0.1], { contactCost: 50, benefit: 100 });
    expect(size).toMatchObject({ contacts: { estimate: 0, lower: 0 }, cutProbability: { estimate: 1, upper: 1 }, profit: 0, correctedProfit: { estimate: 0, lower: 0, upper: 0 } });
  });

  it('repeats itself by seed, and stops when told', () => {
    const { scores, labels } = campaign(createRandom(8), 200);
    const run = (options: Partial<TargetSizeOptions>): ReturnType<typeof targetSize> => targetSize(labels, scores, { ...terms, replicates: 60, ...options });
    expect(run({ seed: 4 })).toEqual(run({ seed: 4 }));
    expect(run({ seed: 4 }).correctedProfit).not.toEqual(run({ seed: 5 }).correctedProfit);
    const stopped = run({ onProgress: ({ done, total, objective }) => done < 10 && total === 60 && objective >= 0 });
    expect(stopped).toMatchObject({ stopped: true, replicates: 10, profit: run({}).profit });
  });

  it.each([
    [[1, 0], [0.1], {}, 'LENGTH_MISMATCH', 'found 1 and 2'],
    [[], [], {}, 'EMPTY_INPUT', 'targetSize needs at least one score, found none'],
    [[1, 2], [0.1, 0.2], {}, 'INVALID_VALUE', 'found label 2 at index 1'],
    [[1, 0], [0.1, 1.2], {}, 'INVALID_VALUE', 'targetSize needs scores between 0 and 1, found 1.2 in row 1'],
    [[1, 0], [0.1, NaN], {}, 'MISSING_VALUE', 'found NaN in row 1'],
    [[1, 0], [0.1, 0.2], { benefit: [1, NaN] }, 'INVALID_OPTION', 'targetSize needs benefit finite and not negative, found NaN in row 1'],
    [[1, 0], [0.1, 0.2], { fixedCost: -1 }, 'INVALID_OPTION', 'needs fixedCost as a number that is not negative'],
    [[1, 0], [0.1, 0.2], { confidence: 1 }, 'INVALID_OPTION', 'needs a confidence between 0 and 1, found 1'],
    [[1, 0], [0.1, 0.2], { replicates: 1 }, 'INVALID_OPTION', 'needs replicates as a whole number of at least 2'],
    [[1, 0], [0.1, 0.2], { budget: 1 }, 'INVALID_OPTION', 'targetSize knows no option "budget"'],
  ])('refuses %j, %j, %j', (labels, scores, options, expectedCode, message) => {
    const run = (): unknown => targetSize(labels, scores, { ...terms, ...options } as TargetSizeOptions);
    expect(run).toThrow(message);
    expect(code(run)).toBe(expectedCode);
  });
});
