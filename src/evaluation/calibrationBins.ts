import { requireChoice, requireWhole } from '../data/options.js';
import { readProbabilities, type Labels, type Observations } from '../data/labelsAndScores.js';
import { massBins, scoreGroups } from './scoreGroups.js';

/** Bins with equally many customers, or equally wide in probability. */
export type BinMethod = 'mass' | 'width';

/** Sums over one bin of probabilities. */
export interface CalibrationBin {
  readonly bin: number;
  readonly weight: number;
  readonly events: number;
  readonly scoreSum: number;
}

/** The bins behind table, expected error and Hosmer-Lemeshow test, so that all three count alike. */
export function calibrationBins(
  caller: string,
  labels: Labels,
  probabilities: ArrayLike<number>,
  options: { readonly bins?: number; readonly method?: BinMethod; readonly weights?: ArrayLike<number> },
): CalibrationBin[] {
  const bins = requireWhole(caller, 'bins', options.bins ?? 10, 1);
  const method = requireChoice(caller, 'method', options.method ?? 'mass', ['mass', 'width']);
  const observations = readProbabilities(caller, labels, probabilities, options.weights);
  if (method === 'width') return widthBins(observations, bins);
  const groups = scoreGroups(observations, 'shared', 1);
  return massBins(caller, observations, groups, bins).map(({ weight, events, scoreSum }, j) => ({ bin: j + 1, weight, events, scoreSum }));
}

function widthBins({ labels, scores, weights }: Observations, bins: number): CalibrationBin[] {
  const sums = Array.from({ length: bins }, (_, j) => ({ bin: j + 1, weight: 0, events: 0, scoreSum: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const bin = sums[Math.min(bins - 1, Math.floor(scores[i]! * bins))]!;
    bin.weight += weights[i]!;
    bin.scoreSum += weights[i]! * scores[i]!;
    if (labels[i]) bin.events += weights[i]!;
  }
  return sums.filter((bin) => bin.weight > 0);
}
