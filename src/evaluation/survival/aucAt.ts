import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { addCensoringMoves, countUpTo, shareAt, type CensoringWeights, type Scratch } from './censoringWeights.js';

/** The positions by rising risk, and what is needed of the rows in that order, so that each time reads them one after the other. */
export interface RiskOrder {
  readonly positions: Uint32Array;
  readonly risks: Float64Array;
  readonly weights: Float64Array;
  readonly spoken: Float64Array;
}

/** Orders the rows by risk; within equal risks by duration. */
export function riskOrder({ order, weights, spoken }: CensoringWeights, risks: Float64Array): RiskOrder {
  const byPosition = gather(risks, order);
  const positions = sortedOrder(byPosition);
  return { positions, risks: gather(byPosition, positions), weights: gather(weights, positions), spoken: gather(spoken, positions) };
}

/** The area at one time, with what it rests on. */
export interface AucAtTime {
  readonly estimate: number;
  readonly standardError: number;
  readonly cases: number;
  readonly controls: number;
  readonly effectiveSize: number;
}

/**
 * The area at one time: sum over cases i and controls j of a_i b_j (1 if i has the higher risk, 1/2 if the same) / (sum a x sum b), a = weight / G(T-), b = weight.
 * One walk up the risks gives for each case the share of controls below and for each control the share of cases above; both kinds must occur. O(n).
 */
export function aucAt(rows: CensoringWeights, byRisk: RiskOrder, time: number, scratch: Scratch): AucAtTime {
  const { events, weights, spoken } = rows;
  const n = weights.length;
  const split = countUpTo(rows, time);
  let [cases, caseSum, caseSquares, controls, controlSquares] = [0, 0, 0, 0, 0];
  for (let k = 0; k < split; k++) {
    if (events[k] === 1) cases += weights[k]!;
    caseSum += spoken[k]!;
    caseSquares += spoken[k]! * spoken[k]!;
  }
  for (let k = split; k < n; k++) {
    controls += weights[k]!;
    controlSquares += weights[k]! * weights[k]!;
  }
  const { parts, moves } = scratch;
  const estimate = placements(byRisk, split, moves, caseSum, controls);
  // What each moves the figure by: its own placement less the mean, as a share of its kind.
  for (let k = 0; k < split; k++) moves[k] = parts[k] = (spoken[k]! * (moves[k]! - estimate)) / caseSum;
  for (let k = split; k < n; k++) moves[k] = (weights[k]! * (moves[k]! - estimate)) / controls;
  // The share not yet censored at the time is the same for all controls, and drops out.
  parts.fill(0, split);
  addCensoringMoves(rows, time, scratch);
  const beyond = shareAt(rows.curve, time);
  const size = (caseSum + controls / beyond) ** 2 / (caseSquares + controlSquares / (beyond * beyond));
  return { estimate, standardError: Math.sqrt(sumOfSquares(moves)), cases, controls, effectiveSize: size };
}

// Into `placed`, by position: of each case the share of controls with a lower risk, of each control the share of cases with a higher one; ties half. Returns the mean.
function placements({ positions, risks, weights, spoken }: RiskOrder, split: number, placed: Float64Array, caseSum: number, controls: number): number {
  let [casesBelow, controlsBelow, won] = [0, 0, 0];
  for (let start = 0; start < positions.length; ) {
    const risk = risks[start]!;
    let end = start;
    let casesHere = 0;
    let controlsHere = 0;
    for (; end < positions.length && risks[end] === risk; end++) {
      if (positions[end]! < split) casesHere += spoken[end]!;
      else controlsHere += weights[end]!;
    }
    const ofCase = (controlsBelow + controlsHere / 2) / controls;
    const ofControl = 1 - (casesBelow + casesHere / 2) / caseSum;
    for (let i = start; i < end; i++) placed[positions[i]!] = positions[i]! < split ? ofCase : ofControl;
    won += casesHere * ofCase;
    casesBelow += casesHere;
    controlsBelow += controlsHere;
    start = end;
  }
  return won / caseSum;
}

/** Of all the values. */
export function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! * values[k]!;
  return sum;
}
