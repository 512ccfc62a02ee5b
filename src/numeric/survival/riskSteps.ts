import { sortedOrder } from '../sorting.js';

/** Who was observed at each time at which the observation of somebody ended, and how it ended. */
export interface RiskSteps {
  /** Distinct ends, ascending. */
  readonly times: Float64Array;
  /** By weight, observed at each time: entered before it, and not ended before it. */
  readonly atRisk: Float64Array;
  /** By weight, per cause: had it at each time. */
  readonly causes: readonly Float64Array[];
  /** By weight: had any of the causes at each time; nowhere above `atRisk`. */
  readonly events: Float64Array;
  /** By weight: ended at each time without any of the causes. */
  readonly censored: Float64Array;
  /** The rows of a weight above 0, ascending by end. */
  readonly order: Uint32Array;
  /** Per time the place of its first row in `order`, and the end of it. */
  readonly starts: Uint32Array;
  /** The rows of a weight above 0, ascending by entry; null without entries. */
  readonly entryOrder: Uint32Array | null;
}

/** What else is known of the rows. */
export interface RiskOptions {
  /** How many causes there are. @defaultValue 1 */
  readonly causeCount?: number;
  /** Each row is at risk after its entry; null from the start. */
  readonly entries?: Float64Array | null;
  /** A row of weight 0 is no row; null for 1 each. */
  readonly weights?: Float64Array | null;
}

/**
 * Counts the rows at risk, those with each event and those censored, at every distinct end. `codes` is 0 where observation ended a duration and 1 to
 * `causeCount` where an event did. Who is censored at the time of an event is still at risk in it. O(n log n + times × causes).
 *
 * Time runs backwards: the risk set is then a sum of weights, not a difference of two large ones.
 */
export function riskSteps(durations: Float64Array, codes: ArrayLike<number>, { causeCount = 1, entries = null, weights = null }: RiskOptions = {}): RiskSteps {
  const order = countedRows(sortedOrder(durations), weights);
  const entryOrder = entries === null ? null : countedRows(sortedOrder(entries), weights);
  const starts = blockStarts(durations, order);
  const stepCount = starts.length - 1;
  const [times, atRisk, events, censored] = [new Float64Array(stepCount), new Float64Array(stepCount), new Float64Array(stepCount), new Float64Array(stepCount)];
  const causes = Array.from({ length: causeCount }, () => (causeCount === 1 ? events : new Float64Array(stepCount)));
  let [risk, rows, e] = [0, 0, order.length - 1];
  for (let step = stepCount - 1; step >= 0; step--) {
    const time = (times[step] = durations[order[starts[step]!]!]!);
    let [had, quiet, endings] = [0, 0, 0];
    for (let i = starts[step]!; i < starts[step + 1]!; i++) {
      const row = order[i]!;
      const weight = weights === null ? 1 : weights[row]!;
      const code = codes[row]!;
      risk += weight;
      if (code === 0) quiet += weight;
      else {
        had += weight;
        endings++;
        if (causeCount > 1) causes[code - 1]![step]! += weight;
      }
    }
    rows += starts[step + 1]! - starts[step]!;
    if (entryOrder !== null) {
      for (; e >= 0 && entries![entryOrder[e]!]! >= time; e--) {
        risk -= weights === null ? 1 : weights[entryOrder[e]!]!;
        rows--;
      }
      // What rounding leaves of those who had not entered is nobody.
      if (rows === starts[step + 1]! - starts[step]!) risk = had + quiet;
    }
    events[step] = had;
    censored[step] = quiet;
    // All at risk having it, the two sums of one set must not differ by their rounding.
    atRisk[step] = rows === endings ? had : Math.max(risk, had);
  }
  return { times, atRisk, causes, events, censored, order, starts, entryOrder };
}

function countedRows(order: Uint32Array, weights: Float64Array | null): Uint32Array {
  return weights === null ? order : order.filter((row) => weights[row]! > 0);
}

/** Where each run of equal ends begins, and the end of the last. */
function blockStarts(durations: Float64Array, order: Uint32Array): Uint32Array {
  const starts = new Uint32Array(order.length + 1);
  let count = 0;
  for (let i = 0; i < order.length; i++) if (i === 0 || durations[order[i]!]! !== durations[order[i - 1]!]!) starts[count++] = i;
  starts[count] = order.length;
  return starts.slice(0, count + 1);
}

/**
 * The share without any event just after each time (Kaplan and Meier, 1958). Where nobody is censored or enters between two events their factors
 * cancel: (n - d) / n once for the run instead of a product, which leaves the shares of complete data exact.
 */
export function productLimit({ atRisk, events }: Pick<RiskSteps, 'atRisk' | 'events'>): Float64Array {
  const survival = new Float64Array(atRisk.length);
  let [share, base, baseRisk, left] = [1, 1, 1, -1];
  for (let step = 0; step < survival.length; step++) {
    const risk = atRisk[step]!;
    if (events[step]! > 0) {
      if (risk !== left) [base, baseRisk] = [share, risk];
      left = risk - events[step]!;
      share = base * (left / baseRisk);
    }
    survival[step] = share;
  }
  return survival;
}

/** The share that has had each cause just after each time: at each the share still without any times the hazard of the cause (Aalen and Johansen, 1978). */
export function causeShares({ atRisk, causes }: Pick<RiskSteps, 'atRisk' | 'causes'>, survival: Float64Array): Float64Array[] {
  return causes.map((events) => {
    const shares = new Float64Array(atRisk.length);
    let [sum, before] = [0, 1];
    for (let step = 0; step < shares.length; step++) {
      if (events[step]! > 0) sum += (before * events[step]!) / atRisk[step]!;
      shares[step] = sum;
      before = survival[step]!;
    }
    return shares;
  });
}
