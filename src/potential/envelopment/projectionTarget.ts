import type { EnvelopmentPlan } from './envelopmentOptions.js';
import type { UnitRows } from './readUnits.js';
import type { UnitProjection } from './unitProjection.js';

/** The point of the frontier that a unit is compared with. */
export interface ProjectionTarget {
  /** theta or phi; Infinity for a unit that brings nothing and could. */
  readonly score: number;
  /** theta or 1 / phi; 0 for a unit that brings nothing and could. */
  readonly efficiency: number;
  /** Inputs then outputs. */
  readonly values: Float64Array;
  /** By how much its peers need more than that, or bring less; relative. */
  readonly excess: number;
}

/** Inputs, or outputs, times the score, then the slacks taken off or added. */
export function targetOf(units: UnitRows, row: number, { score, slacks, peers, intensities }: UnitProjection, scales: Float64Array, { inputs, orientation, returns }: EnvelopmentPlan, reference: UnitRows): ProjectionTarget {
  const width = slacks.length;
  const own = units.values.subarray(row * width, (row + 1) * width);
  if (Number.isNaN(score)) return { score: NaN, efficiency: NaN, values: new Float64Array(width).fill(NaN), excess: 0 };
  const isEmpty = orientation === 'output' && own.subarray(inputs.length).every((amount) => amount === 0);
  let excess = returns === 'constant' || (isEmpty && score === 0) ? 0 : sumExcess(intensities, returns);
  const values = own.map((amount, i) => {
    const isInput = i < inputs.length;
    const isScored = isInput === (orientation === 'input');
    const radial = isScored ? score * (isEmpty ? scales[i]! : amount) : amount;
    const target = isInput ? radial - slacks[i]! : radial + slacks[i]!;
    const mixed = peers.reduce((sum, peer, k) => sum + intensities[k]! * reference.values[peer * width + i]!, 0);
    excess = Math.max(excess, (isInput ? mixed - target : target - mixed) / (Math.max(radial, target) || scales[i]!));
    return target > 1e-12 * radial ? target : 0;
  });
  const shown = isEmpty ? (score > 0 ? Infinity : 1) : score;
  return { score: shown, efficiency: orientation === 'input' ? score : 1 / shown, values, excess };
}

function sumExcess(intensities: readonly number[], returns: EnvelopmentPlan['returns']): number {
  const sum = intensities.reduce((total, intensity) => total + intensity, 0);
  return returns === 'decreasing' ? sum - 1 : returns === 'increasing' ? 1 - sum : Math.abs(sum - 1);
}
