import { ClientelaError } from '../../errors.js';
import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { censoringCurve, shareBefore } from './censoringCurve.js';
import type { ConcordanceOptions } from './concordanceOptions.js';
import { inThisOrder, inTimeOrder, readGroups, readNumbers, readSurvival, type SurvivalSample } from './survivalSample.js';

/** Rows by stratum, then by duration, then by risk. */
export interface ConcordanceRows extends SurvivalSample {
  /** The row at each position. */
  readonly rows: Uint32Array;
  /** Of the risk within the stratum: 0 for the lowest, equal for equal risks. */
  readonly ranks: Int32Array;
  /** The weight of the pairs of an event, on the side of the event: its own times what weighting gives to its time; 0 where there is no event to count. */
  readonly stakes: Float64Array;
  /** From when each was observed, and the positions of each stratum by that; null where all were from the start. */
  readonly entries: { readonly times: Float64Array; readonly order: Uint32Array } | null;
  /** Where each stratum begins, and the end. */
  readonly bounds: Uint32Array;
  /** How many different risks each stratum has. */
  readonly rankCounts: Int32Array;
}

/** Reads and orders the rows: one stable sort by risk, one by duration, and counting by stratum. */
export function concordanceRows(caller: string, sample: SurvivalSample, risks: Float64Array, options: ConcordanceOptions): ConcordanceRows {
  const n = sample.durations.length;
  const strata = options.strata === undefined ? null : readGroups(caller, 'strata', options.strata, n);
  const byRisk = sortedOrder(risks);
  const { ranks: ranksOfRisk, rankCounts } = rankWithin(byRisk, risks, strata);
  const rows = byStratum(inOrder(byRisk, sortedOrder(gather(sample.durations, byRisk))), strata);
  const ordered = inThisOrder(sample, rows);
  const ranks = new Int32Array(n);
  for (let k = 0; k < n; k++) ranks[k] = ranksOfRisk[rows[k]!]!;
  const bounds = boundsOf(strata, n);
  const stakes = stakesOf(caller, ordered, bounds, options);
  return { ...ordered, rows, ranks, stakes, entries: readEntries(caller, options, sample, rows, strata), bounds, rankCounts };
}

type Strata = ReturnType<typeof readGroups> | null;

function rankWithin(byRisk: Uint32Array, risks: Float64Array, strata: Strata): { ranks: Int32Array; rankCounts: Int32Array } {
  const ranks = new Int32Array(byRisk.length);
  const rankCounts = new Int32Array(strata === null ? 1 : strata.count);
  const last = new Float64Array(rankCounts.length).fill(NaN);
  for (let k = 0; k < byRisk.length; k++) {
    const row = byRisk[k]!;
    const stratum = strata === null ? 0 : strata.codes[row]!;
    const risk = risks[row]!;
    if (risk !== last[stratum]) {
      rankCounts[stratum]!++;
      last[stratum] = risk;
    }
    ranks[row] = rankCounts[stratum]! - 1;
  }
  return { ranks, rankCounts };
}

function boundsOf(strata: Strata, n: number): Uint32Array {
  if (strata === null) return Uint32Array.of(0, n);
  const bounds = new Uint32Array(strata.count + 1);
  for (let row = 0; row < n; row++) bounds[strata.codes[row]! + 1]!++;
  for (let stratum = 0; stratum < strata.count; stratum++) bounds[stratum + 1]! += bounds[stratum]!;
  return bounds;
}

function byStratum(rows: Uint32Array, strata: Strata): Uint32Array {
  if (strata === null) return rows;
  const next = boundsOf(strata, rows.length);
  const sorted = new Uint32Array(rows.length);
  for (let k = 0; k < rows.length; k++) sorted[next[strata.codes[rows[k]!]!]!++] = rows[k]!;
  return sorted;
}

function stakesOf(caller: string, rows: SurvivalSample, bounds: Uint32Array, options: ConcordanceOptions): Float64Array {
  const { durations, events, weights } = rows;
  const until = options.until ?? Infinity;
  const stakes = new Float64Array(durations.length);
  const isUno = options.weighting === 'uno';
  if (isUno) {
    const { training: given } = options;
    const training = given === undefined ? null : censoringCurve(inTimeOrder(readSurvival(caller, given.durations, given.events, given.weights)));
    for (let s = 0; s + 1 < bounds.length; s++) shareBefore(training ?? censoringCurve(rows, bounds[s], bounds[s + 1]), durations, stakes, bounds[s], bounds[s + 1]);
  }
  for (let k = 0; k < stakes.length; k++) {
    const share = isUno ? stakes[k]! : 1;
    // Of events that the training sample could not have seen nothing is known.
    stakes[k] = events[k] === 1 && durations[k]! <= until && share > 0 ? weights[k]! / (share * share) : 0;
  }
  return stakes;
}

function readEntries(caller: string, options: ConcordanceOptions, sample: SurvivalSample, rows: Uint32Array, strata: Strata): ConcordanceRows['entries'] {
  if (options.entries === undefined) return null;
  const given = readNumbers(caller, 'entries', options.entries, rows.length, 0);
  const row = given.findIndex((entry, i) => !(entry < sample.durations[i]!));
  if (row >= 0) {
    throw new ClientelaError('INVALID_VALUE', `${caller} needs every row to enter before its end, found entry ${given[row]} and duration ${sample.durations[row]} in row ${row}`, { function: caller, row, value: given[row] });
  }
  const position = new Uint32Array(rows.length);
  for (let k = 0; k < rows.length; k++) position[rows[k]!] = k;
  const order = byStratum(sortedOrder(given), strata).map((one) => position[one]!);
  return { times: gather(given, rows), order };
}

function inOrder(values: Uint32Array, order: Uint32Array): Uint32Array {
  const ordered = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) ordered[k] = values[order[k]!]!;
  return ordered;
}
