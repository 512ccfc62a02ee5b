import type { CountComparison } from '../numeric/compareCounts.js';

/** How far something has drifted. */
export interface Drift extends CountComparison {
  /** p corrected for everything looked at (Benjamini and Hochberg, 1995). */
  readonly q: number;
  /** `'none'` unless q is at most the false alarm rate and PSI exceeds its expectation by 0.1; `'large'` from 0.25. */
  readonly level: 'none' | 'moderate' | 'large';
}

/** A comparison with the word for it: in small tables PSI is large by itself, so both the test and a size beyond chance are asked. */
export function judgeDrift<Found extends CountComparison>(found: Found, q: number, falseAlarmRate: number): Found & Drift {
  const excess = q <= falseAlarmRate ? found.psi - found.expectedPsi : 0;
  return { ...found, q, level: excess < 0.1 ? 'none' : excess < 0.25 ? 'moderate' : 'large' };
}
