import { countBits } from '../../numeric/countBits.js';

/** One condition: a value, or a range of values, of a column, and the rows that meet it. */
export interface Selector {
  /** The column it is of; a subgroup takes one condition of each at most. */
  readonly column: number;
  readonly text: string;
  /** A bit a row. */
  readonly rows: Uint32Array;
}

/** What is looked for. */
export interface SubgroupTask {
  readonly selectors: readonly Selector[];
  /** A bit a row, of the rows with the event. */
  readonly events: Uint32Array;
  readonly rowCount: number;
  readonly eventCount: number;
  /** 1: where the event is frequent, -1: where it is rare. */
  readonly sign: 1 | -1;
  readonly maxConditions: number;
  readonly fewest: number;
  readonly top: number;
  /** What a subgroup is ranked by: events beyond the average, or the rate itself. */
  readonly rankBy: 'excess' | 'rate';
  /** Whether a subgroup is named that is worth no more than one with a condition less. */
  readonly keepsRedundant: boolean;
}

/** A subgroup found. */
export interface FoundSubgroup {
  /** Positions of its selectors, ascending. */
  readonly selectors: readonly number[];
  readonly rows: Uint32Array;
  readonly quality: number;
}

/**
 * The best subgroups, by depth-first search of all conjunctions: nothing better is missed. A branch is left where even the best part of its rows, all those with the event and no others,
 * would not reach the list (the tight bound of Webb, 1995, for the weighted relative accuracy of Lavrač, Flach and Zupan, 1999).
 * O(conjunctions visited × rows / 32).
 */
export function searchSubgroups(task: SubgroupTask): readonly FoundSubgroup[] {
  const best: FoundSubgroup[] = [];
  const { selectors, maxConditions, top } = task;
  const everybody = fullBits(task.rowCount);
  const visit = (rows: Uint32Array, chosen: readonly number[], from: number): void => {
    for (let s = from; s < selectors.length; s++) {
      const selector = selectors[s]!;
      if (chosen.some((other) => selectors[other]!.column === selector.column)) continue;
      const inside = and(rows, selector.rows);
      const size = countOn(inside);
      if (size < task.fewest) continue;
      const events = countCommon(inside, task.events);
      const least = best.length < top ? 0 : best[best.length - 1]!.quality;
      if (boundOf(task, size, events) <= least) continue;
      const terms = [...chosen, s];
      const quality = qualityOf(task, size, events);
      if (quality > least && (task.keepsRedundant || isBetterThanParts(task, terms, quality, everybody))) insert(best, { selectors: terms, rows: inside, quality }, top);
      if (terms.length < maxConditions) visit(inside, terms, s + 1);
    }
  };
  visit(everybody, [], 0);
  return best;
}

/** Events beyond those of as many average customers, or the rate beyond the average; either with the sign of what is looked for. */
function qualityOf({ rankBy, rowCount, eventCount, sign }: SubgroupTask, size: number, events: number): number {
  const excess = sign * (events - (size * eventCount) / rowCount);
  return rankBy === 'excess' ? excess : excess / size;
}

/** What the best part of these rows, of the size allowed, could reach. */
function boundOf(task: SubgroupTask, size: number, events: number): number {
  const wanted = task.sign === 1 ? events : size - events;
  const part = Math.max(wanted, Math.min(task.fewest, size));
  return qualityOf(task, part, task.sign === 1 ? Math.min(events, part) : part - Math.min(wanted, part));
}

/** Whether no subgroup with fewer of the conditions is worth as much. */
function isBetterThanParts(task: SubgroupTask, terms: readonly number[], quality: number, everybody: Uint32Array): boolean {
  for (let kept = 1; kept < (1 << terms.length) - 1; kept++) {
    const rows = terms.reduce((left, term, place) => ((kept >> place) & 1 ? and(left, task.selectors[term]!.rows) : left), everybody);
    if (qualityOf(task, countOn(rows), countCommon(rows, task.events)) >= quality) return false;
  }
  return true;
}

/** Into the list, best first; equal ones in the order in which they were found. */
function insert(best: FoundSubgroup[], found: FoundSubgroup, top: number): void {
  let place = best.length;
  while (place > 0 && best[place - 1]!.quality < found.quality) place--;
  best.splice(place, 0, found);
  if (best.length > top) best.pop();
}

function fullBits(rowCount: number): Uint32Array {
  const bits = new Uint32Array(Math.ceil(rowCount / 32)).fill(0xffffffff);
  if (rowCount % 32 > 0) bits[bits.length - 1] = 2 ** (rowCount % 32) - 1;
  return bits;
}

/** The bits of the rows that pass a test. */
export function bitsWhere(rowCount: number, passes: (row: number) => boolean): Uint32Array {
  const bits = new Uint32Array(Math.ceil(rowCount / 32));
  for (let row = 0; row < rowCount; row++) if (passes(row)) bits[row >>> 5]! |= 1 << (row & 31);
  return bits;
}

function and(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) both[i] = a[i]! & b[i]!;
  return both;
}

/** How many bits are set. */
export function countOn(bits: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += countBits(bits[i]!);
  return count;
}

/** How many bits are set in both. */
export function countCommon(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countBits(a[i]! & b[i]!);
  return count;
}
