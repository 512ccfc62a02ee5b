import type { Estimate } from '../../numeric/estimate.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';
import type { CampaignValues } from './campaignCosts.js';

/** One way to choose, under the terms of the comparison; figures of chance are expectations where ties or everybody are drawn by lot. */
export interface TargetSide {
  /** Customers contacted. */
  readonly contacts: number;
  /** Contact and fixed costs. */
  readonly spend: number;
  /** Expected profit, with the interval that chance leaves when the probabilities are right. */
  readonly expectedProfit: Estimate;
  /** Expected number of successes. */
  readonly expectedResponses: number;
  /** Mean probability of those contacted over that of all customers; `null` when nobody is contacted. */
  readonly lift: number | null;
  /** What really happened among those contacted, when `labels` were given. */
  readonly realised?: RealisedSide;
}

/** What the outcomes of the past say of one choice. */
export interface RealisedSide {
  /** Benefits of those who responded less contact and fixed costs. */
  readonly profit: number;
  /** How many responded. */
  readonly responses: number;
  /** Their share over that of all customers; `null` when nobody is contacted, or nobody at all responded. */
  readonly lift: number | null;
}

/** Figures of contacting each customer with the chance given. */
export function describeSide(values: CampaignValues, labels: Uint8Array | undefined, chance: Float64Array, fixedCost: number, z: number): TargetSide {
  const { probabilities, benefits, costs } = values;
  let [contacts, spend, gross, responses, likely, variance, responded, realised, all] = [0, 0, 0, 0, 0, drawVariance(values, chance), 0, 0, 0];
  for (let row = 0; row < chance.length; row++) {
    const p = probabilities[row]!;
    likely += p;
    all += labels === undefined ? 0 : labels[row]!;
    const w = chance[row]!;
    if (w === 0) continue;
    const benefit = benefits[row]!;
    contacts += w;
    spend += w * costs[row]!;
    gross += w * p * benefit;
    responses += w * p;
    variance += w * benefit * benefit * p * (1 - p);
    if (labels !== undefined && labels[row] === 1) {
      responded += w;
      realised += w * benefit;
    }
  }
  const total = contacts > 0 ? spend + fixedCost : 0;
  const margin = z * Math.sqrt(variance);
  const estimate = gross - total;
  const lift = (part: number, whole: number): number | null => (contacts > 0 && whole > 0 ? (part * chance.length) / (contacts * whole) : null);
  return {
    contacts: whole(contacts),
    spend: total,
    expectedProfit: { estimate, lower: estimate - margin, upper: estimate + margin },
    expectedResponses: responses,
    lift: lift(responses, likely),
    ...(labels && { realised: { profit: realised - total, responses: responded, lift: lift(responded, all) } }),
  };
}

/** How far apart the profits of two choices can be by the same responses: who is in both counts for neither. */
export function differenceMargin(values: CampaignValues, ours: Float64Array, theirs: Float64Array, z: number): number {
  const { probabilities, benefits } = values;
  let variance = drawVariance(values, theirs);
  for (let row = 0; row < ours.length; row++) {
    const [a, w] = [ours[row]!, theirs[row]!];
    const apart = a * (1 - w) + (1 - a) * w;
    if (apart > 0) variance += apart * benefits[row]! ** 2 * probabilities[row]! * (1 - probabilities[row]!);
  }
  return z * Math.sqrt(variance);
}

/** The luck of the draw itself: a simple random sample of those with a chance between 0 and 1, which is the same for all of them. */
function drawVariance({ probabilities, benefits, costs }: CampaignValues, chance: Float64Array): number {
  let [count, sum, squares, share] = [0, 0, 0, 0];
  for (let row = 0; row < chance.length; row++) {
    const w = chance[row]!;
    if (w === 0 || w === 1) continue;
    share = w;
    const net = probabilities[row]! * benefits[row]! - costs[row]!;
    count++;
    const off = net - sum;
    sum += off / count;
    squares += off * (net - sum);
  }
  return count > 1 ? (share * (1 - share) * squares * count) / (count - 1) : 0;
}

/** Shares of a tie add up to a whole customer but for rounding. */
function whole(contacts: number): number {
  const near = Math.round(contacts);
  return Math.abs(contacts - near) <= ROUNDING * 1000 * Math.max(1, near) ? near : contacts;
}
