import { Encoding, encodeView, type DesignMatrix } from '../../data/encoding.js';
import { learnTerms } from '../../data/learnTerms.js';
import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { knownWalletSettings, type KnownWalletOptions, type KnownWalletSettings } from './knownWalletOptions.js';
import { KnownWallets } from './knownWallets.js';
import { knownReport } from './knownReport.js';
import type { BranchRows } from './branchTrials.js';
import { coefficientFactors } from './coefficientFactor.js';
import { learnBranch, type LearntBranch } from './learnBranch.js';
import { normalEquations, solvePenalised } from './ridge.js';
import { readKnown, type KnownRows } from './readKnown.js';
import { fewestFor } from './residuals.js';
import { selectionWeights } from './selectionWeights.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';

/**
 * Wallets of all customers from the wallets of some: those that a survey, a bureau or an expert knows.
 *
 * Of customers who spend, three forms compete out of fold: the logarithm of the wallet, that of the headroom relative to the spend, and
 * the share of wallet by a fractional logit (Papke and Wooldridge, 1996); each on features and ln spend, the coefficients of the features
 * drawn, as far as that serves, to a multiple of those by which ln spend goes with the profile among all who spend. The wallet is the mean over the residuals of the known (Duan, 1983), never below the spend;
 * intervals are their finite-sample quantiles (Vovk, Gammerman and Shafer, 2005). Of who does not spend, the wallet is learnt from the
 * profile alone. Weights make up for who was asked or answered, as far as features and spend tell (Horvitz and Thompson, 1952): see `report.balance`.
 *
 * Sums carry what the known leave open, out of fold and jointly for both kinds of customers; not which form and penalty was chosen. Of 120
 * simulated totals each, intervals of 90 % held .88 (60 known, 12 features) and .90 (150 known, 3 features); of 60, .85 (300 known, 12 features).
 *
 * Learning is O(known * columns² * folds), and one logistic regression over all rows.
 *
 * @param data - raw rows; wallets may be known of few of them, 30 customers who spend at least
 * @param options - `spend` and `wallet` at least
 * @returns the model
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` (fewer than 30 known), `INVALID_VALUE` (an amount below 0, a known wallet below the spend),
 * `NON_FINITE_VALUE`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `EMPTY_INPUT`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Every third customer was asked: they spend here between a quarter and two thirds of what they spend in all.
 * const customers = Array.from({ length: 300 }, (_, i) => {
 *   const wallet = 100 * (1 + (i % 7)) * (1 + (i % 5) / 10);
 *   return { size: 1 + (i % 7), spend: wallet * (0.25 + (i % 6) / 12), wallet: i % 3 === 0 ? wallet : null };
 * });
 * const model = fitKnownWallets(customers, { spend: 'spend', wallet: 'wallet' });
 * model.report.known; // => 100
 * const { wallet } = model.predict(customers);
 * wallet.every((amount, i) => amount >= customers[i]!.spend); // => true
 * ```
 */
export function fitKnownWallets<Data extends TableOf<Data>>(data: Data, options: KnownWalletOptions<ColumnNameOf<Data>>): KnownWallets {
  return learnKnownWallets('fitKnownWallets', parseTable('fitKnownWallets', data), options).model;
}

/** The model, and what it would have said of every known row without that row (NaN elsewhere), for judging it beside other estimates. */
export function learnKnownWallets(caller: string, view: ParsedTable, options: KnownWalletOptions): { readonly model: KnownWallets; readonly outOfFold: Float64Array } {
  const settings = knownWalletSettings(caller, options);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const known = readKnown(caller, view, settings);
  requireEnough(caller, known, settings);
  const exclude = [settings.spend, settings.wallet, ...(typeof settings.weights === 'string' ? [settings.weights] : [])];
  const chosen = { exclude, ...(settings.features && { features: settings.features }), minLevelCount: settings.minLevelCount };
  const everybody = learnTerms(caller, view, chosen);
  const selection = selectionWeights(known, encodeView(caller, encodingOf(everybody), view), settings.selection === 'inverseProbability');
  const sample = readTable(caller, takeRows(view, known.rows));
  const terms = learnTerms(caller, sample, { ...chosen, weights: selection.weights });
  const design = encodeView(caller, encodingOf(terms), sample);
  const typical = typicalSlopes(encodeView(caller, encodingOf(terms), view), known.spend);
  const spend = Float64Array.from(known.rows, (row) => known.spend[row]!);
  const spending = known.rows.map((_, i) => i).filter((i) => spend[i]! > 0);
  const idle = known.rows.map((_, i) => i).filter((i) => spend[i] === 0);
  const fewest = Math.max(30, fewestFor(settings.confidence));
  const profileRows = idle.length >= fewest ? idle : known.rows.map((_, i) => i);
  const plan = { folds: settings.folds, seed: settings.seed, confidence: settings.confidence, robust: settings.standardErrors === 'robust' };
  const spenders = learnBranch(branchRows(design, typical, spend, known.wallet, selection.weights, spending, true), { ...plan, forms: settings.form === 'best' ? ['headroom', 'share', 'wallet'] : [settings.form] });
  const profile = learnBranch(branchRows(design, typical, spend, known.wallet, selection.weights, profileRows, false), { ...plan, forms: ['wallet'] });
  const factors = spenders.influences && profile.influences && coefficientFactors(spenders.influences, spending, profile.influences, profileRows);
  const model = new KnownWallets({
    format: 'KnownWallets',
    formatVersion: 1,
    spend: settings.spend,
    terms,
    spenders: { ...spenders.branch, factor: factors?.first ?? [] },
    profile: { ...profile.branch, factor: factors?.second ?? [], ...(factors && profileRows !== idle && { cross: factors.cross }) },
    confidence: settings.confidence,
    report: knownReport({ known, spend, spending, idle, selection, spenders, profile, isIdle: profileRows === idle, confidence: settings.confidence }),
  });
  return { model, outOfFold: outOfFold(view.rowCount, known, [[profile, profileRows], [spenders, spending]]) };
}

