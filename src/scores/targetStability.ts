import type { Frame } from '../data/frame.js';
import type { TimeCut } from '../data/timeCut.js';
import { compareFeature } from '../evaluation/compareFeature.js';
import { judgeDrift } from '../evaluation/drift.js';
import { featureDrift } from '../evaluation/featureDrift.js';
import { normalMultiplier, wilsonRate } from '../evaluation/intervals.js';
import { rocAucInterval } from '../evaluation/rocAucInterval.js';
import { sortedOrder } from '../numeric/sorting.js';
import type { PreparedTarget } from './prepareTarget.js';
import type { TargetPeriod, TargetStability } from './targetReport.js';
import type { OutOfSample } from './validateTarget.js';

const PERIODS = 6;
const FALSE_ALARMS = 0.05;

/** What changed from the rows learnt from to the later ones: scores, columns, and how the score did from moment to moment. */
export function describeStability({ frame, features, times }: PreparedTarget, outOfSample: OutOfSample, cut: TimeCut, confidence: number, mostRows: number): TargetStability {
  const [then, now] = [evenly(frame, cut.train, mostRows), evenly(frame, cut.test, mostRows)];
  const columns = featureDrift(then, now, { features, falseAlarmRate: FALSE_ALARMS }).map(({ feature, psi, expectedPsi, p, q, level }) => ({ feature, psi, expectedPsi, p, q, level }));
  const learnt = { kind: 'number', values: outOfSample.learntScores! } as const;
  const later = { rowCount: cut.test.length, names: ['score'], source: () => ({ kind: 'number', values: outOfSample.probabilities }) as const };
  const { psi, expectedPsi, p } = compareFeature('fitTargetScore', 'score', learnt, later, 10);
  return {
    score: judgeDrift({ psi, expectedPsi, p }, p, FALSE_ALARMS),
    features: columns.sort((a, b) => b.psi - b.expectedPsi - (a.psi - a.expectedPsi)),
    periods: periodsOf(Float64Array.from(cut.test, (row) => times![row]!), outOfSample, confidence),
  };
}

/** At most so many of the rows, evenly spread. */
function evenly(frame: Frame, rows: Uint32Array, most: number): Frame {
  if (rows.length <= most) return frame.take(rows);
  return frame.take(Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!));
}

/** The later rows in parts of about equal size, rows of one moment together. */
function periodsOf(moments: Float64Array, { labels, probabilities }: OutOfSample, confidence: number): TargetPeriod[] {
  const order = sortedOrder(moments);
  const starts = [0];
  for (let i = 1; i < order.length; i++) {
    const isNext = moments[order[i]!] !== moments[order[i - 1]!];
    if (isNext && i >= (starts.length * order.length) / PERIODS) starts.push(i);
  }
  const z = normalMultiplier('fitTargetScore', confidence);
  return starts.map((start, p) => {
    const rows = order.subarray(start, starts[p + 1] ?? order.length);
    const [known, scores] = [labels, probabilities].map((values) => Float64Array.from(rows, (row) => values[row]!)) as [Float64Array, Float64Array];
    const events = known.reduce((sum, label) => sum + label, 0);
    return {
      from: moments[rows[0]!]!,
      rows: rows.length,
      rate: wilsonRate(events, rows.length, z),
      meanScore: scores.reduce((sum, score) => sum + score, 0) / rows.length,
      auc: Math.min(events, rows.length - events) < 2 ? null : estimateOf(rocAucInterval(known, scores, { confidence })),
    };
  });
}

function estimateOf({ estimate, lower, upper }: { readonly estimate: number; readonly lower: number; readonly upper: number }): TargetPeriod['auc'] {
  return { estimate, lower, upper };
}
