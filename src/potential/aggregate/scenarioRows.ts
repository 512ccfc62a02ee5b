import { growthFigure, squaredLength, type GrowthFigure } from './growthRows.js';
import { growthSums } from './growthSums.js';
import type { Lifted } from './liftCustomers.js';

/** What the scenario brings from some customers. */
export interface ScenarioRow {
  /** The value of the dimension (null: missing); `total` for all. */
  readonly name: string | null;
  /** How many; with `weights` their sum. */
  readonly customers: number;
  /** Those who are below the share and contribute. */
  readonly lifted: number;
  /** What they spend now. */
  readonly present: number;
  /** What they could bring. */
  readonly potential: number;
  /** present / potential now; null where there is no potential. */
  readonly share: number | null;
  /** (present + amount) / potential then. */
  readonly shareThen: number | null;
  /** What comes on top of the present spend. */
  readonly amount: GrowthFigure;
}

/** The rows of one dimension. */
export function scenarioRows(scenario: Lifted, weights: Float64Array, groups: readonly (string | null)[], codes: Int32Array, z: number): ScenarioRow[] {
  const { rowCount, headroom: amounts, potential, sharedCount } = scenario;
  const ones = new Float64Array(rowCount).fill(1);
  // The potential stands where wallets are summed.
  const sums = growthSums({ values: { ...scenario, wallet: potential }, weights, ease: ones, gain: ones }, codes, groups.length);
  const lifted = new Float64Array(groups.length);
  for (let row = 0; row < rowCount; row++) if (amounts[row]! > 0) lifted[codes[row]!]! += weights[row]!;
  return groups.map((name, group) => {
    const [present, whole] = [sums.present[group]!, sums.wallet[group]!];
    const amount = growthFigure(sums.headroom[group]!, sums.own[group]!, squaredLength(sums.shared, group, sharedCount), z, 0);
    return { name, customers: sums.customers[group]!, lifted: lifted[group]!, present, potential: whole, share: whole > 0 ? present / whole : null, shareThen: whole > 0 ? (present + amount.estimate) / whole : null, amount };
  });
}
