import { createRandom } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { cellLoss } from '../../../src/propensity/stack/cellLoss.js';

/** Customers × products with known log-odds, rates from about 3 to 40 %, and what became of them; a tenth of the cells not at risk. */
export function portfolio({ rows, products, seed, atRisk = 0.9 }: { rows: number; products: number; seed: number; atRisk?: number }): { logits: Float64Array; labels: Int8Array } {
  const random = createRandom(seed);
  const logits = new Float64Array(rows * products);
  const labels = new Int8Array(rows * products);
  for (let i = 0; i < logits.length; i++) {
    logits[i] = -3.2 + (2.8 * (i % products)) / Math.max(1, products - 1) + 1.2 * random.normal();
    const taken = random.uniform() < sigmoid(logits[i]!) ? 1 : 0;
    labels[i] = random.uniform() < atRisk ? taken : -1;
  }
  return { logits, labels };
}

/** Mean log loss of the cells at risk. */
export function lossOf(labels: ArrayLike<number>, logits: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < logits.length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) continue;
    sum += cellLoss(labels[i]!, logits[i]!);
    count++;
  }
  return sum / count;
}
