import { factorise } from './factorise.js';
import { exchange, type Program } from './program.js';
import { magnitude, movedPrices, product } from './pricing.js';

/** Basic values this far below 0 (relative to the unit's own amounts) are 0. */
const FEASIBLE = 1e-11;
/** Steps after which the smallest number decides, so that no program turns in circles (Bland, 1977). */
const PATIENCE = 60;
/** Steps after which a program is given up. */
const MOST_STEPS = 3000;

/** How a search for a basis ended; `stuck` on a singular basis or after too many steps. */
export type SimplexEnd = 'feasible' | 'infeasible' | 'stuck';

/**
 * From a basis whose prices suit all candidates to one whose values are feasible too, by the dual simplex method. Prices of the last unit
 * stay right for the next one, as they do not depend on whom they judge: only the values have to be mended.
 */
export function dualSimplex(program: Program, rho: Float64Array, moved: Float64Array): SimplexEnd {
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!factorise(program)) return 'stuck';
    const place = leavingPlace(program, step > PATIENCE);
    if (place < 0) return 'feasible';
    // A unit that may not be used has to fall to 0 instead of rising to it.
    leavingRow(program, place, program.values[place]! > 0 ? -1 : 1, rho);
    const entering = enteringVariable(program, rho, moved, step > PATIENCE);
    if (entering < 0) return 'infeasible';
    exchange(program, place, entering);
  }
  return 'stuck';
}

function leavingPlace({ basis, values, excluded, scorePlace }: Program, byNumber: boolean): number {
  let found = -1;
  let worst = FEASIBLE;
  for (let place = 0; place < basis.length; place++) {
    if (place === scorePlace) continue;
    const amount = basis[place] === excluded ? Math.abs(values[place]!) : -values[place]!;
    if (!(amount > (byNumber ? FEASIBLE : worst)) || (byNumber && found >= 0 && basis[place]! > basis[found]!)) continue;
    found = place;
    worst = amount;
  }
  return found;
}

// The row of the basis inverse that leaves, free of what is nothing but rounding.
function leavingRow({ inverse, rowScales, technology: { rowCount: k } }: Program, place: number, sign: number, rho: Float64Array): void {
  let largest = 0;
  for (let i = 0; i < k; i++) largest = Math.max(largest, Math.abs(inverse[place * k + i]!));
  for (let i = 0; i < k; i++) {
    const entry = inverse[place * k + i]!;
    rho[i] = Math.abs(entry) > 1e-12 * largest ? sign * entry * rowScales[i]! : 0;
  }
}

// The candidate whose reduced cost reaches 0 first; of several the one with the firmest pivot.
function enteringVariable(program: Program, rho: Float64Array, moved: Float64Array, byNumber: boolean): number {
  const { technology: { columns, rowCount: k, unitCount, slackSigns }, candidates, isBasic, excluded, prices, noise } = program;
  movedPrices(program, rho, rho, 1, moved);
  let found = -1;
  let least = Infinity;
  let firmest = 0;
  const consider = (variable: number, ratio: number, firmness: number): void => {
    const near = 1e-12 * ratio;
    if (ratio > least + near || (ratio >= least - near && (byNumber ? variable > found : firmness <= firmest))) return;
    found = variable;
    least = ratio;
    firmest = firmness;
  };
  for (const unit of candidates) {
    if (!(product(moved, columns, unit * k, k) < 0) || isBasic[unit] === 1 || unit === excluded) continue;
    const alpha = product(rho, columns, unit * k, k);
    const terms = magnitude(prices, columns, unit * k, k);
    const reduced = -product(prices, columns, unit * k, k);
    consider(unit, reduced > 1e-13 * terms ? reduced / -alpha : 0, -alpha / magnitude(rho, columns, unit * k, k));
  }
  for (let i = 0; i < k; i++) {
    const alpha = rho[i]! * slackSigns[i]!;
    if (!(alpha < 0) || isBasic[unitCount + i] === 1) continue;
    const reduced = -prices[i]! * slackSigns[i]!;
    consider(unitCount + i, reduced > 1e-14 * noise[i]! ? reduced / -alpha : 0, 1);
  }
  return found;
}
