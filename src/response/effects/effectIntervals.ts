import { ClientelaError } from '../../errors.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { areWhole, compareArms, NO_SUMS, splitAt, squaredError, sumsBetween, sumsWithin, type ArmSums } from './armSums.js';
import { keep } from './effectScores.js';
import { rankArms } from './rankArms.js';
import type { UpliftRows } from './upliftRows.js';

/** An interval of the effect for every row. */
export interface EffectIntervals {
  readonly by: 'customer' | 'bin';
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Effect over its standard error: of every row, or of its bin. */
  readonly z: Float64Array;
  /** Bin of every row, and how many there are; every row its own where the intervals are its own. */
  readonly bins: Uint32Array | null;
  readonly binCount: number;
  /** 1 for the rows whose outcomes no interval rests on; null where none does. */
  readonly measures: Uint8Array | null;
}

/** Score ± z standard errors. */
export function customerIntervals(caller: string, { scores, places }: UpliftRows, standardErrors: ArrayLike<number>, given: number, z: number): EffectIntervals {
  const errors = keep(caller, 'standardErrors', standardErrors, places, given);
  const bad = errors.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad >= 0) throw new ClientelaError('INVALID_VALUE', `${caller} found ${errors[bad]!} in standardErrors, row ${places?.[bad] ?? bad}; it must be finite and 0 or more`, { row: places?.[bad] ?? bad, value: errors[bad] });
  const lower = scores.map((score, row) => score - z * errors[row]!);
  const upper = scores.map((score, row) => score + z * errors[row]!);
  return { by: 'customer', lower, upper, z: scores.map((score, row) => (score === 0 ? 0 : score / errors[row]!)), bins: null, binCount: scores.length, measures: null };
}

/** The effect of each bin of scores, measured on half of the rows of either arm; the bins are cut there too, and never through equal scores. */
export function binIntervals(caller: string, rows: UpliftRows, { bins, confidence, seed }: { readonly bins: number; readonly confidence: number; readonly seed: number }): EffectIntervals {
  const n = rows.scores.length;
  const measures = new Uint8Array(n);
  const random = createRandom(seed);
  for (const arm of [1, 0]) {
    const members = shuffle(Uint32Array.from(rows.treated.keys()).filter((row) => rows.treated[row] === arm), random);
    for (const row of members.subarray(members.length >> 1)) measures[row] = 1;
  }
  const learns = Uint32Array.from(measures.keys()).filter((row) => measures[row] === 0);
  const take = (values: Float64Array): Float64Array => Float64Array.from(learns, (row) => values[row]!);
  const half = { ...rows, outcomes: take(rows.outcomes), scores: take(rows.scores), weights: rows.weights === null ? null : take(rows.weights), treated: Uint8Array.from(learns, (row) => rows.treated[row]!) };
  const ranked = rankArms(half, half.scores);
  const end = ranked.scores.length - 1;
  const total = end < 0 ? 0 : ranked.treated[end]! + ranked.control[end]!;
  if (total < bins) throw new ClientelaError('INVALID_OPTION', `${caller} needs at least as many customers in half of the rows as bins, found ${total} and ${bins}; ask for fewer bins`, { option: 'bins' });
  const edges: number[] = [];
  let before: ArmSums = NO_SUMS;
  const found: { readonly lower: number; readonly upper: number; readonly z: number }[] = [];
  for (let j = 1; j <= bins; j++) {
    const lastScore = sumsWithin(ranked, splitAt(total, bins, j, areWhole(half.weights))).lastScore;
    if (edges.length > 0 && lastScore === edges[edges.length - 1]) continue;
    edges.push(lastScore);
    const soFar = sumsAt(ranked, lastScore);
    const sums = sumsBetween(before, soFar);
    before = soFar;
    const { uplift } = compareArms(caller, sums, { isBinary: rows.isBinary, center: ranked.center, confidence });
    found.push({ lower: uplift.lower, upper: uplift.upper, z: zOf(sums, rows.isBinary, ranked.center) });
  }
  const binOf = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    let bin = 0;
    while (bin < edges.length - 1 && rows.scores[row]! < edges[bin]!) bin++;
    binOf[row] = bin;
  }
  const spread = (of: (bin: (typeof found)[number]) => number): Float64Array => Float64Array.from(binOf, (bin) => of(found[bin]!));
  return { by: 'bin', lower: spread(({ lower }) => lower), upper: spread(({ upper }) => upper), z: spread(({ z }) => z), bins: binOf, binCount: found.length, measures };
}

/** The difference of means over its standard error; of events with one more of each kind in either arm (Agresti and Caffo, 2000), so that few of them prove little. */
function zOf(sums: ArmSums, isBinary: boolean, center: number): number {
  const { treated, treatedSum, control, controlSum } = sums;
  const [a, b, x, y] = isBinary ? [treated + 2, control + 2, treatedSum + 1, controlSum + 1] : [treated, control, treatedSum, controlSum];
  const difference = x / a - y / b;
  const square = squaredError(isBinary ? { treated: a, treatedSum: x, treatedSquares: x, control: b, controlSum: y, controlSquares: y } : sums, center);
  return difference === 0 ? 0 : difference / Math.sqrt(square);
}

/** Everybody at or above a score. */
function sumsAt(ranked: ReturnType<typeof rankArms>, score: number): ArmSums {
  let group = 0;
  while (group < ranked.scores.length - 1 && ranked.scores[group + 1]! >= score) group++;
  return {
    treated: ranked.treated[group]!,
    treatedSum: ranked.treatedSum[group]!,
    treatedSquares: ranked.treatedSquares[group]!,
    control: ranked.control[group]!,
    controlSum: ranked.controlSum[group]!,
    controlSquares: ranked.controlSquares[group]!,
  };
}
