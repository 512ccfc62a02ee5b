import { betaQuantile } from '../../../numeric/betaQuantile.js';
import { gammaQuantile } from '../../../numeric/gammaQuantile.js';
import { incompleteBeta } from '../../../numeric/incompleteBeta.js';
import { incompleteGamma } from '../../../numeric/incompleteGamma.js';

/** Weights that add up to 1 and laws: gamma (shape, rate) or beta (a, b). */
export interface Mixture {
  readonly kind: 'gamma' | 'beta';
  readonly weights: readonly number[];
  readonly laws: readonly (readonly [number, number])[];
}

/** The mean of a mixture. */
export function mixtureMean({ kind, weights, laws }: Mixture): number {
  return laws.reduce((sum, [first, second], i) => sum + weights[i]! * (kind === 'gamma' ? first / second : first / (first + second)), 0);
}

/**
 * The value below which a mixture falls with probability p: between the least and the greatest quantile of its laws, by false position that halves
 * the end which stays twice (Dowell and Jarratt, 1971), to 1e-10 of itself.
 */
export function mixtureQuantile(mixture: Mixture, p: number): number {
  const { kind, weights, laws } = mixture;
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < laws.length; i++) {
    if (weights[i]! < 1e-15) continue;
    const [first, second] = laws[i]!;
    const own = kind === 'gamma' ? gammaQuantile(p, first) / second : betaQuantile(p, first, second);
    low = Math.min(low, own);
    high = Math.max(high, own);
  }
  let below = mixtureCdf(mixture, low) - p;
  let above = mixtureCdf(mixture, high) - p;
  let moved = 0;
  for (let step = 0; step < 100 && high - low > 1e-10 * high; step++) {
    const guess = above > below ? low - (below * (high - low)) / (above - below) : (low + high) / 2;
    const middle = guess > low && guess < high ? guess : (low + high) / 2;
    const off = mixtureCdf(mixture, middle) - p;
    if (off === 0) return middle;
    if (off < 0) [low, below, above, moved] = [middle, off, moved < 0 ? above / 2 : above, -1];
    else [high, above, below, moved] = [middle, off, moved > 0 ? below / 2 : below, 1];
  }
  return (low + high) / 2;
}

function mixtureCdf({ kind, weights, laws }: Mixture, value: number): number {
  return laws.reduce((sum, [first, second], i) => sum + weights[i]! * (kind === 'gamma' ? incompleteGamma(value * second, first) : incompleteBeta(value, first, second)), 0);
}
