import type { Technology } from './technology.js';

/**
 * The linear program of one unit, worked on in place:
 *   least cost * z  with  A lambda + S slack + z * scoreColumn = bounds,  lambda, slack >= 0,
 * A the columns of the technology; z is the score (cost 1, down) or, by outputs, the factor (cost -1, up) and never leaves the basis.
 * Every row is divided by the unit's own amount, so that bounds and score column are 0, 1 or -1 and tolerances are relative to the unit.
 * Variables are numbered: units first, then the slacks of the rows, then the score.
 */
export interface Program {
  readonly technology: Technology;
  /** Units that programs look at first: those of the frontier found so far. */
  readonly pool: number[];
  readonly inPool: Uint8Array;
  readonly everyone: readonly number[];
  /** The pool, or everyone. */
  candidates: readonly number[];
  cost: 1 | -1;
  /** A unit that may not be used, or -1. */
  excluded: number;
  readonly rowScales: Float64Array;
  readonly bounds: Float64Array;
  readonly scoreColumn: Float64Array;
  readonly basis: Int32Array;
  readonly isBasic: Uint8Array;
  scorePlace: number;
  /** Inverse of the basis, row-major, rows and columns scaled. */
  readonly inverse: Float64Array;
  readonly work: Float64Array;
  /** Basic variables, units in multiples of what they weigh in the heaviest row. */
  readonly values: Float64Array;
  /** What a basic unit weighs in its heaviest row. */
  readonly sizes: Float64Array;
  /** Dual prices of the rows as they stand in the technology (row scales taken back). */
  readonly prices: Float64Array;
  /** What rounding may make of a price. */
  readonly noise: Float64Array;
}

/** An empty program over a technology. */
export function createProgram(technology: Technology): Program {
  const { rowCount, unitCount } = technology;
  const perRow = (): Float64Array => new Float64Array(rowCount);
  return {
    technology,
    pool: [],
    inPool: new Uint8Array(unitCount),
    everyone: Array.from({ length: unitCount }, (_, unit) => unit),
    candidates: [],
    cost: 1,
    excluded: -1,
    rowScales: perRow(),
    bounds: perRow(),
    scoreColumn: perRow(),
    basis: new Int32Array(rowCount).fill(-1),
    isBasic: new Uint8Array(unitCount + rowCount + 1),
    scorePlace: 0,
    inverse: new Float64Array(rowCount * rowCount),
    work: new Float64Array(rowCount * rowCount),
    values: perRow(),
    sizes: perRow(),
    prices: perRow(),
    noise: perRow(),
  };
}

/** Sets the rows for a unit: its column, and whether its inputs go down or its outputs up. */
export function loadUnit(program: Program, unit: Float64Array, byInputs: boolean, excluded: number): void {
  const { technology: { inputCount, outputCount, rowCount }, rowScales, bounds, scoreColumn } = program;
  program.cost = byInputs ? 1 : -1;
  program.excluded = excluded;
  for (let i = 0; i < rowCount; i++) {
    const own = Math.abs(unit[i]!);
    const present = own > 0 ? 1 : 0;
    rowScales[i] = own > 0 ? 1 / own : 1;
    const isInput = i < inputCount;
    const isScored = i < inputCount + outputCount && isInput === byInputs;
    scoreColumn[i] = isScored ? (byInputs ? -present : present) : 0;
    bounds[i] = isScored ? 0 : isInput || i >= inputCount + outputCount ? present : -present;
  }
}

/** Makes these the basis. */
export function setBasis(program: Program, basis: ArrayLike<number>, from = 0): void {
  const { basis: own, isBasic, technology: { rowCount, unitCount } } = program;
  for (let place = 0; place < rowCount; place++) if (own[place]! >= 0) isBasic[own[place]!] = 0;
  for (let place = 0; place < rowCount; place++) {
    const variable = basis[from + place]!;
    own[place] = variable;
    isBasic[variable] = 1;
    if (variable === unitCount + rowCount) program.scorePlace = place;
  }
}

/** Puts a variable in the place of another. */
export function exchange(program: Program, place: number, entering: number): void {
  program.isBasic[program.basis[place]!] = 0;
  program.isBasic[entering] = 1;
  program.basis[place] = entering;
}

/** Adds a unit to the pool. */
export function addToPool(program: Program, unit: number): void {
  if (program.inPool[unit] === 1) return;
  program.inPool[unit] = 1;
  program.pool.push(unit);
}
