import type { BoostingLoss } from './boostedTreesState.js';

/** Whether a loss is one of classes, and so predicts probabilities. */
export function isOfClasses(loss: BoostingLoss): boolean {
  return 'logistic multinomial'.includes(loss);
}

/** Margins on the scale of the target: probabilities of classes, `width` a row; exp for counts and amounts; otherwise as they are. */
export function respond(loss: BoostingLoss, margins: Float64Array, width: number): Float64Array {
  if ('poisson gamma tweedie'.includes(loss)) return margins.map(Math.exp);
  if (isOfClasses(loss)) {
    // One margin stands against another of 0. Differences of margins: exp may be infinite, its inverse is 0 then.
    return margins.map((own, i) => {
      const row = i - (i % width);
      const all = width > 1 ? [...margins.subarray(row, row + width)] : [0, own];
      return 1 / all.reduce((sum, other) => sum + Math.exp(other - own), 0);
    });
  }
  return margins;
}
