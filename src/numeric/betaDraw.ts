import { logGammaDraw } from './gammaDraw.js';
import type { Random } from './random.js';

/** One draw of a beta variable with shapes a and b, both above 0: the first of two gamma draws over their sum, from their logarithms. */
export function betaDraw(random: Random, a: number, b: number): number {
  const first = logGammaDraw(random, a);
  return 1 / (1 + Math.exp(logGammaDraw(random, b) - first));
}
