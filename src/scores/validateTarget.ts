import { addDuration } from '../data/calendar.js';
import type { Duration } from '../data/duration.js';
import type { TableInput } from '../data/table.js';
import { cutInTime, type TimeCut } from '../data/timeCut.js';
import { crossValidate } from '../evaluation/crossValidate.js';
import { logLoss } from '../evaluation/logLoss.js';
import { CUSTOMER, LABEL, type PreparedTarget } from './prepareTarget.js';
import type { ScoreModel } from './scoreModel.js';

/** Learns a model from rows of a prepared frame. */
export type ScoreFit = (table: TableInput) => ScoreModel;

/** Probabilities for customers the fit had not seen, beside what happened. */
export interface OutOfSample {
  readonly labels: Float64Array;
  readonly probabilities: Float64Array;
  /** The rate in the rows that were learnt from. */
  readonly learntRate: number;
  /** Out of time: the scores of the rows learnt from. */
  readonly learntScores?: Float64Array;
}

/** Fewest rows of each class on either side of a cut in time. */
const FEWEST = 10;

/**
 * The cut in time that leaves about a share of the rows for the test: rows of one moment stay on one side, and a row whose outcome was not
 * over when the test begins is not learnt from. Undefined where no cut leaves both classes on both sides.
 */
export function cutLaterRows({ times, labels }: PreparedTarget, share: number, horizon: Duration | undefined): TimeCut | undefined {
  if (times === undefined) return undefined;
  const cut = cutInTime(times, { testShare: share }, horizon && ((time) => addDuration(time, horizon)));
  const enough = [cut.train, cut.test].every((rows) => {
    const events = rows.reduce((sum, row) => sum + labels[row]!, 0);
    return events >= FEWEST && rows.length - events >= FEWEST;
  });
  return enough ? cut : undefined;
}

/** Later customers scored by what was learnt from earlier ones. */
export function scoreLater({ frame, labels }: PreparedTarget, cut: TimeCut, fit: ScoreFit): OutOfSample {
  const earlier = frame.take(cut.train);
  const model = fit(earlier);
  const events = cut.train.reduce((sum, row) => sum + labels[row]!, 0);
  return { labels: Float64Array.from(cut.test, (row) => labels[row]!), probabilities: model.predictProbability(frame.take(cut.test)), learntRate: events / cut.train.length, learntScores: model.predictProbability(earlier) };
}

/** Every customer scored by what was learnt without its fold. */
export function scoreFolds({ frame, labels, groupedBy }: PreparedTarget, fit: ScoreFit, folds: number, seed: number): OutOfSample {
  const groups = groupedBy === undefined ? {} : { groups: CUSTOMER };
  const { outOfFold } = crossValidate(frame, { target: LABEL, fit, metrics: { logLoss }, folds, seed, ...groups });
  return { labels: Float64Array.from(labels), probabilities: outOfFold, learntRate: labels.reduce((sum, label) => sum + label, 0) / labels.length };
}
