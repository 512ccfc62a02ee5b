import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';
import { listTransitions } from './countTransitions.js';
import { stepNodes } from './stepNodes.js';

/** Options of {@link unusualTransitions}. */
export interface UnusualTransitionsOptions {
  /** From how many standard deviations on. @defaultValue 3 */
  readonly deviations?: number;
  /** How many to list at most, the farthest off first. @defaultValue 100 */
  readonly most?: number;
}

/** One passage that took far more or less time than that passage takes. */
export interface UnusualTransition {
  /** Who. */
  readonly customer: string | number;
  /** What happened first. */
  readonly from: string;
  /** What followed directly. */
  readonly to: string;
  /** When it arrived, UTC epoch milliseconds. */
  readonly time: number;
  /** Days between the two. */
  readonly elapsedDays: number;
  /** Standard deviations of the others from the mean of the others; below 0, sooner. */
  readonly z: number;
}

/** What {@link unusualTransitions} found. */
export interface UnusualTransitions {
  /** The farthest off first. */
  readonly transitions: readonly UnusualTransition[];
  /** All there are, listed or not. */
  readonly count: number;
}

/**
 * The passages that took unusually long or short: those whose days lie several standard deviations from the mean of the same passage over all customers (the
 * temporal profile of Stertz, Mangler and Rinderle-Ma, 2020). Waiting times are skewed, so most are too late, few too early. `O(events)`.
 *
 * Mean and standard deviation are those of all other times it was passed: with itself among them, one of n could never be more than (n - 1) / √n deviations off, and nothing
 * of 10 or fewer were 3. Of a passage that happened once or twice nothing is unusual. Where all others took the same time, they have no deviation, and that of all is taken: it
 * takes 10 alike for one to be 3 off. Weights say how much each counts for mean and deviation; their unit does not matter.
 *
 * @param source - a log, or journeys made of one in another way, with times
 * @param options - how far off, how many; see {@link UnusualTransitionsOptions}
 * @returns the passages with customer and moment; see {@link UnusualTransitions}
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const rows = [1, 2, 3, 4, 5, 60].flatMap((days, id) => [{ id, at: '2026-01-01', what: 'order' }, { id, at: Date.UTC(2026, 0, 1 + days), what: 'delivery' }]);
 * const { transitions } = unusualTransitions(EventLog.fromRows(rows.map((row) => ({ ...row, at: new Date(row.at) })), { customer: 'id', time: 'at', item: 'what' }));
 * transitions.map(({ customer, elapsedDays }) => [customer, elapsedDays]); // => [[5, 60]]
 * ```
 */
export function unusualTransitions(source: JourneySource, options: UnusualTransitionsOptions = {}): UnusualTransitions {
  const caller = 'unusualTransitions';
  requireKnownOptions(caller, options, ['deviations', 'most']);
  const deviations = requireFinite(caller, 'deviations', options.deviations ?? 3);
  const most = requireWhole(caller, 'most', options.most ?? 100, 1);
  const journeys = readTimedJourneys(caller, source);
  const { offsets, times, weights, customers } = journeys;
  const { codes, names } = stepNodes(journeys);
  const { edgeOf, stepOf, from, to } = listTransitions({ offsets, nodeOffsets: Uint32Array.from({ length: codes.length + 1 }, (_, s) => s), nodes: codes, nodeCount: names.length, weights });
  const perEdge = (): Float64Array => new Float64Array(from.length);
  const [count, n, heavy, mean, square] = [perEdge(), perEdge(), perEdge(), perEdge(), perEdge()];
  const owner = new Uint32Array(edgeOf.length);
  // Welford (1962), weighted.
  for (let t = 0, c = 0; t < edgeOf.length; t++) {
    const [edge, step] = [edgeOf[t]!, stepOf[t]!];
    while (offsets[c + 1]! <= step) c++;
    owner[t] = c;
    const weight = weights === null ? 1 : weights[c]!;
    const off = times[step]! - times[step - 1]! - mean[edge]!;
    count[edge]!++;
    n[edge]! += weight;
    heavy[edge]! += weight ** 2;
    mean[edge]! += (weight * off) / n[edge]!;
    square[edge]! += weight * off * (times[step]! - times[step - 1]! - mean[edge]!);
  }
  const found: UnusualTransition[] = [];
  for (let t = 0; t < edgeOf.length; t++) {
    const [edge, time] = [edgeOf[t]!, times[stepOf[t]!]!];
    const elapsed = time - times[stepOf[t]! - 1]!;
    if (count[edge]! < 3) continue;
    const weight = weights === null ? 1 : weights[owner[t]!]!;
    const z = zOf(elapsed - mean[edge]!, weight, n[edge]!, heavy[edge]!, square[edge]!);
    if (Math.abs(z) < deviations) continue;
    found.push({ customer: customers[owner[t]!]!, from: names[from[edge]!]!, to: names[to[edge]!]!, time, elapsedDays: elapsed / DAY_MILLIS, z });
  }
  return { transitions: found.sort((a, b) => Math.abs(b.z) - Math.abs(a.z)).slice(0, most), count: found.length };
}

/** How far off what lies so far from the mean of all is from the mean of all others, in their deviations; those of all where the others are alike to rounding, 0 where all are. */
function zOf(off: number, weight: number, total: number, heavy: number, square: number): number {
  const rest = total - weight;
  const left = square - (weight * off * off * total) / rest;
  const isAlike = left <= 1e-12 * square;
  const deviation = isAlike ? deviationOf(square, total, heavy) : deviationOf(left, rest, heavy - weight * weight);
  return deviation > 0 ? (isAlike ? off : off + (weight * off) / rest) / deviation : 0;
}

/** Of a sample whose weights, and their squares, add up to so much: n - 1 in units of the weights. */
function deviationOf(square: number, total: number, heavy: number): number {
  return Math.sqrt(square / (total - heavy / total));
}
