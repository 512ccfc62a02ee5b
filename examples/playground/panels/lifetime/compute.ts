import { customerSummary, fitLifetimeValue, forecastPortfolio, frequencyHistogram, purchaseTracking, type BuyingModel, type CustomerSummary, type FrequencyHistogram, type LifetimeValueReport, type PortfolioForecast, type PurchaseTracking } from 'clientela/lifetime';
import { groupsOf } from '../../data/groups.js';
import { membersOf } from '../../data/members.js';
import type { Computation } from '../panel.js';

export interface LifetimeOptions {
  /** Purchases within this many minutes are one. */
  mergeMinutes: number;
}

export interface AliveCell {
  purchases: number;
  silence: number;
  alive: number;
}

export interface LifetimeResult {
  /** The model as JSON: the page applies it anew when terms are dragged. */
  model: object;
  report: LifetimeValueReport;
  measure: 'amounts' | 'purchases';
  /** Today's customers. */
  summary: CustomerSummary;
  /** Of each, the columns one may sum by. */
  groups: Record<string, string[]>;
  alive: AliveCell[];
  tracking: PurchaseTracking;
  histogram: FrequencyHistogram;
  forecast: PortfolioForecast;
}

const terms = { horizon: { days: 365 }, annualDiscountRate: 0.1, margin: 0.25 } as const;

export const lifetimeComputation: Computation<LifetimeOptions, LifetimeResult> = {
  id: 'lifetime',
  compute(loaded, { mergeMinutes }, report) {
    report(0, 5, 'Reading purchases');
    const { log } = loaded;
    const reading = { unit: 'day', mergeWithin: { hours: mergeMinutes / 60 }, asOf: loaded.asOf } as const;
    const { log: members, left } = membersOf(loaded);
    // Who has left is observed until then: silence after it says nothing.
    const everybody = customerSummary(log, left.customers.length > 0 ? { ...reading, until: left } : reading);
    report(1, 5, 'Trying laws of buying');
    const model = fitLifetimeValue(everybody, terms);
    const summary = customerSummary(members, reading);
    report(2, 5, 'Checking the law against what happened');
    const tracking = purchaseTracking(model.buying, log, { every: { months: 1 }, asOf: loaded.asOf, mergeWithin: reading.mergeWithin });
    const histogram = frequencyHistogram(model.buying, everybody, { most: 12 });
    report(3, 5, 'Foretelling the next months');
    const forecast = forecastPortfolio(model, summary, { periods: 6 });
    report(4, 5, 'Mapping who is alive');
    return { model: model.toJSON(), report: model.report, measure: model.measure, summary, groups: groupsOf(loaded.dataset, summary.customers), alive: aliveCells(model.buying, summary), tracking, histogram, forecast };
  },
};

/** The probability of being alive over a grid of purchases and silences, for a customer of the median age. */
function aliveCells(model: BuyingModel, { tenure }: CustomerSummary): AliveCell[] {
  const age = [...tenure].sort((a, b) => a - b)[tenure.length >> 1] ?? 0;
  const purchases = [1, 2, 3, 5, 8, 12, 20];
  const shares = [0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8];
  const cells = purchases.flatMap((count) => shares.map((share) => ({ purchases: count, silence: Math.round(share * age) })));
  if (age === 0) return [];
  const histories = { unit: 'day' as const, sumLogGaps: cells.map(() => 0), frequency: cells.map((cell) => cell.purchases), recency: cells.map((cell) => age - cell.silence), tenure: cells.map(() => age) };
  const alive = model.aliveProbability(histories);
  return cells.map((cell, i) => ({ ...cell, alive: alive[i]! }));
}
