import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { KnownWalletForm } from './walletForms.js';

/** How to learn wallets from those that are known. */
export interface KnownWalletOptions<Names extends string = string> {
  /** The column of what each customer spends here, 0 or more; a blank is a customer of whom no spend is known. */
  readonly spend: Names;
  /** The column of wallets known from a survey, a bureau or an expert, in the same currency and for the same period; blank where nobody knows. */
  readonly wallet: Names;
  /** The columns to learn from. @defaultValue every column but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** How much each known wallet counts, a column or an array: an expert's guess 0.5, say, and 0 not at all. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /**
   * `'inverseProbability'`: a known wallet stands for the customers like it whose wallet is not known, by a logistic regression of being known on
   * spend and features; no customer counts for more than ten of the average. `'none'`: each as its weight says. @defaultValue 'inverseProbability'
   */
  readonly selection?: 'inverseProbability' | 'none';
  /** What the logarithm is taken of (see {@link KnownWalletForm}); `'best'` tries all. @defaultValue 'best', by log error out of fold */
  readonly form?: 'best' | KnownWalletForm;
  /** A known wallet below the spend: `'refuse'` it, or `'raise'` it to the spend, as for answers with an error of their own. @defaultValue 'refuse' */
  readonly belowSpend?: 'refuse' | 'raise';
  /** `'robust'`: how far the coefficients could be off travels with every wallet, so that sums have honest intervals. @defaultValue 'robust' */
  readonly standardErrors?: 'robust' | 'none';
  /** Parts that predict each other. @defaultValue 10 */
  readonly folds?: number;
  /** Of the division into parts. @defaultValue 1 */
  readonly seed?: number;
  /** Of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
  /** Levels with fewer known wallets (by weight) are pooled as `(other)`. @defaultValue 5 */
  readonly minLevelCount?: number;
}

const OPTIONS = ['spend', 'wallet', 'features', 'weights', 'selection', 'form', 'belowSpend', 'standardErrors', 'folds', 'seed', 'confidence', 'minLevelCount'];

/** Options with every default in its place. */
export type KnownWalletSettings = Required<Omit<KnownWalletOptions, 'features' | 'weights'>> & Pick<KnownWalletOptions, 'features' | 'weights'>;

/** The options, checked. */
export function knownWalletSettings(caller: string, options: KnownWalletOptions): KnownWalletSettings {
  requireKnownOptions(caller, options, OPTIONS);
  const { spend, wallet, features, selection = 'inverseProbability', form = 'best', belowSpend = 'refuse', standardErrors = 'robust', folds = 10, seed = 1, confidence = 0.9 } = options;
  if (typeof spend !== 'string' || typeof wallet !== 'string' || spend === wallet) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs spend and wallet as the names of two columns, found ${describeValue(spend)} and ${describeValue(wallet)}`, { option: 'wallet' });
  }
  const own = [spend, wallet].find((name) => Array.isArray(features) && features.includes(name));
  if (own !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${own}" as a feature: the spend enters by itself, and the wallet is what is learnt; leave it out of features`, { column: own });
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${describeValue(confidence)}`, { option: 'confidence', value: confidence });
  }
  return {
    ...options,
    selection: requireChoice(caller, 'selection', selection, ['inverseProbability', 'none']),
    form: requireChoice(caller, 'form', form, ['best', 'wallet', 'headroom', 'share']),
    belowSpend: requireChoice(caller, 'belowSpend', belowSpend, ['refuse', 'raise']),
    standardErrors: requireChoice(caller, 'standardErrors', standardErrors, ['robust', 'none']),
    folds: requireWhole(caller, 'folds', folds, 2),
    seed: requireFinite(caller, 'seed', seed),
    confidence,
    minLevelCount: options.minLevelCount ?? 5,
  };
}
