import { Frame } from '../../../data/frame.js';
import type { Column } from '../../../data/column.js';
import { describeValue } from '../../../data/instant.js';
import { requireFinite, requireKnownOptions } from '../../../data/options.js';
import { numbersOf } from '../../../data/replayColumn.js';
import type { ColumnNameOf, TableOf } from '../../../data/table.js';
import { parseTable } from '../../../data/takeRows.js';
import { takeColumn } from '../../../data/takeColumn.js';
import { ClientelaError } from '../../../errors.js';
import { readSurvivalRows, type SurvivalColumns } from '../../survivalRows.js';

/** Which rows to cut, and where. */
export interface SplitEpisodesOptions<Names extends string = string> extends Pick<SurvivalColumns<Names>, 'duration' | 'event' | 'eventValue' | 'entry'> {
  /** The times to cut at, for all rows; or the column of the time at which each row changes, blank for never. */
  readonly at: readonly number[] | Names;
  /** What the column that says which piece a row is shall be called: 0 up to and with the first time, 1 after it, … @defaultValue 'episode' */
  readonly episode?: string;
}

/**
 * Rows cut at given times: instead of one row from its entry to its duration one for each stretch (entry, duration] between the times, the event
 * in the last (R's `survSplit`).
 *
 * Nothing is changed by it for a Cox regression with `entry`, to the last digits; but each piece may then have what held in it: a plan after it
 * changed (`at` naming the column of the change), or a coefficient for early and another for late. At a cut the row is still of the earlier piece.
 * O(pieces * columns).
 *
 * @param data - raw rows
 * @param options - `duration` and `at`; `event` unless every row had it, `entry` unless all were there from 0
 * @returns all columns, those of duration, event (1 and 0) and entry made new (without `event` and `entry` they are called so), and `episode`;
 * the pieces of a row follow each other
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `DUPLICATE_COLUMN` (a column is called as a new one), or as `fitCoxRegression`
 * @example
 * ```ts
 * const rows = [{ customer: 'a', months: 5, left: 1 }, { customer: 'b', months: 12, left: 0 }];
 * const pieces = splitEpisodes(rows, { duration: 'months', event: 'left', at: [6] });
 * pieces.toRows().map(({ customer, entry, months, left, episode }) => [customer, entry, months, left, episode]); // => [['a', 0, 5, 1, 0], ['b', 0, 6, 0, 0], ['b', 6, 12, 0, 1]]
 * ```
 */
export function splitEpisodes<Data extends TableOf<Data>>(data: Data, options: SplitEpisodesOptions<ColumnNameOf<Data>>): Frame {
  const caller = 'splitEpisodes';
  requireKnownOptions(caller, options, ['duration', 'event', 'eventValue', 'entry', 'at', 'episode']);
  const { duration, at, episode = 'episode', event = 'event', entry = 'entry' } = options;
  const view = parseTable(caller, data);
  const { durations, events, entries } = readSurvivalRows(caller, view, options);
  for (const name of [episode, ...(options.event === undefined ? [event] : []), ...(options.entry === undefined ? [entry] : [])]) {
    if (view.names.includes(name)) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} would make a column "${name}", found one of that name; rename it, or name ${name === episode ? 'the option episode otherwise' : `it in the option ${name}`}`, { function: caller, column: name });
  }
  const own = typeof at === 'string' ? numbersOf(caller, at, view.source(at)) : null;
  const cuts = own === null ? sortedCuts(caller, at) : [];
  const pieces = { row: [] as number[], from: [] as number[], to: [] as number[], event: [] as number[], episode: [] as number[] };
  durations.forEach((end, row) => {
    let from = entries === null ? 0 : entries[row]!;
    const add = (to: number, isEvent: number, number: number): void => {
      pieces.row.push(row);
      pieces.from.push(from);
      pieces.to.push(to);
      pieces.event.push(isEvent);
      pieces.episode.push(number);
    };
    const all = own === null ? cuts : Number.isNaN(own[row]) ? [] : [own[row]!];
    let number = 0;
    for (; number < all.length && all[number]! < end; number++) {
      const cut = all[number]!;
      if (cut <= from) continue;
      add(cut, 0, number);
      from = cut;
    }
    add(end, events[row]!, number);
  });
  const made = new Map<string, Column>([[duration, column(pieces.to)], [event, column(pieces.event)], [entry, column(pieces.from)], [episode, column(pieces.episode)]]);
  const names = [...new Set([...view.names, event, entry, episode])];
  return Frame.fromColumns(Object.fromEntries(names.map((name) => [name, made.get(name) ?? takeColumn(view.source(name), pieces.row)])));
}

function sortedCuts(caller: string, at: unknown): number[] {
  if (!Array.isArray(at)) throw new ClientelaError('INVALID_OPTION', `${caller} needs at as times, or as the name of a column of times, found ${describeValue(at)}`, { function: caller, option: 'at' });
  return [...new Set((at as readonly number[]).map((time) => requireFinite(caller, 'at', time)))].sort((a, b) => a - b);
}

function column(values: readonly number[]): Column {
  return { kind: 'number', values: Float64Array.from(values) };
}
