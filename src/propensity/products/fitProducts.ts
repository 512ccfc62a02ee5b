import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { DesignState } from './designState.js';
import { EffectPool } from './effectPool.js';
import type { ProductLogitsState } from './productLogits.js';
import { ProductTasks } from './productTasks.js';
import type { ProductUncertaintyState } from './productUncertainty.js';
import { ProductCovariances } from './productCovariances.js';
import { LogisticWork, secondDerivatives } from './logisticPass.js';
import { SecondStore } from './secondStore.js';
import { factorSecond, solveSparseLogistic, type LogisticEnd } from './sparseLogistic.js';
import { roundedTo } from './roundedTo.js';

/** How products learn from each other. */
export interface FitProductsOptions {
  /** Who cannot take a product newly: with `taken`, their rows are left out of its regression. @defaultValue who holds it */
  readonly barred?: SparseRows;
  /**
   * Strength of the penalty ridge / 2 × squared distance from what coefficients are drawn to; scikit-learn's 1 / C. `'learn'`: one for each trait,
   * from how far the products differ in it. @defaultValue 'learn'
   */
  readonly ridge?: number | 'learn';
  /** Whether the coefficients of a product are drawn to those of the other products, and its rate to theirs; otherwise to 0 and nowhere. @defaultValue true */
  readonly pooling?: boolean;
  /** Whether to keep how sure the coefficients are. @defaultValue false */
  readonly uncertainty?: boolean;
  /** Significant digits of the coefficients, 1 to 17; those of the uncertainty are 5. @defaultValue 8 */
  readonly digits?: number;
  /** Called after each product; returning false ends with what is reached. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => boolean | undefined | void;
}

/** What one product was learnt from, and how it ended. */
export interface ProductFitLine {
  readonly rows: number;
  readonly positives: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Regressions of all products. */
export interface ProductsFit {
  readonly state: ProductLogitsState;
  /** One a product. */
  readonly lines: readonly ProductFitLine[];
  /** The penalty of each term, then of the products held, then of their number. */
  readonly penalties: readonly number[];
  /** Where it was asked for; null too where the fit was ended early. */
  readonly uncertainty: ProductUncertaintyState | null;
}

const OPTIONS = ['barred', 'ridge', 'pooling', 'uncertainty', 'digits', 'onProgress'];
/** Of log likelihood: what a last step may promise, and what an early one may leave. */
const TOLERANCE = 1e-13;
const ROUGH = 1e-2;

/**
 * One logistic regression a product on the 0/1 rows of a design. With `taken` the labels are what customers took later, and who held the product
 * already is left out; without, the label of a product is whether it is held, foretold by the profile and the other products. Penalties and
 * what coefficients are drawn to are learnt from all products (empirical Bayes; MacKay 1992), each product from the others only.
 * O(products × rows × columns a row squared) a step.
 */
export function fitProducts(caller: string, design: DesignState, rows: SparseRows, held: SparseRows, taken: SparseRows | null, options: FitProductsOptions = {}): ProductsFit {
  requireKnownOptions(caller, options, OPTIONS);
  const { ridge = 'learn', pooling = true } = options;
  const digits = requireWhole(caller, 'digits', options.digits ?? 8, 1);
  if (ridge !== 'learn' && !(ridge > 0 && ridge < Infinity)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ridge as a number above 0 or "learn", found ${describeValue(ridge)}`, { option: 'ridge', value: ridge });
  }
  const tasks = new ProductTasks(caller, design, rows, held, taken, options.barred ?? held, pooling);
  const pool = new EffectPool(tasks, ridge);
  const covariances = options.uncertainty === true ? new ProductCovariances(tasks) : null;
  const ends = learnAll(tasks, pool, covariances, options);
  const { intercepts, coefficients } = pool.centred();
  return {
    state: { intercepts: roundedTo(intercepts, digits), coefficients: roundedTo(coefficients, digits), means: roundedTo(tasks.means, digits) },
    lines: ends.map((end, j) => ({ rows: tasks.rowCounts[j]!, positives: tasks.positives[j]!, ...end })),
    penalties: pool.traitPenalties(),
    uncertainty: covariances?.state() ?? null,
  };
}

/** All products a few times over, the last time to the end. */
function learnAll(tasks: ProductTasks, pool: EffectPool, covariances: ProductCovariances | null, { ridge = 'learn', pooling = true, onProgress }: FitProductsOptions): LogisticEnd[] {
  const rounds = ridge === 'learn' ? 3 : pooling && tasks.productCount > 1 ? 2 : 1;
  const { productCount, rowCounts, positives, design } = tasks;
  const work = new LogisticWork(design);
  const store = new SecondStore(tasks.everyRow(), work, productCount);
  const ends: LogisticEnd[] = positives.map(() => ({ iterations: 0, converged: false }));
  for (let round = 0, done = 0; round < rounds; round++) {
    const isLast = round === rounds - 1;
    for (let j = 0; j < productCount; j++) {
      const beta = pool.start(j);
      const task = tasks.open(j, pool.penalty, pool.toward(j));
      const second = store.of(j, rowCounts[j]! / design.rowCount, (positives[j]! + 0.5) / (rowCounts[j]! + 1));
      const { iterations, converged } = solveSparseLogistic(task, beta, isLast ? TOLERANCE : ROUGH, work, second);
      ends[j] = { iterations: ends[j]!.iterations + iterations, converged: isLast && converged };
      pool.take(j, beta, isLast || !converged ? null : task, work);
      if (isLast && covariances !== null) {
        if (work.isMatrix) secondDerivatives(task, work, second);
        if (work.isMatrix) factorSecond(task, work, second);
        covariances.take(task, beta, work);
      }
      tasks.close(j);
      if (onProgress?.({ done: ++done, total: rounds * productCount }) === false) return ends;
    }
    if (!isLast) pool.learn(ridge === 'learn', pooling);
  }
  return ends;
}
