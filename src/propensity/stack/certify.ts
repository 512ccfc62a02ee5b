import { rocAuc } from '../../evaluation/rocAuc.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile, twoSidedNormalP } from '../../numeric/normal.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { binnedError } from './binnedError.js';
import { cellLoss } from './cellLoss.js';
import type { ProductCertificate } from './certificate.js';
import { logitLine } from './logitLine.js';
import { eachProduct } from './productColumns.js';
import { verdict, type CertificateRules } from './verdict.js';

/** What is certified: honest log-odds of the method chosen for each product. */
export interface CertifyData extends Partial<CertificateRules> {
  readonly products: readonly string[];
  /** The method of each product. */
  readonly methods: readonly string[];
  /** 1 taken, 0 not taken, anything else not at risk; row-major, rows × products. */
  readonly labels: ArrayLike<number>;
  /** Out-of-fold log-odds, row-major; finite where the label is 0 or 1. */
  readonly logits: Float64Array;
  /** How many took each product among all customers, where more were learnt from than are judged here: these decide whether they are too few. */
  readonly takers?: ArrayLike<number>;
  /** Of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** A certificate for each product. O(rows log rows) a product. */
export function certify(data: CertifyData): ProductCertificate[] {
  const { products, methods, labels, logits, confidence = 0.95, minPositives = 5, fewPositives = 30, takers } = data;
  const z = normalQuantile((1 + confidence) / 2);
  const certificates: ProductCertificate[] = [];
  eachProduct(labels, products.length, [logits], (cells) => {
    const figures = { product: products[cells.product]!, method: methods[cells.product]!, ...figuresOf(cells.labels, cells.values[0]!, z, methods[cells.product] !== 'popularity') };
    certificates.push({ ...figures, ...verdict(figures, { minPositives, fewPositives }, takers?.[cells.product] ?? figures.positives) });
  });
  return certificates;
}

type Figures = Omit<ProductCertificate, 'product' | 'method' | 'status' | 'reason'>;

function figuresOf(labels: Uint8Array, logits: Float64Array, z: number, differ: boolean): Figures {
  const probabilities = logits.map(sigmoid);
  const rows = labels.length;
  let [expected, variance, positives] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const p = probabilities[i]!;
    expected += p;
    variance += p * (1 - p);
    positives += labels[i]!;
  }
  const rate = rows > 0 ? positives / rows : 0;
  const distance = variance > 0 ? (positives - expected) / Math.sqrt(variance) : 0;
  const mixed = positives > 0 && positives < rows;
  // Out of fold a rate moves against its own fold: a slope through that says nothing.
  const line = mixed && differ ? logitLine(labels, logits) : null;
  const within = (estimate: number, error: number): Estimate => ({ estimate, lower: estimate - z * error, upper: estimate + z * error });
  const baseline = Math.log(rate / (1 - rate));
  const brier = compare(labels, (i, label) => (probabilities[i]! - label) ** 2, (label) => (rate - label) ** 2);
  const logLoss = compare(labels, (i, label) => cellLoss(label, logits[i]!), (label) => cellLoss(label, baseline));
  return {
    rows,
    positives,
    rate,
    inTheLarge: { expected, observed: positives, z: distance, p: twoSidedNormalP(distance) },
    calibrationError: binnedError(labels, probabilities, positives),
    slope: line && within(line.slope, line.slopeError),
    intercept: line && within(line.intercept, line.interceptError),
    brier: brier.loss,
    brierSkill: mixed ? within(brier.skill, brier.error) : null,
    logLoss: logLoss.loss,
    logLossSkill: mixed ? within(logLoss.skill, logLoss.error) : null,
    auc: mixed && differ ? rocAuc(labels, logits) : null,
  };
}

/** A mean loss, the share by which it is below that of the base rate, and the standard error of that share (a ratio of means, by linearisation). */
function compare(labels: Uint8Array, lossOf: (row: number, label: number) => number, baseOf: (label: number) => number): { loss: number; skill: number; error: number } {
  const n = labels.length;
  const base = [baseOf(0), baseOf(1)] as const;
  const losses = new Float64Array(n);
  let [sum, sumOfBase] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += losses[i] = lossOf(i, labels[i]!);
    sumOfBase += base[labels[i] as 0 | 1];
  }
  const ratio = sum / sumOfBase;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (losses[i]! - ratio * base[labels[i] as 0 | 1]) ** 2;
  return { loss: n > 0 ? sum / n : 0, skill: 1 - ratio, error: Math.sqrt(squares) / sumOfBase };
}
