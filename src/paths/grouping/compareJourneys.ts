import { alignmentRoom, alignRuns, alignSteps } from './alignSteps.js';
import { CommonSteps } from './commonSteps.js';
import type { JourneyMeasure } from './journeyMeasure.js';
import type { PackedJourneys } from './packJourneys.js';
import { stepCosts, type StepCost } from './stepCosts.js';

/** Distances from one journey, which `take` chooses, to others. */
export interface JourneyComparer {
  take(journey: number): void;
  to(journey: number): number;
}

/** States for which gains of all pairs are kept; of more, each pair of journeys works out its own. */
const MOST_STATES = 1500;

/** What compares journeys by this measure. Items are those of `itemLevels`. */
export function compareJourneys(measure: JourneyMeasure, packed: PackedJourneys, itemLevels: readonly string[]): JourneyComparer {
  const { offsets } = packed;
  const lengthOf = (j: number): number => offsets[j + 1]! - offsets[j]!;
  const raw = rawComparer(measure, packed, stepCosts(measure, packed.states, itemLevels));
  if (measure.normalise === 'none') return raw;
  const isGreatest = measure.normalise === 'greatest';
  let taken = 0;
  return {
    take: (j) => raw.take((taken = j)),
    to(j) {
      const [n, m] = [lengthOf(taken), lengthOf(j)];
      const unit = isGreatest ? greatest(measure, Math.min(n, m), Math.max(n, m)) : Math.max(n, m);
      return unit > 0 ? raw.to(j) / unit : 0;
    },
  };
}

function greatest({ measure, indel, dearest, timeWeight }: JourneyMeasure, n: number, m: number): number {
  if (measure === 'optimalMatching') return (m - n) * indel + n * Math.min(2 * indel, dearest + timeWeight);
  return measure === 'hamming' || measure === 'dynamicHamming' ? n * dearest : n + m;
}

function rawComparer(measure: JourneyMeasure, packed: PackedJourneys, cost: StepCost): JourneyComparer {
  const { offsets, steps, states } = packed;
  const longest = longestOf(packed);
  if (measure.measure === 'optimalMatching') {
    // Where no substitution is cheaper than two indels, only equal steps are matched.
    const isPlain = measure.costs.length === 0 && measure.timeWeight === 0 && measure.substitution >= 2 * measure.indel && states.items.length === states.count;
    return isPlain ? commonComparer(packed, longest, measure.indel) : matchingComparer(measure, packed, cost, longest);
  }
  if (measure.measure === 'commonSubsequence') return commonComparer(packed, longest, 1);
  let from = 0;
  let to = 0;
  const take = (j: number): void => void ([from, to] = [offsets[j]!, offsets[j + 1]!]);
  if (measure.measure === 'commonPrefix') {
    return {
      take,
      to(j) {
        let [s, t] = [from, offsets[j]!];
        while (s < to && t < offsets[j + 1]! && steps[s] === steps[t]) [s, t] = [s + 1, t + 1];
        return to - s + offsets[j + 1]! - t;
      },
    };
  }
  const table = positionCosts(measure, states.count, longest, cost);
  const width = states.count;
  const stride = measure.costs.length > 1 ? width * width : 0;
  return {
    take,
    to(j) {
      let sum = 0;
      if (table === null) for (let s = from, t = offsets[j]!; s < to; s++, t++) sum += cost(steps[s]!, steps[t]!, s - from);
      else for (let s = from, t = offsets[j]!, at = 0; s < to; s++, t++, at += stride) sum += table[at + steps[s]! * width + steps[t]!]!;
      return sum;
    },
  };
}

/** Costs by position (where they differ), state and state; null where that would be large. */
function positionCosts({ costs }: JourneyMeasure, width: number, longest: number, cost: StepCost): Float64Array | null {
  const tables = costs.length > 1 ? longest : 1;
  if (tables * width * width > MOST_STATES ** 2) return null;
  const table = new Float64Array(tables * width * width);
  for (let t = 0, at = 0; t < tables; t++) for (let a = 0; a < width; a++) for (let b = 0; b < width; b++) table[at++] = cost(a, b, t);
  return table;
}

