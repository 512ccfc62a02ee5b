import type { Estimate } from '../../numeric/estimate.js';
import type { SharedLoadings } from './sharedLoadings.js';
import type { ValueTerms } from './valueTerms.js';

/** A sum of values: what it is expected to be, and between which ends what is really brought is going to lie. */
export interface ValueFigure extends Estimate {
  /** The part of its variance that chance makes of each customer alone: it averages out in great sums. */
  readonly ownVariance: number;
  /** The part from the parameters, which is the same error in all customers: it does not average out. */
  readonly sharedVariance: number;
}

/** The value of a group of customers. */
export interface ValueRow {
  /** The value of the dimension (null: missing); `total` for all. */
  readonly name: string | null;
  /** How many; with `weights` their sum. */
  readonly customers: number;
  /** How many of them are expected to be active. */
  readonly alive: number;
  /** Purchases to expect within the horizon; Infinity where they have no end. */
  readonly expectedPurchases: number;
  /** What they are worth together. */
  readonly value: ValueFigure;
}

/** What groups are summed from. */
export interface SumTerms {
  readonly terms: ValueTerms;
  /** Variance of what each customer brings; null where that is not known. */
  readonly own: Float64Array | null;
  readonly shared: SharedLoadings | null;
  /** The multiplier of a standard error. */
  readonly z: number;
}

/** The rows of groups, by the group of each customer. */
export function valueRows({ terms, own, shared, z }: SumTerms, codes: Int32Array, names: readonly (string | null)[]): ValueRow[] {
  const { alive, expected, value, histories } = terms;
  const width = shared?.width ?? 0;
  const [customers, active, purchases, sums, owns] = Array.from({ length: 5 }, () => new Float64Array(names.length)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const loadings = new Float64Array(names.length * width);
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i]!;
    const weight = histories.weights === null ? 1 : histories.weights[i]!;
    if (weight === 0) continue;
    customers[group]! += weight;
    active[group]! += weight * alive[i]!;
    purchases[group]! += weight * expected[i]!;
    sums[group]! += weight * value[i]!;
    if (own !== null) owns[group]! += weight * own[i]!;
    for (let k = 0; k < width; k++) loadings[group * width + k]! += weight * shared!.loadings[i * width + k]!;
  }
  return names.map((name, group) => {
    let sharedVariance = 0;
    for (let k = group * width; k < (group + 1) * width; k++) sharedVariance += loadings[k]! * loadings[k]!;
    return { name, customers: customers[group]!, alive: active[group]!, expectedPurchases: purchases[group]!, value: valueFigure(sums[group]!, owns[group]!, sharedVariance, z) };
  });
}

/** A sum with its ends: those of a lognormal law of the same mean and variance, as sums of values are not negative and long above. */
export function valueFigure(estimate: number, ownVariance: number, sharedVariance: number, z: number): ValueFigure {
  if (!(estimate > 0 && estimate < Infinity)) return { estimate, lower: estimate, upper: estimate, ownVariance, sharedVariance };
  const variance = Math.log1p((ownVariance + sharedVariance) / (estimate * estimate));
  if (variance === Infinity) return { estimate, lower: 0, upper: Infinity, ownVariance, sharedVariance };
  const middle = estimate * Math.exp(-variance / 2);
  const reach = Math.exp(z * Math.sqrt(variance));
  return { estimate, lower: middle / reach, upper: middle * reach, ownVariance, sharedVariance };
}

/** The same after costs, which may leave less than nothing: what is brought, with its ends, less the costs, which are certain. */
export function lessCosts(figure: ValueFigure, costs: number): ValueFigure {
  return costs === 0 ? figure : { ...figure, estimate: figure.estimate - costs, lower: figure.lower - costs, upper: figure.upper - costs };
}
