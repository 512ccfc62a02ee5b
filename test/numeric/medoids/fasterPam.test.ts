import { describe, expect, it } from 'vitest';
import { MedoidSet, type MedoidProblem } from '../../../src/numeric/medoids/fasterPam.js';
import { createRandom } from '../../../src/numeric/random.js';

function randomProblem(count: number, seed: number): MedoidProblem {
  const random = createRandom(seed);
  const points = Float64Array.from({ length: count }, () => random.normal());
  const distances = new Float64Array(count * count).map((_, at) => Math.abs(points[Math.floor(at / count)]! - points[at % count]!));
  return { count, distances, weights: Float64Array.from({ length: count }, () => 1 + random.integer(3)) };
}

const costOf = ({ count, distances, weights }: MedoidProblem, medoids: ArrayLike<number>): number =>
  Array.from(weights).reduce((sum, weight, row) => sum + weight * Math.min(...Array.from(medoids, (medoid) => distances[row * count + medoid]!)), 0);

describe('MedoidSet', () => {
  it('has the cost of the definition after swaps, and ends where no swap of one medoid helps: found by trying all', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const problem = randomProblem(25, seed);
      const set = new MedoidSet(problem, Int32Array.of(0, 1, 2));
      for (let kick = 0; kick < 4; kick++) {
        set.improve();
        expect(set.cost).toBeCloseTo(costOf(problem, set.medoids), 9);
        for (let place = 0; place < 3; place++) {
          for (let row = 0; row < 25; row++) expect(costOf(problem, set.medoids.map((medoid, i) => (i === place ? row : medoid)))).toBeGreaterThan(set.cost - 1e-9);
        }
        set.kick(createRandom(seed));
        expect(set.cost).toBeCloseTo(costOf(problem, set.medoids), 9);
      }
    }
  });

  it('finds the one row that is nearest to all', () => {
    const problem = randomProblem(25, 3);
    const set = new MedoidSet(problem, Int32Array.of(4));
    set.improve();
    expect(set.cost).toBeCloseTo(Math.min(...Array.from(problem.weights, (_, row) => costOf(problem, [row]))), 12);
  });
});