function longestOf({ count, offsets }: PackedJourneys): number {
  let longest = 0;
  for (let j = 0; j < count; j++) longest = Math.max(longest, offsets[j + 1]! - offsets[j]!);
  return longest;
}

function commonComparer({ offsets, steps, states }: PackedJourneys, longest: number, unit: number): JourneyComparer {
  const common = new CommonSteps(steps, states.count, longest);
  let length = 0;
  return {
    take(j) {
      common.take(offsets[j]!, offsets[j + 1]!);
      length = offsets[j + 1]! - offsets[j]!;
    },
    to: (j) => unit * (length + offsets[j + 1]! - offsets[j]! - 2 * common.length(offsets[j]!, offsets[j + 1]!)),
  };
}

function matchingComparer({ indel, timeWeight }: JourneyMeasure, packed: PackedJourneys, cost: StepCost, longest: number): JourneyComparer {
  const { offsets, steps, elapsed, states } = packed;
  const gain = (a: number, b: number): number => Math.max(0, 2 * indel - cost(a, b, 0));
  const isKept = elapsed === null && states.count <= MOST_STATES;
  const size = isKept ? states.count : longest;
  const gains = new Float64Array(size * size);
  if (isKept) for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) gains[a * size + b] = gains[b * size + a] = gain(a, b);
  const rows = isKept ? steps.map((state) => state * size) : Int32Array.from({ length: longest }, (_, i) => i * size);
  const columns = isKept ? steps : Int32Array.from({ length: longest }, (_, i) => i);
  const runs = runCounts(packed);
  const room = alignmentRoom(longest);
  const isSame = (s: number, t: number): boolean => steps[s] === steps[t] && (elapsed === null || elapsed[s] === elapsed[t]);
  const fill = (s0: number, s1: number, t0: number, t1: number): void => {
    for (let s = s0; s < s1; s++) {
      for (let t = t0, at = (s - s0) * size; t < t1; t++, at++) {
        const wait = elapsed === null || elapsed[s] === elapsed[t] ? 0 : (timeWeight * Math.abs(elapsed[s]! - elapsed[t]!)) / (elapsed[s]! + elapsed[t]!);
        gains[at] = Math.max(0, 2 * indel - cost(steps[s]!, steps[t]!, 0) - wait);
      }
    }
  };
  let taken = 0;
  return {
    take: (j) => void (taken = j),
    to(j) {
      let [s0, s1, t0, t1] = [offsets[taken]!, offsets[taken + 1]!, offsets[j]!, offsets[j + 1]!];
      // Steps alike at either end are matched: no other way is cheaper.
      while (s0 < s1 && t0 < t1 && isSame(s0, t0)) [s0, t0] = [s0 + 1, t0 + 1];
      while (s0 < s1 && t0 < t1 && isSame(s1 - 1, t1 - 1)) [s1, t1] = [s1 - 1, t1 - 1];
      const [n, m] = [s1 - s0, t1 - t0];
      if (n === 0 || m === 0) return indel * (n + m);
      const gained = isKept
        ? (runs[taken]! * m + runs[j]! * n) * 2 < n * m ? alignRuns(gains, rows, s0, s1, columns, t0, t1, room) : alignSteps(gains, rows, s0, s1, columns, t0, t1, room)
        : (fill(s0, s1, t0, t1), alignSteps(gains, rows, 0, n, columns, 0, m, room));
      return Math.max(0, indel * (n + m) - gained);
    },
  };
}

/** Steps that differ from the one before, by journey. */
function runCounts({ count, offsets, steps }: PackedJourneys): Int32Array {
  const runs = new Int32Array(count);
  for (let j = 0; j < count; j++) for (let s = offsets[j]!; s < offsets[j + 1]!; s++) if (s === offsets[j]! || steps[s] !== steps[s - 1]) runs[j]!++;
  return runs;
}
