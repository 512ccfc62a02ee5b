import { takeRows, type ParsedTable } from '../../data/takeRows.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { ClientelaError } from '../../errors.js';
import { chooseWallets, moments, type Judged } from './chooseWallets.js';
import { JUDGED_QUANTILES, maskedScores, weightOf, type MaskedScores } from './maskedSpend.js';
import { walletCandidate, type WalletCandidate } from './walletCandidates.js';
import { gather, someData, type WalletData } from './walletData.js';
import type { WalletEstimatorName, WalletState, WalletTrial } from './walletState.js';
import { whyChosen } from './whyChosen.js';

/** How far the search for an estimator has come. */
export interface WalletProgress {
  /** Candidates judged. */
  readonly done: number;
  /** Candidates in all. */
  readonly total: number;
  /** Mean ln density of masked spend of the last, or less its mean pinball loss; -Infinity where it could not be learnt. */
  readonly objective: number;
}

/** What wallets are to be learnt from. */
export interface WalletTask {
  /** What each row spends; rows of 0 or `NaN` are left out. */
  readonly spend: Float64Array;
  readonly weights: Float64Array | null;
  readonly features: readonly string[];
  readonly estimators: 'auto' | readonly WalletEstimatorName[];
  /** What the quantile estimators take for the wallet. */
  readonly quantile: number;
  readonly shareDrivers: readonly string[];
  /** Wallets known, `NaN` where nobody knows. */
  readonly known: Float64Array | null;
  readonly folds: number;
  readonly seed: number;
  readonly onProgress?: ((progress: WalletProgress) => boolean | undefined | void) | undefined;
}

/** What {@link learnWallets} found. */
export interface LearnedWallets {
  readonly state: WalletState;
  readonly chosen: WalletEstimatorName;
  readonly trials: readonly WalletTrial[];
  /** What was compared, in words, and what that cannot tell. */
  readonly why: string;
  /** What the chosen told of customers it was not learnt from: of each row judged ln spend at each quantile, null where it tells none. */
  readonly masked: { readonly rows: Uint32Array; readonly quantiles: readonly number[]; readonly told: readonly (Float64Array | null)[] };
}

const AUTO: readonly WalletEstimatorName[] = ['halfNormal', 'exponential', 'truncatedNormal', 'heavyTails', 'treesFrontier', 'quantile', 'treesQuantile', 'peersQuantile'];

/** Above this candidates are judged on a sample, and the chosen learnt from all. */
const JUDGED_ROWS = 20_000;

/**
 * Learns to tell wallets from spend: judges every candidate by the spend of customers whose spend it was not shown, or by known wallets where
 * there are some, takes the simplest within a standard error of the best, and learns that from all rows.
 */
