import type { JourneyColumns } from '../journeys/journeys.js';
import type { ReadLimits } from '../journeys/stepLimits.js';
import { walkJourneys } from '../timing/walkJourneys.js';
import type { ReadPath } from '../timing/readPaths.js';
import { seek, type StepIndex } from '../timing/stepIndex.js';
import { createRandom } from '../../numeric/random.js';
import { MOST_STATES, orderChance } from './orderChance.js';
import { shuffleSteps, someJourneys } from './shuffleSteps.js';

/** The chance of each customer to have a path, and whether all are exact. */
export interface PathChances {
  readonly chances: Float64Array;
  readonly isExact: boolean;
}

/** Tells the chances of paths under one null. */
export type ChancesOf = (paths: readonly ReadPath[], limits: ReadLimits) => PathChances[];

/** The chances when each customer's steps are in random order; those under limits or of too many states by so many seeded shuffles. */
export function orderChances(journeys: JourneyColumns, index: StepIndex, draws: number, seed: number): ChancesOf {
  const { offsets, customers, weights } = journeys;
  let longest = 0;
  for (let c = 0; c < customers.length; c++) longest = Math.max(longest, offsets[c + 1]! - offsets[c]!);
  const masks = new Int32Array(longest);
  const judge = (path: ReadPath, limits: ReadLimits): OpenChances => {
    const chances = new Float64Array(customers.length);
    const open: number[] = [];
    const known = new Map<string, number>();
    const lists = path.codes.map(index);
    const [lows, highs] = [lists.map(() => 0), lists.map(() => 0)];
    for (let c = 0; c < customers.length; c++) {
      // Who lacks a step cannot have the path; the next who has it follows at once.
      let next = c;
      for (let j = 0; j < lists.length; j++) {
        const list = lists[j]!;
        const low = (lows[j] = seek(list, highs[j]!, offsets[c]!));
        if (low === list.length) next = customers.length;
        else if (list[low]! >= offsets[c + 1]!) next = Math.max(next, seek(offsets, c, list[low]! + 1) - 1);
        else highs[j] = seek(list, low, offsets[c + 1]!);
      }
      if (next > c) c = next - 1;
      else if (weights === null || weights[c]! > 0) {
        if (limits.any) open.push(c);
        else {
          const chance = exactChance(lists, lows, highs, offsets[c]!, masks, known);
          if (chance === chance) chances[c] = chance;
          else open.push(c);
        }
      }
    }
    return { chances, open };
  };
  return (paths, limits) => {
    const judged = paths.map((path) => judge(path, limits));
    if (judged.some(({ open }) => open.length > 0)) shuffledChances(journeys, judged, paths, limits, draws, seed);
    return judged.map(({ chances, open }) => ({ chances, isExact: open.length === 0 }));
  };
}

/** Chances of which some are still open: those of these customers. */
interface OpenChances {
  readonly chances: Float64Array;
  readonly open: readonly number[];
}

/** By the kinds of steps of one journey; journeys of the same kinds are counted once. */
function exactChance(lists: readonly Uint32Array[], lows: readonly number[], highs: readonly number[], begin: number, masks: Int32Array, known: Map<string, number>): number {
  lists.forEach((list, j) => {
    for (let i = lows[j]!; i < highs[j]!; i++) masks[list[i]! - begin]! |= 1 << j;
  });
  const kinds: number[] = [];
  const counts: number[] = [];
  lists.forEach((list, j) => {
    for (let i = lows[j]!; i < highs[j]!; i++) {
      const mask = masks[list[i]! - begin]!;
      if (mask === 0) continue;
      masks[list[i]! - begin] = 0;
      const kind = kinds.indexOf(mask);
      if (kind >= 0) counts[kind]!++;
      else counts[kinds.push(mask) - 1] = 1;
    }
  });
  const key = `${kinds.join()}:${counts.join()}`;
  let chance = known.get(key);
  if (chance === undefined) known.set(key, (chance = orderChance(kinds, counts, lists.length)));
  return chance;
}

/**
 * The share of shuffles in which each has a path, drawn a little to the mean of all, so that none is 0 or 1 by too few draws and the sum stays what it is. Whose journeys
 * are shuffled does not depend on the paths, so that the shuffles are the same for all paths and parts of them; each is made once for all that are asked for together.
 */
function shuffledChances(journeys: JourneyColumns, judged: readonly OpenChances[], paths: readonly ReadPath[], limits: ReadLimits, draws: number, seed: number): void {
  const { offsets, weights } = journeys;
  // Without limits open are too many states: each step at most doubles them.
  const fewest = limits.any ? 1 : Math.floor(Math.log2(MOST_STATES));
  const found: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) if (offsets[c + 1]! - offsets[c]! >= fewest && (weights === null || weights[c]! > 0)) found.push(c);
  const chosen = Uint32Array.from(found);
  const some = someJourneys(journeys, chosen);
  const random = createRandom(seed);
  const hits = judged.map(() => new Uint32Array(chosen.length));
  for (let draw = 0; draw < draws; draw++) {
    const { walk } = walkJourneys(shuffleSteps(some, random), limits);
    paths.forEach((path, i) => {
      const own = hits[i]!;
      if (judged[i]!.open.length > 0) walk(path, (_, at, isWhole) => {
        if (isWhole) own[at]!++;
      });
    });
  }
  judged.forEach(({ chances, open }, i) => {
    const own = hits[i]!;
    let [at, total] = [0, 0];
    const times = open.map((c) => own[(at = seek(chosen, at, c))]!);
    for (const count of times) total += count;
    const mean = Math.max(0.5, total) / (draws * open.length);
    open.forEach((c, j) => (chances[c] = (times[j]! + mean) / (draws + 1)));
  });
}
