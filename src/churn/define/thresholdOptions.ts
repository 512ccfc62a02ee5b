import type { Duration } from '../../data/duration.js';
import type { Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { EventsMeant } from './churnRule.js';
import type { VisitUnit } from './visitGaps.js';

/** What errors cost, in any one currency. */
export interface ThresholdCosts {
  /** One customer called lost who comes back. */
  readonly falseAlarm: number;
  /** One customer lost who is not called so. */
  readonly missed: number;
}

/** What {@link churnThresholds} asks of a log. */
export interface ThresholdOptions {
  /** How long one would wait for a customer to come back. */
  readonly horizon: Duration;
  /** Only what happened before this moment is looked at. @defaultValue the end of observation of the log */
  readonly asOf?: Instant;
  /** Which events are a visit. @defaultValue any purchase */
  readonly outcome?: EventsMeant;
  /** `'days'`: all events of a day (UTC) are one visit, gaps are whole days. `'moments'`: events at one moment are, gaps are parts of days. @defaultValue 'days' */
  readonly visits?: VisitUnit;
  /** Silences to look at, in days. @defaultValue 0, 7, 14, 30, 60, 90, 120, 180, 240, 300, 360, as far as observed */
  readonly silences?: readonly number[];
  /** The share that may still come back within the horizon, for the suggested threshold. @defaultValue 0.2 */
  readonly level?: number;
  /** What one customer costs who is called lost and comes back, and one who is lost and not called so; any one currency. @defaultValue no threshold by cost */
  readonly costs?: ThresholdCosts;
  /** Of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** A share that may still come back. */
export function requireLevel(caller: string, level: number): void {
  if (level > 0 && level < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a level between 0 and 1, found ${String(level)}; 0.2 is usual`, { option: 'level', value: level });
}

/** Costs of both errors. */
export function requireCosts(caller: string, costs: ThresholdCosts): ThresholdCosts {
  requireKnownOptions(`${caller} costs`, costs, ['falseAlarm', 'missed']);
  for (const [name, cost] of Object.entries(costs)) {
    if (!(cost >= 0 && cost < Infinity)) throw new ClientelaError('INVALID_OPTION', `${caller} needs costs.${name} as a number, 0 or more, found ${String(cost)}`, { option: 'costs', value: cost });
  }
  return costs;
}
