import { createRandom, shuffle } from '../../numeric/random.js';
import type { KnownWalletBranch, KnownWalletTrial } from './knownWalletState.js';
import { conformalEnds, equalAtoms } from './residuals.js';
import { coefficientInfluences } from './coefficientFactor.js';
import { bestLinear, foldTypical, penaltiesOf, predictorOf, ridgeRows, trial, type BranchRows, type Trial } from './branchTrials.js';
import { fractionalLogit, normalEquations, solvePenalised } from './ridge.js';
import { walletBase, walletFloor, type KnownWalletForm } from './walletForms.js';

/** How to learn a branch. */
export interface BranchPlan {
  readonly forms: readonly KnownWalletForm[];
  readonly folds: number;
  readonly seed: number;
  readonly confidence: number;
  readonly robust: boolean;
}

/** A branch, and what it would have said of each customer without knowing that customer's wallet. */
export interface LearntBranch {
  readonly branch: Omit<KnownWalletBranch, 'factor'>;
  /** How each customer moves the unknowns, row-major; null where nobody asked. */
  readonly influences: Float64Array | null;
  readonly trials: readonly KnownWalletTrial[];
  readonly outOfFold: Float64Array;
  /** 1 where the wallet lies in an interval made without it. */
  readonly covered: Uint8Array;
}

/** Tries forms, penalties and the square of ln spend across folds, and fits the best of them to all. */
export function learnBranch(rows: BranchRows, plan: BranchPlan): LearntBranch {
  const foldOf = dealFolds(rows, plan);
  const parts = Array.from({ length: plan.folds }, (_, fold) => foldOf.reduce<number[]>((found, f, i) => (f === fold && found.push(i), found), []));
  const others = parts.map((part) => Array.from(foldOf.keys()).filter((i) => foldOf[i] !== foldOf[part[0]!]));
  const best = new Map<KnownWalletForm, Trial>();
  const headroom = (): Trial => best.get('headroom') ?? bestLinear(rows, 'headroom', parts, others);
  for (const form of plan.forms) {
    // The quasi-likelihood is fitted anew by every step, so it takes over what served the logarithm of the headroom.
    if (form === 'share') best.set(form, trial(rows, form, headroom(), parts, others, (train, penalties) => fractionalLogit(ridgeRows(rows, form), train, penalties)));
    else best.set(form, form === 'headroom' ? headroom() : bestLinear(rows, form, parts, others));
  }
  const trials = [...best.values()].sort((a, b) => a.logError - b.logError);
  const chosen = trials[0]!;
  const fitted = fitAll(rows, chosen);
  const branch = { ...fitted, slopes: [...foldTypical(fitted.slopes, rows.typical)], spendScale: rows.spendScale, atoms: [...equalAtoms(chosen.residuals, rows.weights)], ends: conformalEnds(chosen.residuals, rows.weights, plan.confidence) };
  return {
    branch,
    influences: plan.robust ? coefficientInfluences(ridgeRows(rows, chosen.form), chosen, fitted.slopes, penaltiesOf(rows, chosen), rows) : null,
    trials: trials.map(({ form, squared, penalty, logError, logBias }) => ({ form, squared, penalty, logError, logBias })),
    outOfFold: chosen.estimates,
    covered: coverOthers(rows, chosen, parts, others, plan.confidence),
  };
}

// Neighbours by share and wallet go to different folds. By content, not by place: the order of the rows plays no part.
function dealFolds({ design, width, spend, wallet, weights }: BranchRows, { folds, seed }: BranchPlan): Int32Array {
  const order = Uint32Array.from(wallet.keys()).sort((a, b) => {
    let difference = spend[a]! / wallet[a]! - spend[b]! / wallet[b]! || wallet[a]! - wallet[b]!;
    for (let j = 0; difference === 0 && j < width; j++) difference = design[a * width + j]! - design[b * width + j]!;
    // Whoever is alike in all of that may still stand for more or fewer of the others.
    return difference || weights[a]! - weights[b]!;
  });
  const random = createRandom(seed);
  const foldOf = new Int32Array(order.length);
  let deal = new Uint32Array(0);
  order.forEach((row, i) => {
    if (i % folds === 0) deal = shuffle(Uint32Array.from({ length: folds }, (_, k) => k), random);
    foldOf[row] = deal[i % folds]!;
  });
  return foldOf;
}

function fitAll(rows: BranchRows, { form, ...settings }: Trial): Pick<KnownWalletBranch, 'form' | 'range'> & { readonly slopes: Float64Array } {
  const data = ridgeRows(rows, form);
  const all = Uint32Array.from(rows.wallet.keys());
  const penalties = penaltiesOf(rows, settings);
  const { matrix, vector } = normalEquations(data, form === 'share' ? [] : all);
  const slopes = form === 'share' ? fractionalLogit(data, all, penalties) : solvePenalised(matrix, vector, rows.width, penalties);
  let [least, most] = [Infinity, -Infinity];
  for (const i of all) {
    const eta = predictorOf(rows, slopes, i);
    if (eta < least) least = eta;
    if (eta > most) most = eta;
  }
  return { form, slopes, range: [2 * least - most, 2 * most - least] };
}

function coverOthers(rows: BranchRows, { form, residuals }: Trial, parts: readonly number[][], others: readonly number[][], confidence: number): Uint8Array {
  const covered = new Uint8Array(residuals.length);
  parts.forEach((part, fold) => {
    const [low, high] = conformalEnds(Float64Array.from(others[fold]!, (i) => residuals[i]!), Float64Array.from(others[fold]!, (i) => rows.weights[i]!), confidence);
    for (const i of part) {
      const scale = (rows.wallet[i]! - walletBase(form, rows.spend[i]!)) / residuals[i]!;
      // At the floor the lower end is the spend, which no wallet is below.
      const atFloor = scale * low <= walletFloor(form, rows.spend[i]!);
      covered[i] = residuals[i]! <= Math.max(high, walletFloor(form, rows.spend[i]!) / scale) && (atFloor || residuals[i]! >= low) ? 1 : 0;
    }
  });
  return covered;
}
