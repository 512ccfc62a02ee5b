import type { EnvelopmentPlan } from './envelopmentOptions.js';
import { factorise } from './factorise.js';
import { loadUnit, setBasis } from './program.js';
import type { UnitRows } from './readUnits.js';
import { createSolver, solveScore, solveSlacks, type Solver } from './solver.js';
import { buildTechnology, columnsOf } from './technology.js';
import { noProjection, type UnitProjection } from './unitProjection.js';

/** Basic values (relative to the unit's own amounts) up to this are 0. */
const NOTHING = 1e-11;
/** Stands where the basis of a unit that no mix reaches would begin. */
const UNSOLVED = -1;

/** Every unit against all mixes of the reference that the returns to scale allow, by linear programs; and how far the prices are from their proof. */
export function projectUnits(units: UnitRows, reference: UnitRows, scales: Float64Array, plan: EnvelopmentPlan): { projections: UnitProjection[]; dualExcess: number } {
  const technology = buildTechnology(reference, scales, plan.inputs.length, plan.outputs.length, plan.returns);
  const solver = createSolver(technology, plan.returns, plan.orientation);
  const columns = directed(columnsOf(units, technology), plan, technology.rowCount);
  const among = units === reference;
  const width = plan.inputs.length + plan.outputs.length;
  // Once every unit of the reference has been solved for, the whole frontier is known.
  const isKnown = plan.slacks && (among || units.count >= reference.count);
  const bases = isKnown ? learnFrontier(solver, among ? columns : directed(columnsOf(reference, technology), plan, technology.rowCount), reference.count) : null;
  const projections = Array.from({ length: units.count }, (_, row) => {
    const unit = columns.subarray(row * technology.rowCount, (row + 1) * technology.rowCount);
    const alone = plan.superEfficiency && (bases === null || solver.program.inPool[row] === 1);
    if (!(among && bases !== null && !alone ? resume(solver, unit, bases, row) : solveScore(solver, unit, among ? row : -1, alone))) {
      // Where nobody brings anything, a unit that may stay as it is, or do nothing at all, loses nothing.
      return noProjection(width, isEmpty(units, row, plan) && (plan.returns === 'constant' || (among && !alone)) ? 0 : NaN);
    }
    const projection = project(solver, unit, plan, alone || bases === null);
    // Of an output that none of them brings, phi is 0: no score compares them.
    return plan.orientation === 'output' && projection.score === 0 && !isEmpty(units, row, plan) ? noProjection(width, NaN) : projection;
  });
  return { projections, dualExcess: solver.dualExcess };
}

function isEmpty({ values }: UnitRows, row: number, { inputs, outputs, orientation }: EnvelopmentPlan): boolean {
  const to = (row + 1) * (inputs.length + outputs.length);
  return orientation === 'output' && values.subarray(to - outputs.length, to).every((amount) => amount === 0);
}

// A unit that brings nothing is measured towards equal shares of the largest of each output: of one output, towards the most of it.
function directed(columns: Float64Array, { inputs, outputs, orientation }: EnvelopmentPlan, rowCount: number): Float64Array {
  if (orientation === 'input') return columns;
  const width = inputs.length + outputs.length;
  for (let from = 0; from < columns.length; from += rowCount) {
    const own = columns.subarray(from + inputs.length, from + width);
    if (own.every((amount) => amount === 0)) own.fill(-1);
  }
  return columns;
}

function learnFrontier(solver: Solver, columns: Float64Array, count: number): Int32Array {
  const { basis } = solver.program;
  const bases = new Int32Array(count * basis.length);
  for (let row = 0; row < count; row++) {
    const isSolved = solveScore(solver, columns.subarray(row * basis.length, (row + 1) * basis.length), row, false);
    if (isSolved) bases.set(basis, row * basis.length);
    else bases[row * basis.length] = UNSOLVED;
  }
  return bases;
}

// Back to the solution of a unit; false where it has none.
function resume({ program, byInputs }: Solver, unit: Float64Array, bases: Int32Array, row: number): boolean {
  const from = row * unit.length;
  if (bases[from] === UNSOLVED) return false;
  loadUnit(program, unit, byInputs, -1);
  setBasis(program, bases, from);
  return factorise(program);
}

function project(solver: Solver, unit: Float64Array, plan: EnvelopmentPlan, proof: boolean): UnitProjection {
  const { program } = solver;
  const { technology: { unitCount, scales }, values, sizes, basis, rowScales } = program;
  const theta = values[program.scorePlace]!;
  const bound = provenBound(solver);
  if (plan.slacks) solveSlacks(solver, proof);
  // phi = 1 / theta: what is mixed for theta of the inputs is scaled up to all of them.
  const inverted = solver.byInputs && plan.orientation === 'output';
  const factor = inverted ? 1 / theta : 1;
  const mixed: [number, number][] = [];
  const slacks = new Float64Array(scales.length);
  basis.forEach((variable, place) => {
    const value = values[place]!;
    if (!(value > NOTHING)) return;
    const row = variable - unitCount;
    if (row < 0) mixed.push([variable, (value / sizes[place]!) * factor]);
    else if (plan.slacks && row < scales.length) slacks[row] = (value / rowScales[row]!) * scales[row]! * factor;
  });
  mixed.sort(([a], [b]) => a - b);
  const gap = Math.abs(reached(solver, unit, mixed, factor) - bound) / Math.max(1, Math.abs(bound));
  const score = inverted ? factor : theta;
  return { score: score > 1e-12 ? score : 0, peers: mixed.map(([row]) => row), intensities: mixed.map(([, intensity]) => intensity), slacks, gap };
}

// What the prices alone say of the score.
function provenBound({ program: { bounds, prices, rowScales, scoreColumn } }: Solver): number {
  let worth = 0;
  let scored = 0;
  for (let i = 0; i < bounds.length; i++) {
    worth += (prices[i]! / rowScales[i]!) * bounds[i]!;
    scored += (prices[i]! / rowScales[i]!) * scoreColumn[i]!;
  }
  return worth / scored;
}

// What the mix alone says of the score: the largest share of an own input that it needs, or the smallest multiple of an own output that it brings.
function reached({ byInputs, program: { technology: { columns, inputCount, rowCount, scales } } }: Solver, unit: Float64Array, mixed: readonly [number, number][], factor: number): number {
  let score = byInputs ? 0 : Infinity;
  for (let i = byInputs ? 0 : inputCount; i < (byInputs ? inputCount : scales.length); i++) {
    if (unit[i] === 0) continue;
    let sum = 0;
    for (const [row, intensity] of mixed) sum += columns[row * rowCount + i]! * (intensity / factor);
    score = byInputs ? Math.max(score, sum / unit[i]!) : Math.min(score, sum / unit[i]!);
  }
  return score;
}
