import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { normalQuantile } from '../../numeric/normal.js';
import { requireConfidence } from '../requireConfidence.js';
import { readSpends, readSpendWeights, type SpendHistories } from './spendHistories.js';
import { weightedCorrelation, weightedRanks } from './weightedCorrelation.js';

/** A correlation with its uncertainty. */
export interface SpendCorrelation {
  /** In [-1, 1]; null where all customers are alike in one of the two. */
  readonly estimate: number | null;
  /** Lower end of its interval by Fisher's z; null with fewer than four customers. */
  readonly lower: number | null;
  /** Upper end. */
  readonly upper: number | null;
  /** How often chance alone would give one so far from 0; null with fewer than four customers. */
  readonly pValue: number | null;
}

/** How spend goes with frequency. */
export interface SpendIndependence {
  /** Customers with known amounts, counted by weight. */
  readonly customers: number;
  /** Of the logarithm of the number of purchases and of the mean amount (Pearson). */
  readonly logCorrelation: SpendCorrelation;
  /** Of their ranks (Spearman). */
  readonly rankCorrelation: SpendCorrelation;
  /** By the larger of the two: `'negligible'` below 0.1, `'weak'` below 0.3, else `'strong'`; `'unknown'` where there is none. */
  readonly strength: 'negligible' | 'weak' | 'strong' | 'unknown';
  /** The same in words. */
  readonly message: string;
}

/** How sure the intervals of {@link spendIndependence} are. */
export interface SpendIndependenceOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

const CALLER = 'spendIndependence';

/**
 * Whether customers who buy more often spend more, or less, a purchase: what a model of spend beside a model of purchases takes not to be so.
 *
 * Correlations of the customers whose amounts are known. The intervals are Fisher's (1915), for ranks with the variance of Bonett and Wright (2000); p-values
 * are by Student's distribution. O(n log n).
 *
 * @param customers - such as `customerSummary` gives
 * @param options - see {@link SpendIndependenceOptions}
 * @returns both correlations, how strong they are, and a sentence
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = { frequency: [1, 2, 4, 8, 0], monetary: [10, 20, 40, 80, NaN] };
 * const { logCorrelation, strength } = spendIndependence(customers);
 * logCorrelation.estimate; // => 1
 * strength; // => 'strong'
 * ```
 */
export function spendIndependence(customers: SpendHistories, options: SpendIndependenceOptions = {}): SpendIndependence {
  requireKnownOptions(CALLER, options, ['confidence']);
  const confidence = requireConfidence(CALLER, options.confidence ?? 0.95);
  const spends = readSpends(CALLER, customers, false);
  const weights = readSpendWeights(CALLER, customers, spends.count);
  const rows = Uint32Array.from(spends.purchases.keys()).filter((row) => spends.purchases[row]! > 0 && (weights === null || weights[row]! > 0));
  if (rows.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer whose amounts are known, found none`, { function: CALLER });
  const purchases = Float64Array.from(rows, (row) => spends.purchases[row]!);
  const means = Float64Array.from(rows, (row) => spends.mean[row]!);
  return independenceOf(purchases, means, Float64Array.from(rows, (row) => (weights === null ? 1 : weights[row]!)), confidence);
}

/** The same of columns that have been checked. */
export function independenceOf(purchases: Float64Array, means: Float64Array, weights: Float64Array, confidence: number): SpendIndependence {
  const customers = weights.reduce((sum, weight) => sum + weight, 0);
  const ofLogs = weightedCorrelation(purchases.map(Math.log), means.map(Math.log), weights);
  const ofRanks = weightedCorrelation(weightedRanks(purchases, weights), weightedRanks(means, weights), weights);
  const strongest = Math.max(Math.abs(ofLogs), Math.abs(ofRanks));
  const strength = Number.isNaN(strongest) ? 'unknown' : strongest < 0.1 ? 'negligible' : strongest < 0.3 ? 'weak' : 'strong';
  const rankCorrelation = judged(ofRanks, customers, confidence, true);
  return { customers, logCorrelation: judged(ofLogs, customers, confidence, false), rankCorrelation, strength, message: messageOf(strength, rankCorrelation) };
}

function judged(r: number, customers: number, confidence: number, isOfRanks: boolean): SpendCorrelation {
  if (Number.isNaN(r)) return { estimate: null, lower: null, upper: null, pValue: null };
  if (!(customers > 3)) return { estimate: r, lower: null, upper: null, pValue: null };
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt((isOfRanks ? 1 + (r * r) / 2 : 1) / (customers - 3));
  const z = Math.atanh(r);
  return { estimate: r, lower: Math.tanh(z - reach), upper: Math.tanh(z + reach), pValue: incompleteBeta((1 - r) * (1 + r), (customers - 2) / 2, 0.5) };
}

function messageOf(strength: SpendIndependence['strength'], { estimate, pValue }: SpendCorrelation): string {
  if (estimate === null || strength === 'unknown') return 'all customers bought equally often, or spend the same, so that nothing can be said of how spend goes with frequency';
  const rank = `rank correlation ${estimate.toFixed(2)}`;
  const who = estimate > 0 ? 'more' : 'less';
  if (strength === 'negligible') return `spend does not depend on frequency in a way that matters (${rank}): the two can be modelled apart`;
  const chance = pValue === null ? ', too few customers to tell' : pValue < 0.05 ? '' : ', which chance alone may give';
  if (strength === 'weak') return `those who buy more often spend somewhat ${who} a purchase (${rank}${chance}): modelling the two apart is usual, and slightly off for the most frequent buyers`;
  return `those who buy more often spend clearly ${who} a purchase (${rank}${chance}): modelling the two apart puts values of frequent buyers too ${estimate > 0 ? 'low' : 'high'}; fit groups of like customers, or model spend by frequency`;
}
