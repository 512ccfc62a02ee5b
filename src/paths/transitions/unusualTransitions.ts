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
  /** Standard deviations from the mean of this passage; below 0, sooner. */
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
 * @param source - a log, or journeys made of one in another way, with times
 * @param options - how far off, how many; see {@link UnusualTransitionsOptions}
 * @returns the passages with customer and moment; see {@link UnusualTransitions}
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const rows = [1, 2, 3, 4, 5, 60].flatMap((days, id) => [{ id, at: '2026-01-01', what: 'order' }, { id, at: Date.UTC(2026, 0, 1 + days), what: 'delivery' }]);
 * const { transitions } = unusualTransitions(EventLog.fromRows(rows.map((row) => ({ ...row, at: new Date(row.at) })), { customer: 'id', time: 'at', item: 'what' }), { deviations: 2 });
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
  const [n, mean, square] = [new Float64Array(from.length), new Float64Array(from.length), new Float64Array(from.length)];
  const owner = new Uint32Array(edgeOf.length);
  // Welford (1962), with weights as repetitions.
  for (let t = 0, c = 0; t < edgeOf.length; t++) {
    const [edge, step] = [edgeOf[t]!, stepOf[t]!];
    while (offsets[c + 1]! <= step) c++;
    owner[t] = c;
    const weight = weights === null ? 1 : weights[c]!;
    const off = times[step]! - times[step - 1]! - mean[edge]!;
    n[edge]! += weight;
    mean[edge]! += (weight * off) / n[edge]!;
    square[edge]! += weight * off * (times[step]! - times[step - 1]! - mean[edge]!);
  }
  const found: UnusualTransition[] = [];
  for (let t = 0; t < edgeOf.length; t++) {
    const [edge, time] = [edgeOf[t]!, times[stepOf[t]!]!];
    const elapsed = time - times[stepOf[t]! - 1]!;
    const deviation = Math.sqrt(square[edge]! / (n[edge]! - 1));
    const z = (elapsed - mean[edge]!) / deviation;
    // One passage, or all alike: nothing is unusual.
    if (!(deviation > 0) || Math.abs(z) < deviations) continue;
    found.push({ customer: customers[owner[t]!]!, from: names[from[edge]!]!, to: names[to[edge]!]!, time, elapsedDays: elapsed / DAY_MILLIS, z });
  }
  return { transitions: found.sort((a, b) => Math.abs(b.z) - Math.abs(a.z)).slice(0, most), count: found.length };
}
