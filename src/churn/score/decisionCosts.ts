import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import type { RetentionAmount } from '../retention/retentionTerms.js';

/** What an offer to stay costs, and what it can save; amounts in one currency, the caller's, each one for all or one a customer. */
export interface RetentionCosts<Amount = number> {
  /** What a customer who stays is worth. */
  readonly customerValue: Amount;
  /** What contacting one customer costs. */
  readonly contactCost: Amount;
  /** What the incentive costs for one who takes it; all who would have stayed anyway do. @defaultValue 0 */
  readonly incentiveCost?: Amount;
  /** The share of leavers who take the offer and stay, from 0 to 1. @defaultValue 0.3 */
  readonly acceptance?: Amount;
}

/** What each of the four ends costs, where the case is another; a gain is a negative cost. */
export interface OutcomeCosts<Amount = number> {
  /** Acted on, and it would not have happened. */
  readonly falsePositive: Amount;
  /** Not acted on, and it happens. */
  readonly falseNegative: Amount;
  /** Acted on, and it would have happened. @defaultValue 0 */
  readonly truePositive?: Amount;
  /** Not acted on, and it does not happen. @defaultValue 0 */
  readonly trueNegative?: Amount;
}

/** By how much acting on one customer pays: gain x probability - loss x (1 - probability). */
export interface CostLine {
  /** What acting on one with the event saves. */
  readonly gain: Float64Array;
  /** What acting on one without it costs. */
  readonly loss: Float64Array;
}

const RETENTION = ['customerValue', 'contactCost', 'incentiveCost', 'acceptance'];
const OUTCOMES = ['falsePositive', 'falseNegative', 'truePositive', 'trueNegative'];

/** Reads costs of either kind, one a row. */
export function readCosts(caller: string, costs: RetentionCosts<RetentionAmount> | OutcomeCosts<RetentionAmount>, rowCount: number): CostLine {
  if (typeof costs !== 'object' || (costs as object | null) === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs costs as { customerValue, contactCost } or { falsePositive, falseNegative }, found ${describeValue(costs)}`, { function: caller, option: 'costs' });
  }
  return 'falseNegative' in costs || 'falsePositive' in costs ? outcomeLine(caller, costs as OutcomeCosts<RetentionAmount>, rowCount) : retentionLine(caller, costs, rowCount);
}

function retentionLine(caller: string, costs: RetentionCosts<RetentionAmount>, rowCount: number): CostLine {
  requireKnownOptions(caller, costs, RETENTION);
  const [value, contact] = (['customerValue', 'contactCost'] as const).map((option) => perCustomerAmounts(caller, option, costs[option], rowCount)) as [Float64Array, Float64Array];
  const incentive = perCustomerAmounts(caller, 'incentiveCost', costs.incentiveCost ?? 0, rowCount);
  const acceptance = perCustomerAmounts(caller, 'acceptance', costs.acceptance ?? 0.3, rowCount);
  const row = acceptance.findIndex((share) => share > 1);
  if (row >= 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs an acceptance from 0 to 1, found ${acceptance[row]}`, { function: caller, option: 'acceptance', value: acceptance[row] });
  return {
    gain: value.map((worth, i) => acceptance[i]! * (worth - incentive[i]!) - contact[i]!),
    loss: contact.map((cost, i) => cost + incentive[i]!),
  };
}

function outcomeLine(caller: string, costs: OutcomeCosts<RetentionAmount>, rowCount: number): CostLine {
  requireKnownOptions(caller, costs, OUTCOMES);
  const [falsePositive, falseNegative] = (['falsePositive', 'falseNegative'] as const).map((option) => amounts(caller, option, costs[option], rowCount)) as [Float64Array, Float64Array];
  const [truePositive, trueNegative] = (['truePositive', 'trueNegative'] as const).map((option) => amounts(caller, option, costs[option] ?? 0, rowCount)) as [Float64Array, Float64Array];
  return { gain: falseNegative.map((cost, i) => cost - truePositive[i]!), loss: falsePositive.map((cost, i) => cost - trueNegative[i]!) };
}

/** Unlike prices, these may be negative. */
function amounts(caller: string, option: string, given: RetentionAmount | undefined, rowCount: number): Float64Array {
  const found = typeof given === 'number' ? new Float64Array(rowCount).fill(given) : Float64Array.from(given ?? [NaN]);
  if (!found.every(Number.isFinite)) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a finite amount, or one a row, found ${describeValue(given)}`, { function: caller, option });
  if (found.length === rowCount) return found;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as one amount or as one for each of the ${rowCount} rows, found ${found.length}`, { function: caller, option, expected: rowCount, found: found.length });
}

/** From which probability acting pays; 0 where it always does, Infinity where it never does. */
export function thresholdOf(caller: string, gain: number, loss: number): number {
  if (gain < 0 && loss < 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs costs by which acting pays for those with the event, found some by which it pays only for those without; are they swapped?`, { function: caller, option: 'costs' });
  }
  if (loss <= 0) return 0;
  return gain > 0 ? loss / (loss + gain) : Infinity;
}
