import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { WalletEstimatorName } from '../wallets/walletState.js';

/** A way to estimate wallets; `'known'`: by wallets known of a sample. */
export type PotentialEstimator = WalletEstimatorName | 'known';

/** How potentials are learnt, and how they are judged. */
export interface MarketPotentialOptions<Names extends string = string> {
  /** The column of what each customer spends here in a period, 0 or more. 0: spends nothing; blank: not known, as of a prospect. */
  readonly spend: Names;
  /** The columns that tell what a customer needs: numbers, categories and booleans. @defaultValue every column but those named in other options, dates and those of kind `id` */
  readonly features?: readonly Names[];
  /** The column that names the customers, each once. @defaultValue none */
  readonly customer?: Names;
  /** One weight a row, a column or an array: weight 2 is the row twice, weight 0 no row. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Which estimators to try; the one that foretells masked spend best is taken. @defaultValue all that fit the size of the data, and `'known'` with `knownWallets` */
  readonly estimators?: readonly PotentialEstimator[];
  /** For the estimators by quantile: which quantile of what customers like this one spend is the wallet, between 0.5 and 1. @defaultValue 0.9 */
  readonly quantile?: number;
  /** Columns that tell which share of the wallet is spent here, such as tenure or the number of products, rather than how large it is. @defaultValue none */
  readonly shareDrivers?: readonly Names[];
  /** A column of wallets known of a sample (survey, bureau, experts), blank where nobody knows; one below the spend is raised to it. @defaultValue none */
  readonly knownWallets?: Names;
  /** Whoever spends nothing: `'participation'`: the wallet times the probability of spending at all; `'wallet'`: taken to be in the market. @defaultValue 'participation' */
  readonly zeros?: 'participation' | 'wallet';
  /** How many peers `peersOf` names, for which the model keeps the spenders learnt from; 0 keeps none. @defaultValue 5 */
  readonly peers?: number;
  /** Columns by whose values the report checks that the quantiles of spend are what they claim. @defaultValue none */
  readonly groups?: readonly Names[];
  /** In how many parts customers are masked in turn. @defaultValue 5 */
  readonly folds?: number;
  /** Of all chance. @defaultValue 1 */
  readonly seed?: number;
  /** Coverage of all intervals, between 0 and 1. @defaultValue 0.9 */
  readonly confidence?: number;
  /** Called after each estimator tried; returning false keeps the best so far, and the report says so. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

const OPTIONS = [
  'spend', 'features', 'customer', 'weights', 'estimators', 'quantile', 'shareDrivers', 'knownWallets', 'zeros', 'peers', 'groups', 'folds', 'seed', 'confidence',
  'onProgress',
];
const ESTIMATORS: readonly PotentialEstimator[] = [
  'halfNormal', 'exponential', 'truncatedNormal', 'heavyTails', 'treesFrontier', 'quantile', 'treesQuantile', 'peersQuantile', 'known',
];

/** Options with every default in its place. */
export interface MarketPotentialSettings {
  readonly spend: string;
  readonly features: readonly string[] | null;
  readonly customer: string | null;
  readonly weights: RowNumbers | null;
  readonly estimators: readonly PotentialEstimator[] | null;
  readonly quantile: number;
  readonly shareDrivers: readonly string[];
  readonly knownWallets: string | null;
  readonly zeros: 'participation' | 'wallet';
  readonly peers: number;
  readonly groups: readonly string[];
  readonly folds: number;
  readonly seed: number;
  readonly confidence: number;
}

/** The options, checked as far as they can be without the data. */
export function readSettings(caller: string, options: MarketPotentialOptions): MarketPotentialSettings {
  requireKnownOptions(caller, options, OPTIONS);
  const { spend, estimators, quantile = 0.9, shareDrivers = [], zeros = 'participation', peers = 5, groups = [], folds = 5, seed = 1, confidence = 0.9, knownWallets } = options;
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  if (typeof spend !== 'string') throw wrong('spend', 'as the name of a column', spend);
  for (const [option, value] of Object.entries({ estimators, shareDrivers, groups, features: options.features })) {
    if (value !== undefined && !Array.isArray(value)) throw wrong(option, 'as an array', value);
  }
  if (estimators?.length === 0) throw wrong('estimators', `as one or more of ${ESTIMATORS.join(', ')}`, 'none');
  estimators?.forEach((name) => requireChoice(caller, 'estimators', name, ESTIMATORS));
  if (estimators?.includes('known') === true && knownWallets === undefined) throw wrong('knownWallets', "as the name of a column for the estimator 'known'", knownWallets);
  if (!(quantile >= 0.5 && quantile < 1)) throw wrong('quantile', 'from 0.5 to below 1', quantile);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  return {
    spend,
    features: options.features ?? null,
    customer: options.customer ?? null,
    weights: options.weights ?? null,
    estimators: estimators ?? null,
    quantile,
    shareDrivers,
    knownWallets: knownWallets ?? null,
    zeros: requireChoice(caller, 'zeros', zeros, ['participation', 'wallet']),
    peers: requireWhole(caller, 'peers', peers, 0),
    groups,
    folds: requireWhole(caller, 'folds', folds, 2),
    seed: requireFinite(caller, 'seed', seed),
    confidence,
  };
}