function requireEnough(caller: string, { rows, spend }: KnownRows, { confidence, folds }: KnownWalletSettings): void {
  const found = rows.reduce((count, row) => count + (spend[row]! > 0 ? 1 : 0), 0);
  const fewest = fewestFor(confidence);
  if (found < fewest) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs at least ${fewest} known wallets of customers who spend for a confidence of ${confidence}, found ${found}; ask for less confidence`, { option: 'confidence', found });
  }
  if (folds > found) throw new ClientelaError('INVALID_OPTION', `${caller} needs at most as many folds as known wallets of customers who spend, found ${folds} and ${found}; ask for fewer folds`, { option: 'folds' });
}

function encodingOf(terms: readonly EncodingTerm[]): Encoding {
  return new Encoding({ format: 'Encoding', formatVersion: 1, terms });
}

// How ln spend goes with the features among all who spend: many more than those of known wallet, so that few of these need only say how wallets go with it.
function typicalSlopes({ values, columnCount }: DesignMatrix, spend: Float64Array): Float64Array {
  const rows = Uint32Array.from(spend.keys()).filter((row) => spend[row]! > 0);
  const width = columnCount + 1;
  const design = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    design[i * width] = 1;
    design.set(values.subarray(row * columnCount, (row + 1) * columnCount), i * width + 1);
  });
  const outcome = Float64Array.from(rows, (row) => Math.log(spend[row]!));
  const { matrix, vector } = normalEquations({ design, width, outcome, weights: new Float64Array(rows.length).fill(1) }, rows.map((_, i) => i));
  return solvePenalised(matrix, vector, width, new Float64Array(width).fill(1e-9 * rows.length)).slice(1);
}

// The design of a branch: 1, features, their typical ln spend, and for who spends the standardised ln spend and its square less 1.
function branchRows({ values, columnCount }: DesignMatrix, typical: Float64Array, spend: Float64Array, wallet: Float64Array, weights: Float64Array, rows: Uint32Array, bySpend: boolean): BranchRows {
  const width = columnCount + (bySpend ? 4 : 2);
  const take = (from: Float64Array): Float64Array => Float64Array.from(rows, (i) => from[i]!);
  const [own, mass] = [take(spend), take(weights)];
  const total = mass.reduce((sum, weight) => sum + weight, 0);
  const logs = own.map(Math.log);
  const center = logs.reduce((sum, log, i) => sum + (mass[i]! * log) / total, 0);
  const spread = Math.sqrt(logs.reduce((sum, log, i) => sum + (mass[i]! * (log - center) ** 2) / total, 0));
  const spendScale = bySpend ? ([center, spread > 1e-9 ? spread : 1] as const) : null;
  const design = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    const at = i * width;
    design[at] = 1;
    for (let j = 0; j < columnCount; j++) {
      design[at + j + 1] = values[row * columnCount + j]!;
      design[at + columnCount + 1]! += typical[j]! * values[row * columnCount + j]!;
    }
    if (spendScale === null) return;
    const z = (logs[i]! - spendScale[0]) / spendScale[1];
    design[at + columnCount + 2] = z;
    design[at + columnCount + 3] = z * z - 1;
  });
  return { design, width, spendScale, typical, spend: bySpend ? own : new Float64Array(rows.length), wallet: take(wallet), weights: mass.map((weight) => (weight * rows.length) / total) };
}

// Spenders last: whoever served both branches is judged as a spender.
function outOfFold(rowCount: number, { rows }: KnownRows, branches: readonly (readonly [LearntBranch, Uint32Array])[]): Float64Array {
  const estimates = new Float64Array(rowCount).fill(NaN);
  for (const [{ outOfFold: values }, places] of branches) places.forEach((i, at) => (estimates[rows[i]!] = values[at]!));
  return estimates;
}
