import type { Duration } from '../../data/duration.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import { durationIn } from '../timeUnit.js';
import type { ValueTerms } from './valueTerms.js';

/** Who is expected to come. */
export interface NewCohorts {
  /** New customers in every period within the horizon, or of each of the first periods, none after them. */
  readonly perPeriod: number | readonly number[];
  /** How long a period is; customers come evenly within it. @defaultValue { months: 1 } */
  readonly period?: Duration;
  /** Whether the purchase with which they come counts: it is none that the law of buying foretells. @defaultValue 'counted' */
  readonly firstPurchase?: 'counted' | 'ignored';
  /** What winning one of them costs, on the day they come. @defaultValue 0 */
  readonly acquisitionCost?: number;
  /** Their covariates, where the law of buying has some. */
  readonly covariates?: Readonly<Record<string, number>>;
}

/** New customers at moments: the nodes of an integral over when they come. */
export interface Newcomers {
  readonly arrivals: readonly { readonly time: number; readonly count: number }[];
  /** All together; Infinity where they come for ever. */
  readonly count: number;
  /** Purchases on arrival that count: 0 or 1. */
  readonly first: number;
  readonly cost: number;
  /** One of them, on arrival. */
  readonly histories: PurchaseHistories;
}

/** Points of the rule for each period. */
const POINTS = 8;

/** Reads who is to come within the horizon. */
export function readNewcomers(caller: string, { buying, time, delta }: ValueTerms, cohorts: NewCohorts): Newcomers {
  requireKnownOptions(`${caller} newCohorts`, cohorts, ['perPeriod', 'period', 'firstPurchase', 'acquisitionCost', 'covariates']);
  const { perPeriod, acquisitionCost: cost = 0, covariates = {} } = cohorts;
  const period = durationIn(buying.unit, caller, 'newCohorts.period', cohorts.period ?? { months: 1 });
  const counts = typeof perPeriod === 'number' ? [perPeriod] : perPeriod;
  const bad = [...counts, cost].find((count) => !(count >= 0 && count < Infinity));
  if (bad !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs perPeriod and acquisitionCost finite and not negative, found ${String(bad)}`, { option: 'newCohorts', value: bad });
  const histories = { unit: buying.unit, frequency: [0], recency: [0], tenure: [0], covariates: Object.fromEntries(Object.entries(covariates).map(([name, value]) => [name, [value]])) };
  const first = requireChoice(caller, 'firstPurchase', cohorts.firstPurchase ?? 'counted', ['counted', 'ignored']) === 'counted' ? 1 : 0;
  if (typeof perPeriod === 'number' && time === Infinity) {
    // As many for ever: together as good as rate / delta of them today.
    const count = perPeriod === 0 ? 0 : Infinity;
    return { arrivals: count === 0 ? [] : [{ time: 0, count: perPeriod / period / delta }], count, first, cost, histories };
  }
  const periods = typeof perPeriod === 'number' ? Math.ceil(time / period - 1e-9) : Math.min(counts.length, Math.ceil(time / period - 1e-9));
  const rule = gaussLegendre(POINTS);
  const arrivals = Array.from({ length: periods }, (_, k) => {
    const rate = (typeof perPeriod === 'number' ? perPeriod : perPeriod[k]!) / period;
    const length = Math.min(time, (k + 1) * period) - k * period;
    return rule.map(({ point, weight }) => ({ time: k * period + point * length, count: rate * length * weight }));
  }).flat();
  return { arrivals, count: arrivals.reduce((sum, { count }) => sum + count, 0), first, cost, histories };
}

/** Their purchases within the horizon, each at what it is worth today, by a model. */
export function purchasesOfNewcomers(caller: string, buying: BuyingModel, { arrivals, first, histories }: Newcomers, { time, delta }: ValueTerms): number {
  const { law } = buying;
  return buying.each(caller, histories, (theta) => {
    const alive = law.alive(theta, 0, 0, 0);
    const within = (ahead: number): number => first + alive * law.discounted(theta, 0, 0, 0, ahead, delta);
    const ever = time === Infinity ? within(time) : 0;
    return arrivals.reduce((sum, { time: arrival, count }) => sum + count * Math.exp(-delta * arrival) * (time === Infinity ? ever : within(time - arrival)), 0);
  })[0]!;
}

/** How many they are at what each is worth today: what the cost of winning them is multiplied by. */
export function discountedArrivals({ arrivals }: Newcomers, delta: number): number {
  return arrivals.reduce((sum, { time, count }) => sum + count * Math.exp(-delta * time), 0);
}
