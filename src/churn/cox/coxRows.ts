import type { DesignColumn } from '../../learners/logisticDesign.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { gatherDesign } from './gatherDesign.js';
import type { SurvivalRows } from '../survivalRows.js';

/** What happens to rows whose events come at the same time: `'exact'` is the discrete model, in which they truly do. */
export type CoxTies = 'efron' | 'breslow' | 'exact';

/**
 * Rows in the order in which the partial likelihood is read, sorted once: stratum after stratum, in each the latest time first, at one time the
 * events first. A block is the rows of one stratum and time. The risk set of a block is all rows of its stratum up to its end, less those that
 * enter at its time or later. Rows of weight 0 are left out.
 */
export interface CoxRows {
  /** How many rows there are. */
  readonly rowCount: number;
  /** How many columns the design has. */
  readonly columnCount: number;
  /** Which row of the data each one is. */
  readonly order: Uint32Array;
  /** Row-major, rowCount x columnCount: (x - center) / scale. Columns that others determine are not in it. */
  readonly design: Float64Array;
  /** Of the columns: `age`, `plan=gold`. */
  readonly names: readonly string[];
  /** A column each: the weighted mean of the raw values, or 0 where they were not centred. */
  readonly centers: Float64Array;
  /** A column each: what a raw value is divided by. Coefficient of the raw column = that of the design / scale. */
  readonly scales: Float64Array;
  /** Ends; within ties they are one number. */
  readonly durations: Float64Array;
  /** 1 where the row ended with the event. */
  readonly events: Uint8Array;
  /** When each row entered; null where all were there from the start. */
  readonly entries: Float64Array | null;
  /** Above 0; null where all are 1. */
  readonly weights: Float64Array | null;
  /** Block b is rows blockStarts[b] to blockStarts[b + 1] - 1. */
  readonly blockStarts: Uint32Array;
  /** Of these the rows from blockStarts[b] to eventEnds[b] - 1 ended with the event. */
  readonly eventEnds: Uint32Array;
  /** Stratum s is blocks stratumBlocks[s] to stratumBlocks[s + 1] - 1. */
  readonly stratumBlocks: Uint32Array;
  /** Rows (positions in this order) by stratum, the latest entry first, as they leave the risk set going back in time; null without entries. */
  readonly leaving: Uint32Array | null;
}

/** Which stratum each row belongs to. */
export interface StrataCodes {
  /** From 0 on. */
  readonly codes: ArrayLike<number>;
  readonly count: number;
}

/** The rows in the order of {@link CoxRows}. O(rows * columns) and a sort. */
export function coxRows(rows: SurvivalRows, columns: readonly DesignColumn[], strata: StrataCodes | null): CoxRows {
  const { weights, entries } = rows;
  const order = riskOrder(rows, strata);
  const at = <Values extends Float64Array | Uint8Array>(values: Values): Values => gather(values, order, values.slice(0, order.length) as Values);
  const durations = at(rows.durations);
  const events = at(rows.events);
  const sortedEntries = entries && at(entries);
  const { blockStarts, eventEnds, stratumBlocks } = findBlocks(durations, events, order, strata);
  return {
    rowCount: order.length,
    columnCount: columns.length,
    order,
    design: gatherDesign(columns, order, rows.durations.length),
    names: columns.map(({ name }) => name),
    centers: Float64Array.from(columns, ({ center }) => center),
    scales: Float64Array.from(columns, ({ scale }) => scale),
    durations,
    events,
    entries: sortedEntries,
    weights: weights && at(weights),
    blockStarts,
    eventEnds,
    stratumBlocks,
    leaving: sortedEntries && leavingOrder(sortedEntries, blockStarts, stratumBlocks),
  };
}

/** The same rows with some of the columns only. */
export function withColumns(rows: CoxRows, kept: readonly number[]): CoxRows {
  const { columnCount, design, rowCount } = rows;
  const width = kept.length;
  const narrow = new Float64Array(rowCount * width);
  for (let row = 0; row < rowCount; row++) for (let j = 0; j < width; j++) narrow[row * width + j] = design[row * columnCount + kept[j]!]!;
  return { ...rows, columnCount: width, design: narrow, names: kept.map((j) => rows.names[j]!), centers: Float64Array.from(kept, (j) => rows.centers[j]!), scales: Float64Array.from(kept, (j) => rows.scales[j]!) };
}

/** Rows by stratum, latest time first, events before others, and otherwise as they came. */
function riskOrder({ durations, events, weights }: SurvivalRows, strata: StrataCodes | null): Uint32Array {
  const latestFirst = sortedOrder(durations.map((time) => -time));
  const counted = weights === null ? latestFirst : latestFirst.filter((row) => weights[row]! > 0);
  const order = strata === null ? counted : byCode(counted, strata);
  const later = new Uint32Array(order.length);
  for (let start = 0; start < order.length; ) {
    const time = durations[order[start]!]!;
    let end = start;
    let placed = start;
    let held = 0;
    while (end < order.length && durations[order[end]!] === time && (strata === null || strata.codes[order[end]!] === strata.codes[order[start]!])) {
      const row = order[end++]!;
      if (events[row] === 1) order[placed++] = row;
      else later[held++] = row;
    }
    for (let i = 0; i < held; i++) order[placed + i] = later[i]!;
    start = end;
  }
  return order;
}

/** A stable sort by few codes. */
function byCode(order: Uint32Array, { codes, count }: StrataCodes): Uint32Array {
  const next = new Uint32Array(count + 1);
  for (const row of order) next[codes[row]! + 1]!++;
  for (let code = 0; code < count; code++) next[code + 1]! += next[code]!;
  const sorted = new Uint32Array(order.length);
  for (const row of order) sorted[next[codes[row]!]!++] = row;
  return sorted;
}

function gather<Values extends Float64Array | Uint8Array>(values: Values, order: Uint32Array, to: Values): Values {
  for (let i = 0; i < order.length; i++) to[i] = values[order[i]!]!;
  return to;
}

function findBlocks(durations: Float64Array, events: Uint8Array, order: Uint32Array, strata: StrataCodes | null): Pick<CoxRows, 'blockStarts' | 'eventEnds' | 'stratumBlocks'> {
  const n = durations.length;
  const starts = new Uint32Array(n + 1);
  const ends = new Uint32Array(n);
  const stratumBlocks = [0];
  let blocks = 0;
  for (let row = 0; row < n; row++) {
    const isOtherStratum = row > 0 && strata !== null && strata.codes[order[row]!] !== strata.codes[order[row - 1]!];
    if (row === 0 || isOtherStratum || durations[row] !== durations[row - 1]) {
      if (isOtherStratum) stratumBlocks.push(blocks);
      starts[blocks] = row;
      ends[blocks++] = row;
    }
    if (events[row] === 1) ends[blocks - 1] = row + 1;
  }
  starts[blocks] = n;
  stratumBlocks.push(blocks);
  return { blockStarts: starts.slice(0, blocks + 1), eventEnds: ends.slice(0, blocks), stratumBlocks: Uint32Array.from(stratumBlocks) };
}

function leavingOrder(entries: Float64Array, blockStarts: Uint32Array, stratumBlocks: Uint32Array): Uint32Array {
  const leaving = new Uint32Array(entries.length);
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    const from = blockStarts[stratumBlocks[s]!]!;
    const to = blockStarts[stratumBlocks[s + 1]!]!;
    const order = sortedOrder(entries.subarray(from, to).map((time) => -time));
    for (let i = 0; i < order.length; i++) leaving[from + i] = from + order[i]!;
  }
  return leaving;
}
