import type { EnvelopmentPlan } from './envelopmentOptions.js';
import type { UnitRows } from './readUnits.js';
import { noProjection, type UnitProjection } from './unitProjection.js';

/**
 * Every unit against single units that need no more and bring no less (free disposal hull: Deprins, Simar and Tulkens, 1984): the best
 * score of any, of several the one with the largest sum of slacks. No program to solve; at most units * reference * columns comparisons.
 */
export function projectFreely(units: UnitRows, reference: UnitRows, scales: Float64Array, plan: EnvelopmentPlan): UnitProjection[] {
  const width = scales.length;
  const inputCount = plan.inputs.length;
  return Array.from({ length: units.count }, (_, row) => {
    const own = units.values.subarray(row * width, (row + 1) * width);
    const isEmpty = plan.orientation === 'output' && own.subarray(inputCount).every((output) => output === 0);
    // A unit that brings nothing is measured towards equal shares of the largest of each output.
    const unit = isEmpty ? own.map((amount, i) => (i < inputCount ? amount : scales[i]!)) : own;
    return bestPeer(unit, reference, scales, plan, plan.superEfficiency ? row : -1, isEmpty);
  });
}

function bestPeer(unit: Float64Array, { count, values }: UnitRows, scales: Float64Array, { inputs, orientation, slacks: withSlacks }: EnvelopmentPlan, excluded: number, isEmpty: boolean): UnitProjection {
  const width = unit.length;
  const byInputs = orientation === 'input';
  const scoreOf = byInputs ? shareOfInputs : multipleOfOutputs;
  let best = noProjection(width, NaN);
  let room = -1;
  for (let row = 0; row < count; row++) {
    const score = scoreOf(unit, values, row * width, inputs.length);
    // NaN for who needs more or brings less; 0 for who brings nothing of an output.
    if (!(isEmpty ? score >= 0 : score > 0) || (byInputs ? score > best.score : score < best.score) || row === excluded) continue;
    const slacks = slacksOf(unit, values, row * width, inputs.length, byInputs, score);
    const sum = slacks.reduce((total, slack, i) => total + slack / scales[i]!, 0);
    if (score === best.score && !(sum > room)) continue;
    room = sum;
    best = { score, peers: [row], intensities: [1], slacks: withSlacks ? slacks : new Float64Array(width), gap: 0 };
  }
  return best;
}

// The largest share of an own input that the peer needs.
function shareOfInputs(unit: Float64Array, values: Float64Array, from: number, inputCount: number): number {
  let score = 0;
  for (let i = inputCount; i < unit.length; i++) if (values[from + i]! < unit[i]!) return NaN;
  for (let i = 0; i < inputCount; i++) {
    const peer = values[from + i]!;
    if (unit[i]! > 0) score = Math.max(score, peer / unit[i]!);
    else if (peer > 0) return NaN;
  }
  return score;
}

// The smallest multiple of an own output that the peer brings.
function multipleOfOutputs(unit: Float64Array, values: Float64Array, from: number, inputCount: number): number {
  let score = Infinity;
  for (let i = 0; i < inputCount; i++) if (values[from + i]! > unit[i]!) return NaN;
  for (let i = inputCount; i < unit.length; i++) if (unit[i]! > 0) score = Math.min(score, values[from + i]! / unit[i]!);
  return score;
}

function slacksOf(unit: Float64Array, values: Float64Array, from: number, inputCount: number, byInputs: boolean, score: number): Float64Array {
  return unit.map((amount, i) => {
    const isInput = i < inputCount;
    const radial = isInput === byInputs ? amount * score : amount;
    const slack = isInput ? radial - values[from + i]! : values[from + i]! - radial;
    return slack > 1e-14 * radial ? slack : 0;
  });
}
