import { derive, softplus, type LawPoint, type ResidualLaw } from '../accelerated/residualLaw.js';
import type { LikelihoodBlock } from '../accelerated/rowLikelihood.js';
import { EVENT, type ScaledTimes } from '../accelerated/timeRows.js';

/** Log-likelihood of one row, and its derivatives by the log-odds of never leaving (o), by the line (l) and by 1 / scale (i). */
interface CurePoint {
  value: number;
  o: number;
  l: number;
  i: number;
  oo: number;
  lo: number;
  ll: number;
  io: number;
  il: number;
  ii: number;
}

/**
 * Rows of a mixture: with odds e^o a customer never leaves, and otherwise at a time with survival S(z), z = inverse * y - line. Still there, a row
 * adds ln (e^o + S) - ln (1 + e^o); gone, ln f - ln (1 + e^o). q = S / (e^o + S) is the probability that who is still there will leave.
 */
export function cureLaw(law: ResidualLaw, { kinds, times, entries, weights }: ScaledTimes, fixed: number | null): (block: LikelihoodBlock) => number {
  const at: LawPoint = { value: 0, slope: 0, curve: 0 };
  const point: CurePoint = { value: 0, o: 0, l: 0, i: 0, oo: 0, lo: 0, ll: 0, io: 0, il: 0, ii: 0 };
  const addByZ = (sign: number, y: number, slope: number, odds: number, curve: number): void => {
    point.l -= sign * slope;
    point.i += sign * slope * y;
    point.lo -= sign * odds;
    point.io += sign * odds * y;
    point.ll += sign * curve;
    point.il -= sign * curve * y;
    point.ii += sign * curve * y * y;
  };
  const stay = (sign: number, y: number, o: number, line: number, inverse: number): void => {
    derive(law, 'right', inverse * y - line, at);
    const cured = 1 / (1 + Math.exp(-o));
    const leaves = 1 / (1 + Math.exp(o - at.value));
    const stays = 1 / (1 + Math.exp(at.value - o));
    point.value += sign * (at.value + softplus(o - at.value) - softplus(o));
    point.o += sign * (stays - cured);
    point.oo += sign * (stays * leaves - cured * (1 - cured));
    addByZ(sign, y, leaves * at.slope, -stays * leaves * at.slope, leaves * (at.curve + stays * at.slope * at.slope));
  };
  const leave = (y: number, o: number, line: number, inverse: number): void => {
    derive(law, 'event', inverse * y - line, at);
    const cured = 1 / (1 + Math.exp(-o));
    point.value += at.value + Math.log(inverse) - softplus(o);
    point.o -= cured;
    point.oo -= cured * (1 - cured);
    addByZ(1, y, at.slope, 0, at.curve);
    point.i += 1 / inverse;
    point.ii -= 1 / (inverse * inverse);
  };
  return ({ start, rows, sums, first, second }) => {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const row = start + i;
      const w = weights === null ? 1 : weights[row]!;
      point.value = point.o = point.l = point.i = point.oo = point.lo = point.ll = point.io = point.il = point.ii = 0;
      if (w > 0) {
        const [o, line, inverse] = [sums[0]![i]!, sums[1]![i]!, fixed ?? sums[2]![i]!];
        if (kinds[row] === EVENT) leave(times[row]!, o, line, inverse);
        else stay(1, times[row]!, o, line, inverse);
        // Who enters late had not left by then: that is given.
        if (entries !== null && entries[row]! > -Infinity) stay(-1, entries[row]!, o, line, inverse);
      }
      total += w * point.value;
      first[0]![i] = w * point.o;
      first[1]![i] = w * point.l;
      second[0]![i] = w * point.oo;
      second[1]![i] = w * point.lo;
      second[2]![i] = w * point.ll;
      if (fixed !== null) continue;
      first[2]![i] = w * point.i;
      second[3]![i] = w * point.io;
      second[4]![i] = w * point.il;
      second[5]![i] = w * point.ii;
    }
    return total;
  };
}

/** The probability that a row still leaves, given how far it has come: 1 where it has left. */
export function leavingShares(law: ResidualLaw, { kinds, times }: ScaledTimes, odds: Float64Array, lines: Float64Array, inverse: number): Float64Array {
  const at: LawPoint = { value: 0, slope: 0, curve: 0 };
  return odds.map((o, row) => {
    if (kinds[row] === EVENT) return 1;
    derive(law, 'right', inverse * times[row]! - lines[row]!, at);
    return 1 / (1 + Math.exp(o - at.value));
  });
}
