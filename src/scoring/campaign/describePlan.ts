import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { CampaignValues } from './campaignCosts.js';
import type { CampaignTarget, ProfitCurve } from './idealTarget.js';

/** Successes are independent Bernoulli draws, so the variance of the profit is the sum of benefit² p (1 - p). */
export function profitInterval({ probabilities, benefits }: CampaignValues, rows: Uint32Array, estimate: number, confidence: number): Estimate {
  let variance = 0;
  for (const row of rows) variance += benefits[row]! ** 2 * probabilities[row]! * (1 - probabilities[row]!);
  const margin = normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance);
  return { estimate, lower: estimate - margin, upper: estimate + margin };
}

/** The probability at which a contact just pays, where it is the same for everybody. */
export function breakEven({ benefits, costs }: CampaignValues): number | null {
  const [benefit, cost] = [benefits[0]!, costs[0]!];
  const same = benefits.every((value) => value === benefit) && costs.every((value) => value === cost);
  return same && benefit > 0 ? cost / benefit : null;
}

/** What keeps the target from being larger; the fixed cost only where no choice can cover it. */
export function limitOf({ net }: CampaignValues, affordable: Uint32Array, campaign: { readonly runs: boolean; readonly couldRun: boolean; readonly capacity: number }): CampaignTarget['limitedBy'] {
  const { runs, couldRun, capacity } = campaign;
  const paying = net.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  if (paying === 0) return 'break-even';
  if (!runs && capacity < 1) return 'capacity';
  if (!runs) return affordable.length === 0 || couldRun ? 'budget' : 'fixed cost';
  if (affordable.length === paying) return paying === net.length ? 'everybody chosen' : 'break-even';
  return affordable.length + 1 > capacity ? 'capacity' : 'budget';
}

/** Customers not chosen whose net value equals the smallest chosen one. */
export function tiedAtCut({ net }: CampaignValues, selected: Uint32Array): number {
  const last = selected.reduce((smallest, row) => Math.min(smallest, net[row]!), Infinity);
  const all = net.reduce((count, value) => count + (value === last ? 1 : 0), 0);
  return all - selected.reduce((count, row) => count + (net[row] === last ? 1 : 0), 0);
}

/** Profit, responses and spend of the first k of the ranking, for every k. */
export function curveAlong({ probabilities, net, costs }: CampaignValues, ranking: Uint32Array, fixedCost: number): ProfitCurve {
  const n = ranking.length;
  const curve = { expectedProfit: new Float64Array(n + 1), expectedResponses: new Float64Array(n + 1), spend: new Float64Array(n + 1) };
  let profit = -fixedCost;
  let responses = 0;
  let spend = fixedCost;
  for (let k = 0; k < n; k++) {
    const row = ranking[k]!;
    curve.expectedProfit[k + 1] = profit += net[row]!;
    curve.expectedResponses[k + 1] = responses += probabilities[row]!;
    curve.spend[k + 1] = spend += costs[row]!;
  }
  return curve;
}
