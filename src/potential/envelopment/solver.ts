import { ClientelaError } from '../../errors.js';
import { dualSimplex, type SimplexEnd } from './dualSimplex.js';
import type { EnvelopmentOrientation, ReturnsToScale } from './envelopmentOptions.js';
import { closestFacet, rememberFacet, type Facets } from './facets.js';
import { factorise } from './factorise.js';
import { scoreObjective, slackObjective } from './objective.js';
import { magnitude, product } from './pricing.js';
import { primalSimplex } from './primalSimplex.js';
import { addToPool, createProgram, loadUnit, setBasis, type Program } from './program.js';
import type { Technology } from './technology.js';

/** Solves the programs of one technology after another, each from what was learnt before. */
export interface Solver {
  readonly program: Program;
  /** Inputs go down: asked for, or because constant returns make it the same question (phi = 1 / theta). */
  readonly byInputs: boolean;
  /** Outputs up, but at least so much has to be mixed: the start is that of constant returns. */
  readonly needsStart: boolean;
  readonly facets: Facets;
  readonly moved: Float64Array;
  readonly row: Float64Array;
  /** How far beyond its price any unit is that a solution was proven with, relative to the unit at the largest price. */
  dualExcess: number;
}

/** A solver over a technology. */
export function createSolver(technology: Technology, returns: ReturnsToScale, orientation: EnvelopmentOrientation): Solver {
  return {
    program: createProgram(technology),
    byInputs: orientation === 'input' || returns === 'constant',
    needsStart: orientation === 'output' && returns === 'increasing',
    facets: { count: 0, prices: [], bases: [] },
    moved: new Float64Array(technology.rowCount),
    row: new Float64Array(technology.rowCount),
    dualExcess: 0,
  };
}

/**
 * Leaves the program at the best score of a unit, proven against everyone; false when no mix of the units reaches it at all.
 * `itself` is its place among them, or -1; with `withoutItself` it may not be used.
 */
export function solveScore(solver: Solver, unit: Float64Array, itself: number, withoutItself: boolean): boolean {
  const { program, facets } = solver;
  if (withoutItself && program.everyone.length === 1) return false;
  loadUnit(program, unit, solver.byInputs, withoutItself ? itself : -1);
  program.candidates = program.pool;
  const known = closestFacet(program, facets);
  if (known >= 0) setBasis(program, facets.bases, known * program.technology.rowCount);
  let end: SimplexEnd = known >= 0 ? mend(solver) : 'stuck';
  const isKnown = end === 'feasible' && isFacet(solver, known);
  if (end === 'feasible' && (isKnown || improve(solver))) {
    if (!isKnown) settle(solver);
    return true;
  }
  // Its own column makes the program of a unit feasible; one that is judged by others may need any of them.
  if (!withoutItself && itself >= 0) {
    addToPool(program, itself);
    end = startAfresh(solver, unit);
  }
  if (end !== 'feasible') {
    program.candidates = program.everyone;
    end = startAfresh(solver, unit);
  }
  if (end === 'infeasible') return false;
  if (end === 'stuck' || !improve(solver)) throw unsolved(itself);
  settle(solver);
  return true;
}

/** The error for a unit whose program cannot be solved, or not be proven, in double precision; -1 where its row is not known. */
export function unsolved(row: number): ClientelaError {
  const where = row < 0 ? 'a unit' : `the unit in row ${row}`;
  return new ClientelaError('NOT_IDENTIFIED', `dataEnvelopment cannot solve the program of ${where}: amounts within a column are too many orders of magnitude apart; leave out the very small units`, row < 0 ? {} : { row });
}

/** Goes on to the largest slacks at that score; `proof` asks everyone, which is not needed once the whole frontier is in the pool. */
export function solveSlacks({ program, moved, row }: Solver, proof: boolean): void {
  primalSimplex(program, slackObjective(program), proof, moved, row);
}

function mend({ program, row, moved }: Solver): SimplexEnd {
  return dualSimplex(program, row, moved);
}

function improve({ program, moved, row }: Solver): boolean {
  return primalSimplex(program, scoreObjective(program), true, moved, row);
}

// Notes a new part of the frontier, and how exactly it is proven.
function settle(solver: Solver): void {
  const { program, facets } = solver;
  const { technology: { columns, rowCount, unitCount }, prices, noise, excluded } = program;
  for (const unit of program.everyone) {
    const excess = product(prices, columns, unit * rowCount, rowCount);
    if (excess > 0 && unit !== excluded) solver.dualExcess = Math.max(solver.dualExcess, excess / magnitude(noise, columns, unit * rowCount, rowCount));
  }
  for (const variable of program.basis) if (variable < unitCount) addToPool(program, variable);
  // Prices found without a unit may be wrong for it.
  if (excluded < 0) rememberFacet(facets, program);
}

function isFacet({ facets, program: { basis } }: Solver, facet: number): boolean {
  return basis.every((variable, place) => facets.bases[facet * basis.length + place] === variable);
}

// A basis whose prices are right for everyone: one input, or the unit with the most of one output, decides alone.
function startAfresh(solver: Solver, unit: Float64Array): SimplexEnd {
  const { program } = solver;
  const { technology: { inputCount, outputCount, rowCount, unitCount, slackSigns }, bounds } = program;
  const width = inputCount + outputCount;
  const byInputs = solver.byInputs || solver.needsStart;
  const first = byInputs ? 0 : inputCount;
  let at = first;
  while (unit[at] === 0) at++;
  if (byInputs) loadUnit(program, unit, true, program.excluded);
  const start = Array.from({ length: rowCount }, (_, i) => unitCount + i);
  start[at] = unitCount + rowCount;
  // Inputs or outputs in the price of one, and the sum of the intensities tied to the unit that has least or most of it.
  if (rowCount > width && (slackSigns[width] === 0 || (slackSigns[width] === 1 && !byInputs))) start[width] = extreme(program, at);
  if (solver.needsStart) bounds[width] = 0;
  setBasis(program, start);
  const end = mend(solver);
  if (!solver.needsStart || end !== 'feasible') return end;
  if (!improve(solver)) return 'stuck';
  loadUnit(program, unit, false, program.excluded);
  return factorise(program) ? mend(solver) : 'stuck';
}

function extreme({ technology: { columns, rowCount }, everyone, excluded }: Program, at: number): number {
  let found = -1;
  for (const unit of everyone) {
    if (unit !== excluded && (found < 0 || columns[unit * rowCount + at]! < columns[found * rowCount + at]!)) found = unit;
  }
  return found;
}
