import { normalMultiplier } from '../../evaluation/intervals.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { readAmounts, readPotentials, type PotentialColumns } from './potentialColumns.js';

/**
 * Potentials with all their columns, made of the columns that are known: what a survey, another program or an expert says of customers, in the form in which
 * everything here takes and gives it.
 *
 * What is missing follows from the rest: headroom is potential - present, the wallet of whoever is in the market for sure the potential, of others potential /
 * participation; intervals are normal with the two variances and not below the present spend. O(customers × shared unknowns).
 *
 * @param potentials - `present` and `potential`, and whatever else is known
 * @returns all columns, those given as copies
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_OPTION`
 * @example
 * ```ts
 * const surveyed = completePotentials({ customers: ['ann', 'bob'], present: [50, 0], potential: [100, 20], ownVariance: [100, 0] });
 * [surveyed.headroom, surveyed.share]; // => [Float64Array.of(50, 20), Float64Array.of(0.5, 0)]
 * surveyed.potentialUpper[0]; // => 116.448536
 * ```
 */
export function completePotentials(potentials: PotentialColumns): CustomerPotentials {
  const caller = 'completePotentials';
  const { rowCount, present, potential, headroom, wallet, own, shared, sharedCount } = readPotentials(caller, potentials);
  const { customers = null, confidence = 0.9 } = potentials;
  const z = normalMultiplier(caller, confidence);
  const column = (name: 'participation' | 'share' | 'shareLower' | 'shareUpper' | 'potentialLower' | 'potentialUpper', least: number, most: number, otherwise: (row: number) => number): Float64Array => {
    const given = potentials[name];
    return given === undefined ? new Float64Array(rowCount).map((_, row) => otherwise(row)) : readAmounts(caller, name, given, rowCount, least, most).slice();
  };
  const half = (row: number): number => {
    let variance = own === null ? 0 : own[row]!;
    for (let at = row * sharedCount; at < (row + 1) * sharedCount; at++) variance += shared![at]! * shared![at]!;
    return z * Math.sqrt(variance);
  };
  const shareAt = (row: number, amount: number): number => (present[row]! > 0 ? Math.min(1, present[row]! / amount) : 0);
  const participation = column('participation', 0, 1, () => 1);
  const potentialLower = column('potentialLower', 0, Infinity, (row) => Math.max(present[row]!, potential[row]! - half(row)));
  const potentialUpper = column('potentialUpper', 0, Infinity, (row) => potential[row]! + half(row));
  return {
    customers,
    present: present.slice(),
    wallet: potentials.wallet === undefined ? potential.map((amount, row) => (present[row]! > 0 || !(participation[row]! > 0) ? amount : amount / participation[row]!)) : wallet.slice(),
    participation,
    potential: potential.slice(),
    headroom,
    share: column('share', 0, 1, (row) => shareAt(row, potential[row]!)),
    potentialLower,
    potentialUpper,
    shareLower: column('shareLower', 0, 1, (row) => shareAt(row, potentialUpper[row]!)),
    shareUpper: column('shareUpper', 0, 1, (row) => shareAt(row, potentialLower[row]!)),
    ownVariance: own?.slice() ?? new Float64Array(rowCount),
    sharedLoadings: shared?.slice() ?? new Float64Array(0),
    sharedCount,
    confidence,
  };
}
