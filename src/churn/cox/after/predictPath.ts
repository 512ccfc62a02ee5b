import { requireChoice, requireKnownOptions } from '../../../data/options.js';
import { numbersOf } from '../../../data/replayColumn.js';
import { readTable, type TableInput, type TableView } from '../../../data/table.js';
import { ClientelaError } from '../../../errors.js';
import { sortedOrder } from '../../../numeric/sorting.js';
import type { SurvivalPoints } from '../../survivalModel.js';
import { BaselineCurve } from '../baselineCurve.js';
import type { CoxRegression } from '../coxRegression.js';
import type { BaselineSteps } from '../coxState.js';
import { requireTime } from '../../readElapsed.js';
import { readStrata } from '../strata.js';

/** What to foretell of a path. */
export interface PathOptions {
  /** The column of the time at which each row begins. @defaultValue that of the entries of the fit */
  readonly entry?: string;
  /** `'carryForward'`: after the last row everything stays as it was in it. @defaultValue nothing is assumed, and nothing foretold of the time after */
  readonly assume?: 'carryForward';
  /** How far to look after the last row, for the mean time that is left. @defaultValue not at all */
  readonly horizon?: number;
}

/** What follows after the last row of a path, if everything stays as it was in it. */
export interface PathFuture {
  /** The curve, times counted from the end of the path. */
  readonly curve: SurvivalPoints;
  /** The time by which half of such customers have had the event; Infinity where the curve does not come so far. */
  readonly median: number;
  /** The mean time without the event within the horizon; null without one. */
  readonly restrictedMean: number | null;
}

/** What a customer lived through, and what follows. */
export interface PathPrediction {
  /** When the path begins. */
  readonly from: number;
  /** When each of its rows ends, ascending. */
  readonly stops: Float64Array;
  /** From the beginning to the end of each row: the expected events. */
  readonly cumulativeHazard: Float64Array;
  /** The probability of being still without the event at the end of each row, given the beginning. */
  readonly survival: Float64Array;
  /** What follows after the last; null without `assume`. */
  readonly after: PathFuture | null;
}

/**
 * The prediction for one customer whose features changed with time: the hazard along the rows it went through, each (entry, duration], and what
 * follows if the last of them goes on.
 *
 * What a path says of its own past is the probability of a path planned or imagined, not of one observed: who is seen with a new plan at 10 was
 * still there at 10. Of an observed customer only `after` is a forecast. O(rows log steps + steps).
 *
 * @param model - of a fit, with `entry` or without
 * @param rows - of one customer, in any order, with the columns of entry, duration, features and strata; each begins where another ends
 * @param options - `assume`, `horizon`, `entry`
 * @returns expected events and survival along the path, and what follows
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `EMPTY_INPUT`, `INVALID_VALUE` (gaps and overlaps), `MISSING_VALUE`, or as `CoxRegression.predictSurvival`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [
 *   { from: 0, to: 4, plan: 'monthly', left: 0 }, { from: 4, to: 12, plan: 'yearly', left: 0 },
 *   { from: 0, to: 3, plan: 'monthly', left: 1 }, { from: 0, to: 9, plan: 'yearly', left: 1 },
 *   { from: 0, to: 6, plan: 'monthly', left: 1 }, { from: 2, to: 10, plan: 'yearly', left: 0 },
 * ];
 * const model = fitCoxRegression(rows, { entry: 'from', duration: 'to', event: 'left' });
 * const path = predictPath(model, rows.slice(0, 2), { assume: 'carryForward' });
 * path.stops; // => [4, 12]
 * path.survival[0]! > path.survival[1]!; // => true
 * path.after?.median; // => Infinity
 * ```
 */
export function predictPath(model: CoxRegression, rows: TableInput, options: PathOptions = {}): PathPrediction {
  const caller = 'predictPath';
  requireKnownOptions(caller, options, ['entry', 'assume', 'horizon']);
  const { assume, horizon } = options;
  if (assume !== undefined) requireChoice(caller, 'assume', assume, ['carryForward']);
  if (horizon !== undefined) requireTime(caller, 'horizon', horizon);
  if (horizon !== undefined && assume === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs assume: 'carryForward' with a horizon: without it nothing is foretold of the time after`, { function: caller, option: 'assume' });
  const view = readTable(caller, rows);
  const { starts, stops, order } = readPath(caller, model, view, options.entry);
  const risks = model.predictRisk(rows);
  const stepsOf = stratumSteps(caller, model, view);
  const path = { stops: new Float64Array(order.length), cumulativeHazard: new Float64Array(order.length), survival: new Float64Array(order.length) };
  let hazard = 0;
  order.forEach((row, k) => {
    const steps = stepsOf(row);
    const rise = hazardBy(steps, stops[row]!) - hazardBy(steps, starts[row]!);
    if (rise > 0) hazard += Math.exp(Math.log(rise) + risks[row]!);
    path.stops[k] = stops[row]!;
    path.cumulativeHazard[k] = hazard;
    path.survival[k] = Math.exp(-hazard);
  });
  const last = order.at(-1)!;
  return { from: starts[order[0]!]!, ...path, after: assume === undefined ? null : future(new BaselineCurve(stepsOf(last)), risks[last]!, stops[last]!, horizon) };
}

function future(curve: BaselineCurve, eta: number, elapsed: number, horizon: number | undefined): PathFuture {
  return { curve: curve.points(eta, elapsed), median: curve.quantile(eta, elapsed, 0.5), restrictedMean: horizon === undefined ? null : curve.restrictedMean(eta, elapsed, horizon) };
}

/** The rows in time, each beginning where the one before ends. */
function readPath(caller: string, model: CoxRegression, view: TableView, entry: string | undefined): { readonly starts: Float64Array; readonly stops: Float64Array; readonly order: Uint32Array } {
  const { columns } = model.toJSON();
  const start = entry ?? columns.entry;
  if (start === null) throw new ClientelaError('INVALID_OPTION', `${caller} needs entry as the column of the time at which each row begins, as the fit had none`, { function: caller, option: 'entry' });
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs rows, found none`, { function: caller });
  const starts = numbersOf(caller, start, view.source(start));
  const stops = numbersOf(caller, columns.duration, view.source(columns.duration));
  const order = sortedOrder(starts);
  order.forEach((row, k) => {
    const [from, to] = [starts[row]!, stops[row]!];
    if (!(from >= 0 && from < to && to < Infinity)) throw new ClientelaError(Number.isNaN(from + to) ? 'MISSING_VALUE' : 'INVALID_VALUE', `${caller} needs every row to begin at 0 or later and to end after that, found ${from} to ${to} in row ${row}`, { function: caller, column: start, row });
    if (k === 0 || stops[order[k - 1]!] === from) return;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs rows that follow each other, found one to ${stops[order[k - 1]!]} and the next from ${from} in row ${row}; close gaps, and cut overlaps`, { function: caller, column: start, row });
  });
  return { starts, stops, order };
}

function stratumSteps(caller: string, model: CoxRegression, view: TableView): (row: number) => BaselineSteps {
  const { baseline, strataLevels } = model.toJSON();
  if (strataLevels === null) return () => baseline[0]!;
  const { codes } = readStrata(caller, view, model.strata!, strataLevels);
  return (row) => baseline[codes[row]!]!;
}

/** The cumulative hazard up to and with a time. */
function hazardBy({ times, cumulative }: BaselineSteps, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : cumulative[low - 1]!;
}
