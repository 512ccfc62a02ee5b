import type { Estimate } from '../../numeric/estimate.js';
import type { CampaignValues } from './campaignCosts.js';
import { descending } from '../../numeric/selection/fillBudget.js';
import type { CampaignTarget, NotDisturbed, ProfitCurve } from './campaignTarget.js';

/** Successes are independent Bernoulli draws, so the variance of the profit is the sum of benefit² p (1 - p). */
export function profitInterval({ probabilities, benefits }: CampaignValues, rows: Uint32Array, estimate: number, z: number): Estimate {
  let variance = 0;
  for (const row of rows) variance += benefits[row]! ** 2 * probabilities[row]! * (1 - probabilities[row]!);
  const margin = z * Math.sqrt(variance);
  return { estimate, lower: estimate - margin, upper: estimate + margin };
}

/** The probability at which a contact just pays, where it is the same for everybody. */
export function breakEven({ benefits, costs }: CampaignValues): number | null {
  const [benefit, cost] = [benefits[0]!, costs[0]!];
  const same = benefits.every((value) => value === benefit) && costs.every((value) => value === cost);
  return same && benefit > 0 ? cost / benefit : null;
}

/** What is known of a plan when it is asked what limits it; `unheard`: how many would pay but are not to be disturbed. */
interface Outcome {
  readonly chosen: Uint32Array;
  readonly contacts: number;
  readonly runs: boolean;
  readonly couldRun: boolean;
  readonly capacity: number;
  readonly unheard: number;
}

/** What keeps the target from being larger; the fixed cost only where no choice can cover it. */
export function limitOf({ net }: CampaignValues, { chosen, contacts, runs, couldRun, capacity, unheard }: Outcome): CampaignTarget['limitedBy'] {
  const paying = net.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  const allWhoPay = unheard > 0 ? 'relevance' : 'break-even';
  if (paying === 0) return allWhoPay;
  if (!runs && capacity < 1) return 'capacity';
  if (!runs) return chosen.length === 0 || couldRun ? 'budget' : 'fixed cost';
  if (chosen.length === paying) return paying === net.length ? 'everybody chosen' : allWhoPay;
  return contacts + 1 > capacity ? 'capacity' : 'budget';
}

/** The lowest probability among these; `null` for nobody. */
export function lowestOf(probabilities: Float64Array, rows: Uint32Array): number | null {
  return rows.length === 0 ? null : rows.reduce((lowest, row) => Math.min(lowest, probabilities[row]!), 1);
}

/** Who is below the threshold, and what it costs not to contact them. */
export function whomNotToDisturb({ probabilities, net }: CampaignValues, threshold: number, forgone: number): NotDisturbed {
  let [customers, wouldPay] = [0, 0];
  for (let row = 0; row < net.length; row++) {
    if (probabilities[row]! >= threshold) continue;
    customers++;
    if (net[row]! > 0) wouldPay++;
  }
  return { threshold, customers, wouldPay, forgoneProfit: Math.max(0, forgone) };
}

/** The ranking with everybody below the threshold at its end, the most valuable first. */
export function irrelevantLast({ probabilities, net }: CampaignValues, ranking: Uint32Array, threshold: number): Uint32Array {
  if (!(threshold > 0)) return ranking;
  const last = descending(net).filter((row) => probabilities[row]! < threshold);
  const whole = ranking.filter((row) => probabilities[row]! >= threshold);
  const all = new Uint32Array(ranking.length);
  all.set(whole);
  all.set(last, whole.length);
  return all;
}

/** Customers not chosen whose net value equals the smallest chosen one. */
export function tiedAtCut({ net }: CampaignValues, selected: Uint32Array): number {
  const last = selected.reduce((smallest, row) => Math.min(smallest, net[row]!), Infinity);
  const all = net.reduce((count, value) => count + (value === last ? 1 : 0), 0);
  return all - selected.reduce((count, row) => count + (net[row] === last ? 1 : 0), 0);
}

/** Profit with its interval, responses and spend of the first k of the ranking, for every k. */
export function curveAlong({ probabilities, benefits, net, costs }: CampaignValues, ranking: Uint32Array, fixedCost: number, z: number): ProfitCurve {
  const n = ranking.length;
  const zeros = (): Float64Array => new Float64Array(n + 1);
  const curve = { expectedProfit: zeros(), lower: zeros(), upper: zeros(), expectedResponses: zeros(), spend: zeros() };
  let profit = -fixedCost;
  let responses = 0;
  let spend = fixedCost;
  let variance = 0;
  for (let k = 1; k <= n; k++) {
    const row = ranking[k - 1]!;
    const p = probabilities[row]!;
    const benefit = benefits[row]!;
    profit += net[row]!;
    variance += benefit * benefit * p * (1 - p);
    const margin = z * Math.sqrt(variance);
    curve.expectedProfit[k] = profit;
    curve.lower[k] = profit - margin;
    curve.upper[k] = profit + margin;
    curve.expectedResponses[k] = responses += p;
    curve.spend[k] = spend += costs[row]!;
  }
  return curve;
}
