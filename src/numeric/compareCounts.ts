import { chiSquareSurvival } from './chiSquare.js';

/** How far two sets of counts over the same bins lie apart. */
export interface CountComparison {
  /** The population stability index, the sum of (q - p) ln(q / p), 0 or more. */
  readonly psi: number;
  /** What chance alone makes of it on average: (bins - 1) (1 / n + 1 / m). */
  readonly expectedPsi: number;
  /** Of the chi-square test that both are drawn from one distribution. */
  readonly p: number;
}

/**
 * Compares two sets of counts. Bins empty in both do not count; where a bin is empty on one side, half a row is added to every bin on both.
 * The null expectation follows from PSI / (1 / n + 1 / m) being chi-square with bins - 1 degrees of freedom (Yurdakul, 2018).
 */
export function compareCounts(a: Float64Array, b: Float64Array): CountComparison {
  const bins = Array.from(a, (_, bin) => bin).filter((bin) => a[bin]! + b[bin]! > 0);
  const added = bins.some((bin) => a[bin] === 0 || b[bin] === 0) ? 0.5 : 0;
  const total = (counts: Float64Array): number => bins.reduce((sum, bin) => sum + counts[bin]!, 0);
  const [n, m] = [total(a), total(b)];
  let [psi, chiSquare] = [0, 0];
  for (const bin of bins) {
    const p = (a[bin]! + added) / (n + added * bins.length);
    const q = (b[bin]! + added) / (m + added * bins.length);
    psi += (q - p) * Math.log(q / p);
    chiSquare += (Math.sqrt(m / n) * a[bin]! - Math.sqrt(n / m) * b[bin]!) ** 2 / (a[bin]! + b[bin]!);
  }
  return { psi, expectedPsi: (bins.length - 1) * (1 / n + 1 / m), p: bins.length < 2 ? 1 : chiSquareSurvival(chiSquare, bins.length - 1) };
}
