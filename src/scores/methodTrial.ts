import { assignFolds } from '../data/assignFolds.js';
import type { Duration } from '../data/duration.js';
import type { Frame } from '../data/frame.js';
import { crossValidate } from '../evaluation/crossValidate.js';
import { logLoss } from '../evaluation/logLoss.js';
import { createRandom } from '../numeric/random.js';
import { CUSTOMER, LABEL, takePrepared, type PreparedTarget } from './prepareTarget.js';
import { cutLaterRows, type ScoreFit } from './validateTarget.js';

/** The rows on which ways of learning compete. */
export interface MethodTrial {
  /** The outcomes that have to be foretold. */
  readonly labels: Float64Array;
  /** Whose they are: the rows of one customer depend on each other. */
  readonly customers: Float64Array;
  /** Probabilities for those rows by what was learnt from others. */
  readonly score: (fit: ScoreFit) => Float64Array;
  /** What a penalty is chosen on, and its folds. */
  readonly learnt: Frame;
  readonly folds: Int32Array;
}

/** More rows hardly change the choice, only its price; unless so few are of the rarer class. */
const MOST_ROWS = 20_000;
const FEWEST_EVENTS = 100;
/** Of the rows learnt from, where times are known: the later ones judge. */
const JUDGES = 0.3;

/** As many of the rows as the choice needs, drawn from both classes alike. */
export function samplePrepared(prepared: PreparedTarget, seed: number): PreparedTarget {
  const { labels } = prepared;
  const events = labels.reduce((sum, label) => sum + label, 0);
  const share = Math.max(MOST_ROWS / labels.length, FEWEST_EVENTS / Math.min(events, labels.length - events));
  if (share >= 1) return prepared;
  const random = createRandom(seed);
  const wanted = [labels.length - events, events].map((count) => Math.round(share * count)) as [number, number];
  const left = [labels.length - events, events] as [number, number];
  // Each row is taken with the share still wanted of those still to come: exactly as many as wanted, in their order.
  const rows = Uint32Array.from(labels.keys()).filter((row) => {
    const label = labels[row]! as 0 | 1;
    const isTaken = random.uniform() * left[label]-- < wanted[label];
    if (isTaken) wanted[label]--;
    return isTaken;
  });
  return takePrepared(prepared, rows);
}

/** The later rows judged by what the earlier ones taught, where times are known and leave enough of both classes; otherwise every row by the other folds. */
export function planTrial(sample: PreparedTarget, horizon: Duration | undefined, seed: number): MethodTrial {
  const cut = cutLaterRows(sample, JUDGES, horizon);
  const { frame } = sample;
  if (cut === undefined) {
    const folds = foldsOf(frame, seed);
    const labels = Float64Array.from(sample.labels);
    const score = (fit: ScoreFit): Float64Array => crossValidate(frame, { target: LABEL, fit, metrics: { logLoss }, folds }).outOfFold;
    return { labels, customers: customersOf(frame), score, learnt: frame, folds };
  }
  const [earlier, later] = [frame.take(cut.train), frame.take(cut.test)];
  return {
    labels: numbers(later, LABEL),
    customers: customersOf(later),
    score: (fit) => fit(earlier).predictProbability(later),
    learnt: earlier,
    folds: foldsOf(earlier, seed),
  };
}

function foldsOf(frame: Frame, seed: number): Int32Array {
  const labels = numbers(frame, LABEL);
  // Of few rows each counts, and models that live on many rows must not be judged on two thirds of them.
  const folds = frame.rowCount <= 2000 ? 10 : frame.rowCount <= 10_000 ? 5 : 3;
  if (!frame.names.includes(CUSTOMER)) return assignFolds(labels, { folds, seed });
  const groups = numbers(frame, CUSTOMER);
  return assignFolds(labels, { folds: Math.min(folds, new Set(groups).size), seed, groups });
}

function customersOf(frame: Frame): Float64Array {
  return frame.names.includes(CUSTOMER) ? numbers(frame, CUSTOMER) : Float64Array.from({ length: frame.rowCount }, (_, row) => row);
}

function numbers(frame: Frame, name: string): Float64Array {
  return (frame.column(name) as { values: Float64Array }).values;
}