export function learnWallets(caller: string, table: ParsedTable, task: WalletTask): LearnedWallets {
  const rows = spendingRows(caller, task);
  const all = spenders(caller, table, task, rows);
  const sample = all.y.length > JUDGED_ROWS ? someData(all, Uint32Array.from({ length: JUDGED_ROWS }, (_, i) => i)) : all;
  const names = task.estimators === 'auto' ? AUTO : task.estimators;
  const quantiles = [...new Set([...JUDGED_QUANTILES, task.quantile])].sort((a, b) => a - b);
  const judged: (Judged & { candidate: WalletCandidate })[] = [];
  const trials: WalletTrial[] = [];
  let stopped = false;
  names.forEach((estimator, done) => {
    // Trees are no place for drivers: their mean would have to move with the share.
    const isPlace = !(estimator === 'treesFrontier' && all.drivers.length > 0);
    // Quantiles are asked where frontiers have no answer, or known wallets to be measured by.
    const isWanted = task.estimators !== 'auto' || kindOf(estimator) === 'frontier' || estimator === 'quantile' || all.known !== null || !judged.some((one) => one.scores.logDensities !== null);
    const canTry = isPlace && isWanted && !(stopped && judged.length > 0);
    const candidate = walletCandidate(estimator, sample);
    const masked = canTry ? candidate.mask() : null;
    const scores = masked && maskedScores(masked, sample, quantiles);
    if (scores !== null) judged.push({ estimator, scores, candidate });
    trials.push(trialOf(estimator, canTry ? (scores === null ? 'noInefficiency' : 'tried') : 'notTried', scores, sample, quantiles));
    const { logScore, pinball } = trials[done]!;
    const objective = logScore ?? -(pinball.find((loss) => loss !== null) ?? Infinity);
    if (!stopped && task.onProgress?.({ done: done + 1, total: names.length, objective }) === false) stopped = true;
  });
  if (judged.length === 0) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} found no sign in the spend of customers who spend part of their wallet elsewhere, so that ${names.join(', ')} would take the spend for the wallet; add 'quantile' to estimators, or give known wallets`);
  }
  const choice = chooseWallets(judged, sample, quantiles.indexOf(task.quantile));
  const { candidate, scores } = judged.find(({ estimator }) => estimator === choice.chosen)!;
  const state = candidate.learn(all);
  const marked = trials.map((trial) => ({ ...trial, chosen: trial.estimator === choice.chosen }));
  return { state, chosen: choice.chosen, trials: marked, why: whyChosen(choice, marked, all, sample.y.length), masked: { rows: rows.subarray(0, sample.y.length), quantiles, told: scores.told } };
}

/** The rows with spend, shuffled, so that every fold and the first so many are a sample. */
function spendingRows(caller: string, { spend, weights, folds, seed }: WalletTask): Uint32Array {
  const rows = Uint32Array.from(spend.keys()).filter((row) => spend[row]! > 0 && (weights === null || weights[row]! > 0));
  if (rows.length < 2 * folds) {
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least ${2 * folds} customers with a spend above 0, found ${rows.length}; give more, or ask for fewer folds`);
  }
  shuffle(rows, createRandom(seed));
  return rows;
}

function spenders(caller: string, table: ParsedTable, task: WalletTask, rows: Uint32Array): WalletData {
  const { spend, weights, known } = task;
  const part = takeRows(table, rows);
  return {
    caller,
    table: { rowCount: rows.length, names: part.names, source: (name) => part.column(name) },
    y: gather(spend, rows).map(Math.log),
    weights: weights && gather(weights, rows),
    // A wallet cannot be less than what is spent here; one of 0 is none.
    known: known && Float64Array.from(rows, (row) => (known[row]! > 0 ? Math.max(known[row]!, spend[row]!) : NaN)),
    features: task.features,
    drivers: task.shareDrivers,
    quantile: task.quantile,
    folds: task.folds,
    seed: task.seed,
  };
}

function trialOf(estimator: WalletEstimatorName, status: WalletTrial['status'], scores: MaskedScores | null, data: WalletData, quantiles: readonly number[]): WalletTrial {
  const mean = (values: Float64Array | null | undefined): number | null => (values ? moments(values, data).mean : null);
  const errors = scores?.logErrors ?? null;
  const square = mean(errors?.map((error) => error * error));
  return {
    estimator,
    kind: kindOf(estimator),
    status,
    logScore: mean(scores?.logDensities),
    pinball: quantiles.map((_, k) => mean(scores?.losses[k])),
    coverage: scores?.coverage ?? quantiles.map(() => null),
    quantiles,
    timesSpend: scores === null ? null : timesSpend(scores.wallets, data),
    logError: square === null || Number.isNaN(square) ? null : Math.sqrt(square),
    logBias: errors === null || square === null || Number.isNaN(square) ? null : mean(errors),
    rows: data.y.length,
    chosen: false,
  };
}

function kindOf(estimator: WalletEstimatorName): WalletTrial['kind'] {
  return estimator.toLowerCase().endsWith('quantile') ? 'quantile' : 'frontier';
}

/** All wallets over all spend. */
function timesSpend(wallets: Float64Array, data: WalletData): number {
  let [sum, spend] = [0, 0];
  for (let i = 0; i < wallets.length; i++) {
    sum += weightOf(data, i) * Math.exp(wallets[i]!);
    spend += weightOf(data, i) * Math.exp(data.y[i]!);
  }
  return sum / spend;
}
