import { describe, expect, it } from 'vitest';
import { compareRocAuc, rocAucInterval } from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';

const simulated = (seed: number, n: number): { labels: Uint8Array; a: Float64Array; b: Float64Array } => {
  const random = createRandom(seed);
  const labels = new Uint8Array(n);
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    labels[i] = random.uniform() < 0.3 ? 1 : 0;
    const shared = random.normal();
    a[i] = labels[i]! + shared + 0.7 * random.normal();
    b[i] = labels[i]! + shared + 0.7 * random.normal();
  }
  return { labels, a, b };
};

describe('rocAucInterval', () => {
  it('covers the true area at about the confidence asked for', () => {
    // Labels shift a normal of variance 1.49 by 1: AUC = Phi(1 / sqrt(2 * 1.49)).
    const truth = 0.718806;
    let covered = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { labels, a } = simulated(seed, 300);
      const { lower, upper } = rocAucInterval(labels, a, { confidence: 0.9 });
      if (lower <= truth && truth <= upper) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.86);
    expect(covered / 400).toBeLessThan(0.94);
  });
});

describe('compareRocAuc', () => {
  it('finds equally good scores different about as often as the level says', () => {
    let rejected = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { labels, a, b } = simulated(seed, 200);
      if (compareRocAuc(labels, a, b).p < 0.1) rejected++;
    }
    expect(rejected / 400).toBeGreaterThan(0.06);
    expect(rejected / 400).toBeLessThan(0.14);
  });

  it('gives difference 0, z 0 and p 1 for scores that rank alike', () => {
    const { labels, a } = simulated(9, 100);
    expect(compareRocAuc(labels, a, a.map((score) => Math.exp(score)))).toMatchObject({
      difference: { estimate: 0, lower: 0, upper: 0 },
      standardError: 0,
      z: 0,
      p: 1,
    });
  });

  it('gives no certainty where scores differ and the rows show no spread', () => {
    const comparison = compareRocAuc([0, 0, 1, 1], [1, 2, 3, 4], [1, 1, 1, 1]);
    expect(comparison).toEqual({ aucA: 1, aucB: 0.5, difference: { estimate: 0.5, lower: NaN, upper: NaN }, standardError: 0, z: NaN, p: NaN });
    // The same where thirds leave a rest of rounding.
    expect(compareRocAuc([0, 0, 0, 1, 1, 1], [1, 2, 2, 3, 3, 3], [1, 1, 1, 1, 1, 1]).p).toBeNaN();
  });

  it('changes sign, and nothing else, when the scores change places', () => {
    const { labels, a, b } = simulated(10, 100);
    const forth = compareRocAuc(labels, a, b);
    const back = compareRocAuc(labels, b, a);
    expect(back.difference.estimate).toBe(-forth.difference.estimate);
    expect(back.z).toBeCloseTo(-forth.z, 12);
    expect(back.p).toBeCloseTo(forth.p, 12);
    expect([back.aucA, back.aucB]).toEqual([forth.aucB, forth.aucA]);
  });

  it('has a standard error from both variances and the covariance', () => {
    const { labels, a, b } = simulated(11, 150);
    const [se, seA, seB] = [compareRocAuc(labels, a, b).standardError, rocAucInterval(labels, a).standardError, rocAucInterval(labels, b).standardError];
    // Scores that share their noise: a paired difference is far more certain than independent areas would make it.
    expect(se).toBeLessThan(0.8 * Math.hypot(seA, seB));
  });
});
