import { addDuration, type Duration } from '../data/calendar.js';
import { crossValidate } from '../evaluation/crossValidate.js';
import { logLoss } from '../evaluation/logLoss.js';
import { sortedOrder } from '../numeric/sorting.js';
import type { PenalisedFit } from './choosePenalty.js';
import { CUSTOMER, LABEL, type PreparedTarget } from './prepareTarget.js';

/** Which rows a score learns from while it is judged on later ones. */
export interface TimeCut {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** First moment of the test rows. */
  readonly testFrom: number;
}

/** Probabilities for customers the fit had not seen, beside what happened. */
export interface OutOfSample {
  readonly labels: Float64Array;
  readonly probabilities: Float64Array;
  /** The rate in the rows that were learnt from. */
  readonly learntRate: number;
}

/** Fewest rows of each class on either side of a cut in time. */
const FEWEST = 10;

/**
 * The cut in time that leaves about a share of the rows for the test: rows of one moment stay on one side, and a row whose outcome was not
 * over when the test begins is not learnt from. Undefined where no cut leaves both classes on both sides.
 */
export function cutInTime({ times, labels }: PreparedTarget, share: number, horizon: Duration | undefined): TimeCut | undefined {
  if (times === undefined) return undefined;
  const order = sortedOrder(times);
  let start = Math.floor(order.length * (1 - share));
  // Back to the first row of its moment, or on to the next moment where the first one is all there is.
  while (start > 0 && times[order[start]!] === times[order[start - 1]!]) start--;
  if (start === 0) while (start < order.length && times[order[start]!] === times[order[0]!]) start++;
  const testFrom = times[order[start] ?? order[0]!]!;
  const isOver = (row: number): boolean => horizon === undefined || addDuration(times[row]!, horizon) <= testFrom;
  const train = order.slice(0, start).filter(isOver).sort();
  const test = order.slice(start).sort();
  const enough = [train, test].every((rows) => {
    const events = rows.reduce((sum, row) => sum + labels[row]!, 0);
    return events >= FEWEST && rows.length - events >= FEWEST;
  });
  return enough ? { train, test, testFrom } : undefined;
}

/** Later customers scored by what was learnt from earlier ones. */
export function scoreLater({ frame, labels }: PreparedTarget, cut: TimeCut, fit: PenalisedFit, ridge: number): OutOfSample {
  const probabilities = fit(frame.take(cut.train), ridge).predictProbability(frame.take(cut.test));
  const events = cut.train.reduce((sum, row) => sum + labels[row]!, 0);
  return { labels: Float64Array.from(cut.test, (row) => labels[row]!), probabilities, learntRate: events / cut.train.length };
}

/** Every customer scored by what was learnt without its fold. */
export function scoreFolds({ frame, labels, groupedBy }: PreparedTarget, fit: PenalisedFit, ridge: number, folds: number, seed: number): OutOfSample {
  const groups = groupedBy === undefined ? {} : { groups: CUSTOMER };
  const { outOfFold } = crossValidate(frame, { target: LABEL, fit: (train) => fit(train, ridge), metrics: { logLoss }, folds, seed, ...groups });
  return { labels: Float64Array.from(labels), probabilities: outOfFold, learntRate: labels.reduce((sum, label) => sum + label, 0) / labels.length };
}
