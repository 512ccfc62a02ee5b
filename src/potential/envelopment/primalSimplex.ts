import type { Objective } from './objective.js';
import { addToPool, exchange, type Program } from './program.js';
import { magnitude, movedPrices, product } from './pricing.js';

/** Steps after which the smallest number decides, so that no program turns in circles (Bland, 1977). */
const PATIENCE = 60;
/** Steps after which a program is given up. */
const MOST_STEPS = 3000;
/** Entries of an entering column (scaled) nearer to 0 than this are no pivots. */
const PIVOT = 1e-10;

/**
 * From a feasible basis to the best one, by the primal simplex method: candidates first; once none of them helps, everyone is asked
 * (when `proof` is wanted), and whoever helps most becomes a candidate. False when stuck: on a singular basis, or after too many steps.
 */
export function primalSimplex(program: Program, objective: Objective, proof: boolean, moved: Float64Array, column: Float64Array): boolean {
  for (let step = 0; step < MOST_STEPS; step++) {
    const byNumber = step > PATIENCE;
    let entering = bestOf(program, program.candidates, objective, moved, byNumber);
    if (entering < 0 && proof) {
      entering = bestOf(program, program.everyone, objective, moved, false);
      if (entering >= 0 && entering < program.technology.unitCount) addToPool(program, entering);
    }
    if (entering < 0) return true;
    enteringColumn(program, entering, column);
    const place = blockingPlace(program, column, byNumber);
    if (place < 0) return false;
    exchange(program, place, entering);
    if (!objective.refresh()) return false;
  }
  return false;
}

// The variable with the largest gain relative to the terms that make it up; with patience at an end, the first with any.
function bestOf(program: Program, candidates: readonly number[], objective: Objective, moved: Float64Array, byNumber: boolean): number {
  const { technology: { columns, rowCount: k, unitCount }, isBasic, excluded } = program;
  const { prices, noise, gate } = objective;
  movedPrices(program, prices, noise, -1, moved);
  let found = -1;
  let best = 0;
  for (const unit of candidates) {
    const at = unit * k;
    if (!(product(moved, columns, at, k) > 0) || isBasic[unit] === 1 || unit === excluded) continue;
    if (gate !== null && product(gate, columns, at, k) < 0) continue;
    const gain = product(prices, columns, at, k) / magnitude(prices, columns, at, k);
    if (byNumber ? found >= 0 && unit > found : gain <= best) continue;
    found = unit;
    best = gain;
  }
  return byNumber && found >= 0 ? found : bestSlack(program, objective, found, best, unitCount);
}

function bestSlack({ technology: { rowCount, slackSigns, scales }, isBasic, rowScales }: Program, { prices, noise, slackCost, gate }: Objective, unit: number, gainOfUnit: number, unitCount: number): number {
  let found = unit;
  let best = gainOfUnit;
  for (let i = 0; i < rowCount; i++) {
    if (slackSigns[i] === 0 || isBasic[unitCount + i] === 1 || (gate !== null && gate[i] !== 0)) continue;
    const cost = i < scales.length ? slackCost : 0;
    const gain = (prices[i]! * slackSigns[i]! - cost) / (noise[i]! + Math.abs(cost) + 1e-300 * rowScales[i]!);
    if (!(gain > 1e-12 && gain > best)) continue;
    found = unitCount + i;
    best = gain;
  }
  return found;
}

// What the basic variables lose by one unit of the entering one, which is scaled like them.
function enteringColumn({ technology: { columns, rowCount: k, unitCount, slackSigns }, inverse, rowScales }: Program, entering: number, column: Float64Array): void {
  let size = 0;
  if (entering < unitCount) for (let i = 0; i < k; i++) size = Math.max(size, Math.abs(columns[entering * k + i]! * rowScales[i]!));
  for (let place = 0; place < k; place++) {
    let sum = 0;
    if (entering >= unitCount) sum = inverse[place * k + entering - unitCount]! * slackSigns[entering - unitCount]!;
    else for (let i = 0; i < k; i++) sum += inverse[place * k + i]! * ((columns[entering * k + i]! * rowScales[i]!) / size);
    column[place] = sum;
  }
}

function blockingPlace({ basis, values, excluded, scorePlace }: Program, column: Float64Array, byNumber: boolean): number {
  let found = -1;
  let least = Infinity;
  let firmest = 0;
  for (let place = 0; place < basis.length; place++) {
    if (place === scorePlace) continue;
    const fall = basis[place] === excluded ? Math.abs(column[place]!) : column[place]!;
    if (!(fall > PIVOT)) continue;
    const ratio = Math.max(values[place]!, 0) / fall;
    const near = 1e-12 * (1 + ratio);
    if (ratio > least + near || (ratio >= least - near && (byNumber ? basis[place]! > basis[found]! : fall <= firmest))) continue;
    found = place;
    least = ratio;
    firmest = fall;
  }
  return found;
}
