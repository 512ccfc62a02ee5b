import { betaDraw } from '../../numeric/betaDraw.js';
import { gammaDraw } from '../../numeric/gammaDraw.js';
import type { Random } from '../../numeric/random.js';
import type { BuyingModel } from '../buying/buyingModel.js';

/** How customers of a law of buying live. */
export interface LifePlan {
  readonly dropout: 'probability' | 'rate' | 'none';
  readonly purchases: 'rate' | 'probability';
  /** Stages of the gamma law of the time between purchases; 1: exponential. */
  readonly stages: number;
  /** Whether somebody may be gone after the first purchase already. */
  readonly dropsAtFirst: boolean;
}

/** The rates of one customer, and when it was over. */
export interface CustomerLife {
  /** Of purchases in a unit of time, or the probability of one at an opportunity. */
  readonly purchaseRate: number;
  /** The probability of dying at a purchase or before an opportunity, or the rate of dying; 0 where nobody dies. */
  readonly dropout: number;
  /** From the first purchase; Infinity where it was not over when the drawing ended. Of opportunities: the last one alive at. */
  readonly end: number;
}

/** What a model says about lives, apart from its numbers. */
export function lifePlanOf(model: BuyingModel, theta: Float64Array): LifePlan {
  const { law } = model;
  const stages = 'k' in model ? (model.k as number) : 1;
  return { dropout: law.dropout, purchases: law.purchases ?? 'rate', stages, dropsAtFirst: law.dropout === 'probability' && law.alive(theta, 0, 0, 0) < 1 };
}

/** Draws a customer and all purchases after the first within `until`; their times, from the first, are left in `times`. */
export function drawLife(random: Random, plan: LifePlan, theta: Float64Array, until: number, times: number[]): CustomerLife {
  times.length = 0;
  return plan.purchases === 'probability' ? drawOpportunities(random, theta, until, times) : drawPurchases(random, plan, theta, until, times);
}

/** Gaps at a rate of the customer's own; death by a clock of its own, or with a probability at each purchase. */
function drawPurchases(random: Random, { dropout: kind, stages, dropsAtFirst }: LifePlan, theta: Float64Array, until: number, times: number[]): CustomerLife {
  const stageRate = gammaDraw(random, theta[0]!) / theta[1]!;
  const isChance = kind === 'probability';
  const dropout = isChance ? betaDraw(random, theta[2]!, theta[3]!) : kind === 'rate' ? gammaDraw(random, theta[2]!) / theta[3]! : 0;
  let end = kind === 'rate' ? gammaDraw(random, 1) / dropout : Infinity;
  if (dropsAtFirst && random.uniform() < dropout) end = 0;
  for (let time = 0; end > time; ) {
    time += gammaDraw(random, stages) / stageRate;
    if (!(time <= end && time <= until)) break;
    times.push(time);
    if (isChance && random.uniform() < dropout) end = time;
  }
  return { purchaseRate: stageRate / stages, dropout, end };
}

/** Each period first a chance to die, then one to buy (Fader, Hardie and Shang, 2010); one period more tells who is alive at the next opportunity. */
function drawOpportunities(random: Random, theta: Float64Array, until: number, times: number[]): CustomerLife {
  const purchaseRate = betaDraw(random, theta[0]!, theta[1]!);
  const dropout = betaDraw(random, theta[2]!, theta[3]!);
  for (let period = 1; period <= until + 1; period++) {
    if (random.uniform() < dropout) return { purchaseRate, dropout, end: period - 1 };
    if (period <= until && random.uniform() < purchaseRate) times.push(period);
  }
  return { purchaseRate, dropout, end: Infinity };
}
