import type { Column } from '../../data/column.js';
import { logGamma } from '../../numeric/logGamma.js';
import { lowerBound } from '../../numeric/lowerBound.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { findingOn, rowsWhere, type DesignFinding } from './designFinding.js';

/** What is followed, and for how long. */
export interface FollowUp {
  readonly durations: Float64Array;
  readonly entries: Float64Array | null;
  readonly events: ArrayLike<number>;
}

/** Smaller groups have few early events by chance. */
const FEWEST = 50;
/** Of the relative hazard later, so much or less of it early. */
const HARDLY = 0.3;
/** The probability of so few early events by chance, for all groups together. */
const CHANCE = 1e-4;

/**
 * Groups whose early events are missing: who belongs to them had to stay to get there (Suissa, 2008). Early is the time of the first quarter of all events;
 * the relative hazard of a group early is held against its own later, in the hazard of all rows (Nelson and Aalen). O(rows × columns).
 */
export function immortalFindings(columns: readonly (readonly [string, Column])[], { durations, entries, events }: FollowUp, durationName: string): DesignFinding[] {
  const hazard = nelsonAalen({ durations, entries, events });
  if (hazard.times.length < 4) return [];
  const early = hazard.times[lowerBound(hazard.counts, 0, hazard.counts.length, hazard.counts[hazard.counts.length - 1]! / 4)]!;
  const at = (time: number): number => {
    const k = lowerBound(hazard.times, 0, hazard.times.length, time);
    const place = hazard.times[k] === time ? k : k - 1;
    return place < 0 ? 0 : hazard.cumulative[place]!;
  };
  const expected = Float64Array.from(durations, (time, row) => at(time) - (entries === null ? 0 : at(entries[row]!)));
  const expectedEarly = Float64Array.from(durations, (time, row) => at(Math.min(time, early)) - (entries === null ? 0 : at(Math.min(entries[row]!, early))));
  const groups = columns.flatMap(([name, column]) => groupsOf(name, column));
  return groups.flatMap(({ name, text, isIn }) => {
    const sums = { rows: 0, early: 0, late: 0, expectedEarly: 0, expectedLate: 0 };
    for (let row = 0; row < durations.length; row++) {
      if (!isIn(row)) continue;
      sums.rows++;
      sums.expectedEarly += expectedEarly[row]!;
      sums.expectedLate += expected[row]! - expectedEarly[row]!;
      if (events[row] === 1) sums[durations[row]! <= early ? 'early' : 'late']++;
    }
    const likeLater = (sums.expectedEarly * sums.late) / sums.expectedLate;
    const isMissing = sums.rows >= FEWEST && sums.rows <= durations.length - FEWEST && sums.late > 0 && sums.early <= HARDLY * likeLater && poissonAtMost(sums.early, likeLater) < CHANCE / groups.length;
    if (!isMissing) return [];
    return [
      findingOn(rowsWhere(durations.length, isIn), {
        code: 'IMMORTAL_TIME',
        certainty: 'likely',
        text: `of the ${sums.rows} rows ${text} ${sums.early} left within ${round(early)} (by "${durationName}"), where ${round(likeLater)} would by how they leave later: they had to stay to get there`,
        remedy: 'let the value begin when it began: rows (start, stop] with timeVaryingRows, or follow customers from a moment at which it is known (asOf)',
        columns: [name],
      }),
    ];
  });
}

interface Group {
  readonly name: string;
  readonly text: string;
  readonly isIn: (row: number) => boolean;
}

/** Levels of a category, true, a number other than 0, a date at all. */
function groupsOf(name: string, column: Column): Group[] {
  switch (column.kind) {
    case 'category':
      return column.levels.map((level, code) => ({ name, text: `where "${name}" is "${level}"`, isIn: (row) => column.codes[row] === code }));
    case 'boolean':
      return [{ name, text: `where "${name}" is true`, isIn: (row) => column.values[row] === 1 }];
    case 'number':
      return [{ name, text: `where "${name}" is above 0`, isIn: (row) => column.values[row]! > 0 }];
    case 'date':
      return [{ name, text: `with a date in "${name}"`, isIn: (row) => !Number.isNaN(column.values[row]!) }];
    default:
      return [];
  }
}

function nelsonAalen({ durations, entries, events }: FollowUp): { readonly times: Float64Array; readonly cumulative: Float64Array; readonly counts: Float64Array } {
  const order = sortedOrder(durations);
  const starts = entries === null ? null : entries.slice().sort();
  const [times, cumulative, counts]: [number[], number[], number[]] = [[], [], []];
  let [sum, total] = [0, 0];
  for (let i = 0; i < order.length; ) {
    const time = durations[order[i]!]!;
    const entered = starts === null ? order.length : lowerBound(starts, 0, starts.length, time);
    const atRisk = entered - i;
    let happened = 0;
    for (; i < order.length && durations[order[i]!] === time; i++) happened += Number(events[order[i]!] === 1);
    if (happened === 0) continue;
    sum += happened / Math.max(atRisk, happened);
    total += happened;
    times.push(time);
    cumulative.push(sum);
    counts.push(total);
  }
  return { times: Float64Array.from(times), cumulative: Float64Array.from(cumulative), counts: Float64Array.from(counts) };
}

function poissonAtMost(count: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k <= count; k++) sum += Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  return sum;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
