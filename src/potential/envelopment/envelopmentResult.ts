import type { EnvelopmentOrientation, EnvelopmentPlan, ReturnsToScale } from './envelopmentOptions.js';
import { targetOf } from './projectionTarget.js';
import type { UnitRows } from './readUnits.js';
import { unsolved } from './solver.js';
import type { UnitProjection } from './unitProjection.js';

/**
 * How a unit stands: on the frontier (`efficient`), on its edge, where the score is 1 but single columns leave something to gain
 * (`weaklyEfficient`), behind it (`inefficient`), or where no mix of the others reaches (`infeasible`).
 */
export type EnvelopmentStatus = 'efficient' | 'weaklyEfficient' | 'inefficient' | 'infeasible';

/** One of those that a unit is compared with: like these, and they bring more. */
export interface EnvelopmentPeer {
  /** Its row in the reference, or in the data where there is none. */
  readonly row: number;
  /** Its name, or null where no column says it. */
  readonly unit: string | number | null;
  /** How much of it goes into the mix that the unit is compared with. */
  readonly intensity: number;
}

/** A unit that others are compared with. */
export interface EnvelopmentBenchmark {
  /** Its row in the reference, or in the data where there is none. */
  readonly row: number;
  /** Its name, or null where no column says it. */
  readonly unit: string | number | null;
  /** Of how many others it is a peer. */
  readonly count: number;
}

/** How far the solutions are from being proven, the worst over all units; all of them are relative, and 1e-10 or less. */
export interface EnvelopmentCertificate {
  /** Distance of the score that the peers reach from the bound that dual prices give. */
  readonly gap: number;
  /** By how much any unit of the reference exceeds the prices. */
  readonly dualExcess: number;
  /** By how much any mix of peers needs more, or brings less, than its target. */
  readonly primalExcess: number;
}

/** What {@link dataEnvelopment} gives: columns with a place per unit, in the order of the rows. */
export interface DataEnvelopment {
  /** Names of the input columns. */
  readonly inputs: readonly string[];
  /** Names of the output columns. */
  readonly outputs: readonly string[];
  /** What may be made of the units. */
  readonly returns: ReturnsToScale;
  /** What is scaled to reach the frontier. */
  readonly orientation: EnvelopmentOrientation;
  /** Whether each unit is measured without itself. */
  readonly superEfficiency: boolean;
  /** How many units were measured. */
  readonly unitCount: number;
  /** Their names, or null where no column says them. */
  readonly units: readonly (string | number)[] | null;
  /**
   * By outputs, what all outputs could be multiplied by (1 or more); by inputs, what all inputs could be multiplied by (1 or less). Beyond 1 on
   * the other side only against others (`superEfficiency`, `reference`). `NaN` where infeasible; `Infinity` for who brings nothing and could.
   */
  readonly scores: Float64Array;
  /** The same in (0, 1] whatever the orientation: the score by inputs, 1 / score by outputs; 0 for who brings nothing and could; above 1 as the scores. */
  readonly efficiencies: Float64Array;
  /** How each stands. */
  readonly statuses: readonly EnvelopmentStatus[];
  /** Inputs at the point of the frontier that each is compared with; row-major, units * inputs. */
  readonly targetInputs: Float64Array;
  /** Outputs at that point, by outputs what each could bring; row-major, units * outputs. */
  readonly targetOutputs: Float64Array;
  /** What could be saved of each input beside the score; row-major, units * inputs. */
  readonly inputSlacks: Float64Array;
  /** What could be gained of each output beside the score; row-major, units * outputs. */
  readonly outputSlacks: Float64Array;
  /** Those that each is compared with, the largest intensity first; an efficient one with itself. */
  readonly peers: readonly (readonly EnvelopmentPeer[])[];
  /** Units that are peers of others, of most first. */
  readonly benchmarks: readonly EnvelopmentBenchmark[];
  /** Rows of units that no mix of the others reaches. */
  readonly infeasible: readonly number[];
  /** How exactly all this is proven. */
  readonly certificate: EnvelopmentCertificate;
}

/** Puts the projections together. */
export function describeEnvelopment(units: UnitRows, reference: UnitRows, plan: EnvelopmentPlan, projections: readonly UnitProjection[], scales: Float64Array, dualExcess: number): DataEnvelopment {
  const { inputs, outputs, returns, orientation, superEfficiency } = plan;
  const { count } = units;
  const targets = projections.map((projection, row) => targetOf(units, row, projection, scales, plan, reference));
  // Nobody is better than a frontier that has it on or behind it; a figure in NaN is a unit compared with nobody.
  const most = units === reference && !superEfficiency ? 1 : Infinity;
  const unproven = targets.findIndex(({ excess, efficiency }, row) => !(Math.max(excess, projections[row]!.gap) < 1e-6) || efficiency - most > 1e-6);
  if (unproven >= 0) throw unsolved(unproven);
  const efficiencies = Float64Array.from(targets, ({ efficiency }) => efficiency);
  const flat = (width: number, offset: number, of: (row: number) => Float64Array): Float64Array =>
    new Float64Array(count * width).map((_, at) => of(Math.floor(at / width))[offset + (at % width)]!);
  const nameOf = (row: number): string | number | null => reference.names?.[row] ?? null;
  return {
    inputs,
    outputs,
    returns,
    orientation,
    superEfficiency,
    unitCount: count,
    units: units.names,
    scores: Float64Array.from(targets, ({ score }) => score),
    efficiencies,
    statuses: targets.map(({ values, efficiency }, row) => statusOf(efficiency, values, projections[row]!.slacks, plan.tolerance)),
    targetInputs: flat(inputs.length, 0, (row) => targets[row]!.values),
    targetOutputs: flat(outputs.length, inputs.length, (row) => targets[row]!.values),
    inputSlacks: flat(inputs.length, 0, (row) => projections[row]!.slacks),
    outputSlacks: flat(outputs.length, inputs.length, (row) => projections[row]!.slacks),
    peers: projections.map(({ peers, intensities }) =>
      peers.map((row, k) => ({ row, unit: nameOf(row), intensity: intensities[k]! })).sort((a, b) => b.intensity - a.intensity || a.row - b.row)),
    benchmarks: countPeers(projections, units === reference).map(([row, peerCount]) => ({ row, unit: nameOf(row), count: peerCount })),
    infeasible: projections.flatMap(({ score }, row) => (Number.isNaN(score) ? [row] : [])),
    certificate: {
      gap: projections.reduce((worst, { gap }) => Math.max(worst, gap), 0),
      dualExcess,
      primalExcess: targets.reduce((worst, { excess }) => Math.max(worst, excess), 0),
    },
  };
}

function countPeers(projections: readonly UnitProjection[], among: boolean): [row: number, count: number][] {
  const counts = new Map<number, number>();
  projections.forEach(({ peers }, unit) => {
    for (const row of peers) if (!(among && row === unit)) counts.set(row, (counts.get(row) ?? 0) + 1);
  });
  return [...counts].sort(([rowA, a], [rowB, b]) => b - a || rowA - rowB);
}

function statusOf(efficiency: number, target: Float64Array, slacks: Float64Array, tolerance: number): EnvelopmentStatus {
  if (Number.isNaN(efficiency)) return 'infeasible';
  if (efficiency < 1 - tolerance) return 'inefficient';
  return efficiency <= 1 + tolerance && slacks.some((slack, i) => slack > tolerance * (target[i]! + slack)) ? 'weaklyEfficient' : 'efficient';
}
