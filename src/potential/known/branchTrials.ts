import type { KnownWalletTrial } from './knownWalletState.js';
import { equalAtoms } from './residuals.js';
import { normalEquations, solvePenalised, type NormalEquations, type RidgeRows } from './ridge.js';
import { NEAR_NOTHING, walletBase, walletFloor, walletMoments, walletScale, type KnownWalletForm } from './walletForms.js';

/** Customers of known wallet, and how their design is made. */
export interface BranchRows {
  /** Row-major: 1, features, what everybody like the customer spends (ln), and where the own spend enters its standardised logarithm and the square of that. */
  readonly design: Float64Array;
  readonly width: number;
  /** Mean and standard deviation of ln spend; null where the profile alone serves. */
  readonly spendScale: readonly [number, number] | null;
  /** The slopes by which the features make that column. */
  readonly typical: Float64Array;
  /** 0 throughout where the profile alone serves. */
  readonly spend: Float64Array;
  readonly wallet: Float64Array;
  /** Of mean 1, all above 0. */
  readonly weights: Float64Array;
}

/** How many customers are put in whose wallets differ by profile as spends do: next to none, some, many. */
const PENALTIES = [0.001, 3, 30, 300];

/** A trial, with what it says of each customer out of fold. */
export interface Trial extends KnownWalletTrial {
  readonly etas: Float64Array;
  readonly residuals: Float64Array;
  readonly estimates: Float64Array;
}

/** The regression that a form stands for. */
export function ridgeRows({ design, width, spend, wallet, weights }: BranchRows, form: KnownWalletForm): RidgeRows {
  const outcome = wallet.map((w, i) => {
    if (form === 'wallet') return Math.log(w);
    return form === 'share' ? spend[i]! / w : Math.log((w - spend[i]!) / spend[i]! + NEAR_NOTHING);
  });
  return { design, width, outcome, weights };
}

/** What stands for the features in one column is taken into their slopes: [1, features, column, rest] becomes [1, features, rest]. */
export function foldTypical(values: Float64Array, typical: Float64Array): Float64Array {
  const at = typical.length + 1;
  return Float64Array.from([...values.subarray(0, at).map((value, a) => (a === 0 ? value : value + values[at]! * typical[a - 1]!)), ...values.subarray(at + 1)]);
}

/** Next to nothing on what must be free, so that columns that say the same do no harm. */
export function penaltiesOf({ width, spendScale, wallet, typical }: BranchRows, { squared, penalty }: Pick<KnownWalletTrial, 'squared' | 'penalty'>): Float64Array {
  const free = spendScale === null ? width : width - 2;
  const size = free + (spendScale === null ? 0 : squared ? 2 : 1);
  return new Float64Array(size).map((_, a) => (a > 0 && a <= typical.length ? penalty : 1e-9 * wallet.length));
}

/** The best penalty, with or without the square, of a form fitted by least squares: the equations of a fold's complement are those of all less its own. */
export function bestLinear(rows: BranchRows, form: KnownWalletForm, parts: readonly number[][], others: readonly number[][]): Trial {
  const data = ridgeRows(rows, form);
  const equations = parts.map((part) => normalEquations(data, part));
  const without = equations.map((left) => sumOf(equations.filter((one) => one !== left), rows.width));
  let best: Trial | undefined;
  for (const squared of rows.spendScale === null ? [false] : [false, true]) {
    for (const penalty of PENALTIES) {
      let fold = 0;
      const found = trial(rows, form, { squared, penalty }, parts, others, (_, penalties) => solvePenalised(without[fold]!.matrix, without[fold++]!.vector, rows.width, penalties));
      if (best === undefined || found.logError < best.logError * (1 - 1e-9)) best = found;
    }
  }
  return best!;
}

function sumOf(equations: readonly NormalEquations[], width: number): NormalEquations {
  const sum = { matrix: new Float64Array(width * width), vector: new Float64Array(width) };
  for (const { matrix, vector } of equations) {
    for (let i = 0; i < matrix.length; i++) sum.matrix[i]! += matrix[i]!;
    for (let i = 0; i < width; i++) sum.vector[i]! += vector[i]!;
  }
  return sum;
}

type Settings = Pick<KnownWalletTrial, 'squared' | 'penalty'>;

/** Predicts each fold from the others. */
export function trial(rows: BranchRows, form: KnownWalletForm, { squared, penalty }: Settings, parts: readonly number[][], others: readonly number[][], fit: (train: number[], penalties: Float64Array) => Float64Array): Trial {
  const { wallet, weights } = rows;
  const penalties = penaltiesOf(rows, { squared, penalty });
  const etas = new Float64Array(wallet.length);
  parts.forEach((part, fold) => {
    const beta = fit(others[fold]!, penalties);
    for (const i of part) etas[i] = predictorOf(rows, beta, i);
  });
  const residuals = residualsAt(rows, form, etas);
  const estimates = new Float64Array(wallet.length);
  const moments = { wallet: 0, variance: 0, share: 0, slope: 0 };
  let [total, errors, squares] = [0, 0, 0];
  parts.forEach((part, fold) => {
    const atoms = equalAtoms(Float64Array.from(others[fold]!, (i) => residuals[i]!), Float64Array.from(others[fold]!, (i) => weights[i]!));
    for (const i of part) {
      const spend = rows.spend[i]!;
      walletMoments(atoms, spend, walletBase(form, spend), walletFloor(form, spend), walletScale(form, spend, etas[i]!), moments);
      estimates[i] = moments.wallet;
      const error = Math.log(moments.wallet / wallet[i]!);
      total += weights[i]!;
      errors += weights[i]! * error;
      squares += weights[i]! * error * error;
    }
  });
  return { form, squared, penalty, logError: Math.sqrt(squares / total), logBias: errors / total, etas, residuals, estimates };
}

/** The linear predictor of a row. */
export function predictorOf({ design, width }: BranchRows, beta: ArrayLike<number>, row: number): number {
  let eta = 0;
  for (let a = 0; a < beta.length; a++) eta += beta[a]! * design[row * width + a]!;
  return eta;
}

/** What the residual of each known wallet must have been. */
function residualsAt({ spend, wallet }: BranchRows, form: KnownWalletForm, etas: Float64Array): Float64Array {
  return wallet.map((w, i) => (w - walletBase(form, spend[i]!)) / walletScale(form, spend[i]!, etas[i]!));
}
