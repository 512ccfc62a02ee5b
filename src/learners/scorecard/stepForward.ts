import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import type { LogisticRegression } from '../logisticRegression.js';
import { fitColumns, slopesOf, type CardProblem, type EvidenceColumn } from './cardProblem.js';
import type { LeaveOut } from './chooseFeatures.js';

/**
 * Columns that pay for themselves by Schwarz's criterion: each step takes in the one with the highest score statistic (Rao, 1948), fits
 * exactly, and drops what by Wald's statistic no longer pays or has turned its sign. What was dropped stays out, so the steps end.
 * O(rows * columns^3) at worst, and a fit a step.
 */
export function stepForward(problem: CardProblem, columns: readonly EvidenceColumn[], leaveOut: LeaveOut): EvidenceColumn[] {
  const price = Math.log(problem.weights?.reduce((sum, weight) => sum + weight, 0) ?? problem.y.length);
  let chosen: EvidenceColumn[] = [];
  let open = [...columns];
  let { model } = fitColumns(problem, chosen);
  for (;;) {
    const gains = scoreGains(problem, model, chosen, open);
    const best = open[gains.indexOf(Math.max(price, ...gains))];
    if (best === undefined) {
      open.forEach((column, j) => {
        leaveOut(column, 'stepwise', gains[j]! < 0 ? 'beside the others it would turn its own evidence upside down' : `beside the others it adds a chi-square of ${gains[j]!.toFixed(1)}, and ${price.toFixed(1)} is what it costs`);
      });
      return columns.filter((column) => chosen.includes(column));
    }
    open = open.filter((column) => column !== best);
    chosen = [...chosen, best];
    ({ model } = fitColumns(problem, chosen));
    for (let worst = unpaid(problem, model, chosen, price); worst >= 0; worst = unpaid(problem, model, chosen, price)) {
      leaveOut(chosen[worst]!, 'stepwise', 'it was taken in, and later features say what it said');
      chosen = chosen.filter((_, j) => j !== worst);
      ({ model } = fitColumns(problem, chosen));
    }
  }
}

/** The chosen column that pays least, if one does not pay; -1 when all do. */
function unpaid({ sign }: CardProblem, model: LogisticRegression, chosen: readonly EvidenceColumn[], price: number): number {
  let worst = -1;
  let least = price;
  slopesOf(model, chosen).forEach((slope, j) => {
    // Under a penalty there is no standard error: only the sign is looked at.
    const z = model.coefficients.find(({ name }) => name === String(j))?.z ?? Infinity;
    const value = slope * sign <= 0 ? -1 : z * z;
    if (value < least) [worst, least] = [j, value];
  });
  return worst;
}

/** For every open column U^2 / V: the gain in 2 log-likelihood it promises beside the chosen ones; -1 where its sign would be wrong. */
function scoreGains({ y, weights, sign }: CardProblem, model: LogisticRegression, chosen: readonly EvidenceColumn[], open: readonly EvidenceColumn[]): number[] {
  const { residuals, curvatures } = expansion(y, weights, model, chosen);
  const k = chosen.length + 1;
  // The curvature times each chosen column, the intercept first.
  const weighted = [curvatures, ...chosen.map(({ values }) => curvatures.map((w, row) => w * values[row]!))];
  const information = new Float64Array(k * k);
  weighted.forEach((column, i) => {
    information[i * k] = total(column);
    chosen.forEach(({ values }, j) => (information[i * k + j + 1] = dot(column, values)));
  });
  if (!choleskyInPlace(information, k)) return open.map(() => 0);
  return open.map(({ values }) => {
    const score = dot(residuals, values);
    if (score * sign <= 0) return -1;
    const shared = Float64Array.from(weighted, (column) => dot(column, values));
    const solved = choleskySolve(information, k, shared.slice());
    let variance = 0;
    for (let row = 0; row < values.length; row++) variance += curvatures[row]! * values[row]! * values[row]!;
    const left = variance - dot(shared, solved);
    return left > 1e-9 * variance ? (score * score) / left : 0;
  });
}

function expansion(y: Float64Array, weights: Float64Array | null, model: LogisticRegression, chosen: readonly EvidenceColumn[]): { residuals: Float64Array; curvatures: Float64Array } {
  const margins = new Float64Array(y.length).fill(model.coefficients[0]!.estimate);
  slopesOf(model, chosen).forEach((slope, j) => {
    const { values } = chosen[j]!;
    for (let row = 0; row < margins.length; row++) margins[row]! += slope * values[row]!;
  });
  const curvatures = new Float64Array(y.length);
  for (let row = 0; row < margins.length; row++) {
    const p = sigmoid(margins[row]!);
    const weight = weights === null ? 1 : weights[row]!;
    margins[row] = weight * (y[row]! - p);
    curvatures[row] = weight * p * (1 - p);
  }
  return { residuals: margins, curvatures };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
