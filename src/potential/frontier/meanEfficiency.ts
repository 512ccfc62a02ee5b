import type { FrontierPart, FrontierTask } from './frontierTask.js';
import { rowEfficiencies } from './rowEfficiencies.js';

/** Over the training rows that have an efficiency, each as often as it weighs; null where none has. */
export function meanEfficiency({ options, designs, values, weights, view }: FrontierTask, [sum, inefficiency, noise]: readonly [FrontierPart, FrontierPart, FrontierPart], tau: number): number | null {
  if (inefficiency.beta.length === 0) return 1;
  const [isLog, isCost] = [options.scale !== 'asIs', options.frontier === 'cost'];
  const add = (which: 0 | 1 | 2, beta: Float64Array): Float64Array => {
    const sums = new Float64Array(view.rowCount);
    designs[which].columns.forEach((column, j) => {
      for (let i = 0; i < sums.length; i++) sums[i]! += beta[j]! * column[i]!;
    });
    return sums;
  };
  const residuals = add(0, sum.beta);
  for (let i = 0; i < residuals.length; i++) residuals[i] = (isCost ? -1 : 1) * ((isLog ? Math.log(values[i]!) : values[i]!) - residuals[i]!);
  const [sigmaU, sigmaV] = [add(1, inefficiency.beta).map(Math.exp), add(2, noise.beta).map(Math.exp)];
  const { efficiency } = rowEfficiencies({ distribution: options.distribution ?? 'halfNormal', tau, isCost, isLog, target: values, residuals, sigmaU, sigmaV }, 0.9);
  let [sumOfEfficiencies, total] = [0, 0];
  for (let i = 0; i < efficiency.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    if (!(weight > 0) || Number.isNaN(efficiency[i]!)) continue;
    sumOfEfficiencies += weight * efficiency[i]!;
    total += weight;
  }
  return total > 0 ? sumOfEfficiencies / total : null;
}
