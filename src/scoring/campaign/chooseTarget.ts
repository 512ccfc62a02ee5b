import { ROUNDING } from '../../numeric/selection/rounding.js';
import type { CampaignValues } from './campaignCosts.js';
import { planSelection } from '../../numeric/selection/planSelection.js';
import type { CampaignLimits } from './campaignTerms.js';
import { sumOf } from '../../numeric/selection/fillBudget.js';

/** Whom a campaign would contact, without curve and names. */
export interface Choice {
  /** Nobody where the contacts do not cover the fixed cost. */
  readonly contacted: Uint32Array;
  readonly expectedProfit: number;
}

/** The best choice within the limits. */
export function chooseTarget(values: CampaignValues, limits: CampaignLimits): Choice {
  const { selected } = planSelection(values, limits.budget, limits.capacity);
  const worth = sumOf(values.net, selected);
  return coversFixedCost(worth, limits.fixedCost) ? { contacted: selected, expectedProfit: worth - limits.fixedCost } : { contacted: selected.subarray(0, 0), expectedProfit: 0 };
}

/** Whether a campaign is run at all: more than a rounding above its fixed cost. */
export function coversFixedCost(worth: number, fixedCost: number): boolean {
  return worth > fixedCost * (1 + ROUNDING);
}

/** The same values, with those below the threshold worth nothing to anybody: no choice takes them. */
export function withoutIrrelevant(values: CampaignValues, threshold: number): CampaignValues {
  return threshold > 0 ? { ...values, net: values.net.map((net, row) => (values.probabilities[row]! < threshold ? -Infinity : net)) } : values;
}
