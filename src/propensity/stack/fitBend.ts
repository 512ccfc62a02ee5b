import { logisticMode, type LogisticPoints } from './logisticMode.js';
import type { HeadBend } from './heads.js';

// A bend of its own needs so many takers; each of its pieces has a share of what they tell.
const LEAST_TAKEN = 100;
const KNOTS = 8;
// Slopes of the pieces are drawn to 1, which leaves the log-odds as they are; their standard deviation before any row is seen.
const SPREAD = 0.5;

/**
 * How straight log-odds (one a point, ascending) must be bent to hold all along their range: a line in pieces between points of equal information, no
 * slope below 0, slopes drawn to 1; null with too few takers to tell. O(points × pieces²) a step.
 */
export function fitBend(logits: Float64Array, trials: Float64Array, taken: Float64Array): HeadBend | null {
  const count = logits.length;
  if (taken.reduce((sum, value) => sum + value, 0) < LEAST_TAKEN) return null;
  const at = knots(logits, trials);
  if (at.length < 2) return null;
  const width = at.length + 1;
  const x = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const logit = logits[i]!;
    x[i * width] = Math.min(logit - at[0]!, 0);
    for (let k = 1; k < at.length; k++) x[i * width + k] = Math.min(Math.max(logit - at[k - 1]!, 0), at[k]! - at[k - 1]!);
    x[i * width + at.length] = Math.max(logit - at[at.length - 1]!, 0);
  }
  const points: LogisticPoints = { count, width, x, trials, taken };
  const means = new Float64Array(width).fill(1);
  const precisions = new Float64Array(width).fill(1 / (SPREAD * SPREAD));
  const beta = Float64Array.of(at[0]!, ...means);
  logisticMode(points, { means, precisions, trials: 0, rate: 0 }, new Float64Array(width), beta, 1e-6);
  const to = [beta[0]!];
  for (let k = 1; k < at.length; k++) to.push(to[k - 1]! + beta[k + 1]! * (at[k]! - at[k - 1]!));
  return { at, to, below: beta[1]!, above: beta[width]! };
}

/** Points that divide the information n p (1 - p) evenly. */
function knots(logits: Float64Array, trials: Float64Array): number[] {
  const information = trials.map((n, i) => n / (2 + Math.exp(logits[i]!) + Math.exp(-logits[i]!)));
  const total = information.reduce((sum, value) => sum + value, 0);
  const gap = 1e-3 * (logits[logits.length - 1]! - logits[0]!);
  const at: number[] = [];
  let [sum, next] = [0, 0.5];
  information.forEach((value, i) => {
    sum += value;
    if (sum < (next / KNOTS) * total) return;
    while (sum >= (next / KNOTS) * total && next < KNOTS) next++;
    if (at.length === 0 || logits[i]! - at[at.length - 1]! > gap) at.push(logits[i]!);
  });
  return at;
}
