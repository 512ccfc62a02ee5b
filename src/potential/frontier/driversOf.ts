import type { DesignColumn } from '../../learners/logisticDesign.js';
import { normalQuantile } from '../../numeric/normal.js';
import { finite } from './frontierFigures.js';
import { inefficiencyMoment, type InefficiencyDistribution } from './frontierLaw.js';
import type { InefficiencyDriver } from './frontierState.js';
import type { FrontierPart } from './frontierTask.js';

/** What each driver does to mean inefficiency and efficiency. */
export function driversOf({ design: { all, kept }, beta, covariance }: FrontierPart, distribution: InefficiencyDistribution, tau: number, isLog: boolean, confidence: number): InefficiencyDriver[] {
  const reach = normalQuantile((1 + confidence) / 2);
  const share = (sigmaU: number): number | null => (isLog ? inefficiencyMoment({ distribution, sigmaU, sigmaV: 1, mu: tau * sigmaU }, -1) : null);
  const columns = kept.slice(1).map((position) => all[position - 1]!);
  /** ln sigmaU of the average row, but of a category at its first level. */
  const before = (column: DesignColumn): number =>
    columns.reduce((sum, other, k) => (other.kind === 'level' && column.kind === 'level' && other.codes === column.codes ? sum - (beta[k + 1]! * other.center) / other.scale : sum), beta[0]!);
  return columns.map((column, k) => {
    const isLevel = column.kind === 'level';
    // A standardised number rises by 1 with one standard deviation, a level by 1 / scale.
    const unit = isLevel ? 1 / column.scale : 1;
    const rise = beta[k + 1]! * unit;
    const spread = covariance && (Math.sqrt(Math.max(0, covariance[(k + 1) * beta.length + k + 1]!)) / 2) * unit;
    const step = isLevel ? 1 : column.scale;
    const factor = Math.exp(rise);
    const from = before(column);
    const [efficiency, efficiencyAfter] = [share(Math.exp(from)), share(Math.exp(from + rise))];
    const how = isLevel ? `${column.name} against ${column.baseline}` : `${column.name} higher by ${Number(step.toPrecision(3))}`;
    const shares = efficiency === null ? '' : `, mean efficiency ${efficiency.toFixed(3)} before and ${efficiencyAfter!.toFixed(3)} after, all else average`;
    const text = `${how}: mean inefficiency times ${factor.toPrecision(3)}${shares}`;
    const [factorLower, factorUpper] = spread === null ? [null, null] : [Math.exp(rise - reach * spread), finite(Math.exp(rise + reach * spread))];
    return { name: column.name, step, factor, factorLower, factorUpper, efficiency, efficiencyAfter, text };
  });
}
