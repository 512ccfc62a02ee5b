import { describeValue } from './instant.js';
import { ClientelaError, type ClientelaErrorCode } from '../errors.js';

/** What happened, one per customer: 1 or true for the event (bought, left, answered), 0 or false for none. */
export type Labels = ArrayLike<number> | ArrayLike<boolean>;

/** Checked labels, scores and weights, without the rows of weight 0: those are as good as absent. */
export interface Observations {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  /** All above 0; 1 each where none were given. */
  readonly weights: Float64Array;
  /** Sum of the weights of the rows with label 1. */
  readonly positives: number;
  /** Sum of the weights of the rows with label 0. */
  readonly negatives: number;
}

/** The one door for labels and scores. */
export function readObservations(caller: string, labels: Labels | null, scores: ArrayLike<number>, weights?: ArrayLike<number>): Observations {
  const n = labels?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  requireLength(caller, 'scores', scores, n);
  requireLength(caller, 'weights', weights ?? scores, n);
  const label = new Uint8Array(n);
  const score = new Float64Array(n);
  const weight = new Float64Array(n);
  const total: [number, number] = [0, 0];
  let kept = 0;
  for (let i = 0; i < n; i++) {
    const y = labels[i]!;
    const s = scores[i]!;
    const w = weights ? weights[i]! : 1;
    const event = y === 1 || y === true ? 1 : 0;
    if (!event && y !== 0 && y !== false) throw unfit(caller, 'label', y, i, '0 or 1');
    if (!Number.isFinite(s)) throw unfit(caller, 'score', s, i, 'finite', 'NON_FINITE_VALUE');
    if (!(w >= 0 && w < Infinity)) throw unfit(caller, 'weight', w, i, 'finite and 0 or more');
    if (w > 0) {
      label[kept] = event;
      score[kept] = s;
      weight[kept++] = w;
      total[event] += w;
    }
  }
  return {
    labels: label.subarray(0, kept),
    scores: score.subarray(0, kept),
    weights: weight.subarray(0, kept),
    positives: total[1],
    negatives: total[0],
  };
}

/** Throws `TARGET_CLASSES` unless both labels occur with a weight above 0. */
export function requireBothClasses(caller: string, { positives, negatives }: Observations): void {
  if (!positives || !negatives) {
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs labels 0 and 1, found weight ${negatives} and ${positives}; add rows`, {
      positives,
      negatives,
    });
  }
}

/** Throws `TARGET_CLASSES` unless label 1 occurs with a weight above 0. */
export function requireEvents(caller: string, { positives, negatives }: Observations): void {
  if (!positives) {
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs at least one label 1, found only 0 with weight ${negatives}; add rows`, { negatives });
  }
}

/** As readObservations, for scores that must be probabilities; any labels, as long as some weight is above 0. */
export function readProbabilities(
  caller: string,
  labels: Labels,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Observations {
  const observations = readObservations(caller, labels, probabilities, weights);
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (p < 0 || p > 1) throw unfit(caller, 'probability', p, i, 'from 0 to 1; turn log-odds or points into probabilities first');
  }
  if (observations.labels.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row with a weight above 0`);
  return observations;
}

/** Throws `LENGTH_MISMATCH` unless there is one value per label. */
export function requireLength(caller: string, what: string, values: ArrayLike<unknown> | null, n: number): void {
  const found = values?.length;
  if (found !== n) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs as many ${what} as labels, found ${found} and ${n}`, { found, expected: n });
}

/** The error for one value that cannot be used: invalid where no other code is given. */
export function unfit(
  caller: string,
  what: string,
  value: unknown,
  index: number,
  remedy: string,
  code: ClientelaErrorCode = 'INVALID_VALUE',
): ClientelaError {
  return new ClientelaError(code, `${caller} found ${what} ${describeValue(value)} at index ${index}; it must be ${remedy}`, { index, value });
}
