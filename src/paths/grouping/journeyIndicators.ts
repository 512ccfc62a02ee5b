import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { log2Subsequences } from './distinctSubsequences.js';
import { statesOf } from './statesOf.js';

/** How often a state stands in journeys. */
export interface StateFigures {
  /** Its items, joined by ` + `. */
  readonly state: string;
  /** Mean steps of a journey in it. */
  readonly meanSteps: number;
  /** Share of all steps. */
  readonly share: number;
  /** Share of journeys that have it at all. */
  readonly reach: number;
}

/** What {@link journeyIndicators} returns: a figure per customer, in the order of `customers`. */
export interface JourneyIndicators {
  /** Who, ascending. */
  readonly customers: readonly (string | number)[];
  /** Steps. */
  readonly length: Int32Array;
  /** Different states. */
  readonly distinct: Int32Array;
  /** Steps whose state is not that of the step before. */
  readonly transitions: Int32Array;
  /** How evenly the steps are spread over states: Shannon entropy over that of all states in equal parts. 0 (one state) to 1. */
  readonly entropy: Float64Array;
  /** Geometric mean of transitions over those possible, and entropy: 0 (one state) to 1 (Gabadinho and others, 2010). */
  readonly complexity: Float64Array;
  /** log2 of the subsequences of the states passed through, times how evenly long they were stayed in (Elzinga and Liefbroer, 2007): 1 for one state, 0 without steps. */
  readonly turbulence: Float64Array;
  /** How long in which state, without the states a journey is never in: those of customer `c` are `states[offsets[c]]` to `states[offsets[c + 1]]` (places in `JourneyIndicators.states`, ascending), with `steps` in each. */
  readonly stateSteps: { readonly offsets: Uint32Array; readonly states: Int32Array; readonly steps: Int32Array };
  /** The states, by name; their figures count weights. */
  readonly states: readonly StateFigures[];
}

/**
 * How varied each journey is: its states, changes, entropy, complexity and turbulence; and how long journeys are in each state.
 *
 * A state is the set of items of a step. The figures are made for journeys of a step per period (`journeyStates`), and as those of TraMineR; of journeys of events
 * they measure how many kinds of things happened, and in how unruly an order. O(steps) time and memory.
 *
 * @param source - a log, or journeys
 * @returns the figures
 * @throws a {@link ClientelaError} `INVALID_INPUT` where the source cannot be read
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const found = journeyIndicators(Journeys.fromLists([['basic', 'basic', 'gold', 'gold'], ['basic', 'basic', 'basic', 'basic']]));
 * found.transitions; // => Int32Array.of(1, 0)
 * found.entropy; // => Float64Array.of(1, 0)
 * found.complexity[0]; // => Math.sqrt(1 / 3)
 * found.states[1]; // => { state: 'gold', meanSteps: 1, share: 0.25, reach: 0.5 }
 * ```
 */
export function journeyIndicators(source: JourneySource): JourneyIndicators {
  const journeys = readJourneys('journeyIndicators', source);
  const { customers, offsets: ends, weights } = journeys;
  const { steps, names } = statesOf(journeys);
  const count = customers.length;
  const width = names.length;
  const [length, distinct, transitions] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const [entropy, complexity, turbulence] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  // No journey is in more states than it has steps.
  const [offsets, entered, stayed] = [new Uint32Array(count + 1), new Int32Array(steps.length), new Int32Array(steps.length)];
  const own = new Int32Array(width);
  const totals = new Float64Array(width);
  const reaches = new Float64Array(width);
  let [weightOfAll, stepsOfAll] = [0, 0];
  for (let c = 0; c < count; c++) {
    const [from, to] = [ends[c]!, ends[c + 1]!];
    let last = offsets[c]!;
    const word: number[] = [];
    const stays: number[] = [];
    for (let s = from; s < to; s++) {
      if (own[steps[s]!]!++ === 0) entered[last++] = steps[s]!;
      if (s > from && steps[s] === steps[s - 1]) stays[stays.length - 1]!++;
      else {
        word.push(steps[s]!);
        stays.push(1);
      }
    }
    const weight = weights === null ? 1 : weights[c]!;
    const n = (length[c] = to - from);
    weightOfAll += weight;
    stepsOfAll += weight * n;
    let sum = 0;
    offsets[c + 1] = last;
    distinct[c] = last - offsets[c]!;
    entered.subarray(offsets[c], last).sort();
    for (let e = offsets[c]!; e < last; e++) {
      const state = entered[e]!;
      const there = (stayed[e] = own[state]!);
      own[state] = 0;
      totals[state]! += weight * there;
      reaches[state]! += weight;
      sum -= (there / n) * Math.log(there / n);
    }
    const changes = (transitions[c] = Math.max(0, word.length - 1));
    const spread = (entropy[c] = distinct[c]! > 1 ? sum / Math.log(width) : 0);
    complexity[c] = n > 1 ? Math.sqrt((changes / (n - 1)) * spread) : 0;
    turbulence[c] = n > 0 ? log2Subsequences(word) + Math.log2(evenness(stays, n)) : 0;
  }
  const states = names.map((state, i) => ({ state, meanSteps: share(totals[i]!, weightOfAll), share: share(totals[i]!, stepsOfAll), reach: share(reaches[i]!, weightOfAll) }));
  const used = offsets[count];
  return { customers, length, distinct, transitions, entropy, complexity, turbulence, stateSteps: { offsets, states: entered.slice(0, used), steps: stayed.slice(0, used) }, states };
}

/** The largest variance that stays of this number and mean could have, plus 1, over the variance they have, plus 1. */
function evenness(stays: readonly number[], total: number): number {
  const mean = total / stays.length;
  let variance = 0;
  for (const stay of stays) variance += (stay - mean) ** 2 / stays.length;
  return ((stays.length - 1) * (1 - mean) ** 2 + 1) / (variance + 1);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
