import type { Holdings } from '../../data/holdings.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requirePairs } from '../engines/requirePairs.js';
import { ImplicitAls } from './implicitAls.js';
import type { ImplicitAlsOptions } from './implicitAlsOptions.js';
import { implicitAlsPlan } from './implicitAlsPlan.js';
import { learnImplicitAls } from './learnImplicitAls.js';

const CALLER = 'fitImplicitAls';
const OPTIONS = ['factors', 'alpha', 'ridge', 'sweeps', 'tolerance', 'solver', 'seed', 'start', 'onProgress'];

/**
 * A scorer of products by latent factors of customers and products, from holdings alone (Hu, Koren and Volinsky, 2008, "Collaborative filtering for implicit
 * feedback datasets", doi:10.1109/ICDM.2008.22), by alternating least squares.
 *
 * With p = 1 where a product is held and 0 elsewhere, and confidence c = 1 + alpha p, it lowers the sum over all customers and products of
 * c (p - x'y)^2, plus `ridge` times all squared factors, by solving for the customers' x and the products' y in turn. (The package implicit takes its matrix as c itself:
 * its alpha is ours plus 1.) The sum over absences costs nothing: no matrix of customers × products is made. Customers who hold the same are solved for
 * once. A sweep is O(D h^2 f + H f + (D + products) f^2) for D different sets of products held, h the products in a set, H their sum and f factors.
 *
 * Customers without holdings, and products nobody holds, have factors 0. Amounts do not count. The same seed gives the same model to the bit, in every engine;
 * the order of the customers moves it by rounding only.
 *
 * @param holdings - customers with the products they hold
 * @param options - factors, confidence, penalty, and how to solve
 * @returns the scorer, which keeps nothing of the customers
 * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings, `EMPTY_INPUT` without any, `NOT_IDENTIFIED` when fewer than two products are held
 * by anybody or the ridge is lost in rounding, `INVALID_OPTION`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` for `start`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const holdings = Holdings.fromTable([
 *   { id: 1, card: 1, loan: 1, fund: 0, bond: 0 }, { id: 2, card: 1, loan: 0, fund: 1, bond: 0 }, { id: 3, card: 0, loan: 1, fund: 1, bond: 1 },
 * ], { customer: 'id', products: ['card', 'loan', 'fund', 'bond'] });
 * const model = fitImplicitAls(holdings, { factors: 2, alpha: 10, ridge: 0.1, sweeps: 1, start: [0.5, 0.1, -0.2, 0.3, 0.4, 0.4, 0.1, -0.3] });
 * model.losses; // => [9.764284699260825]
 * model.factors[0]; // => 0.47368876612
 * ```
 */
export function fitImplicitAls(holdings: Holdings, options: ImplicitAlsOptions = {}): ImplicitAls {
  requireKnownOptions(CALLER, options, OPTIONS);
  requirePairs(CALLER, holdings);
  requireChoice(CALLER, 'solver', options.solver ?? 'conjugate gradient', ['conjugate gradient', 'cholesky']);
  const { sparse, products } = holdings;
  const { onProgress } = options;
  const plan = implicitAlsPlan(sparse, options);
  requireWhole(CALLER, 'factors', plan.factors, 1);
  requireWhole(CALLER, 'sweeps', plan.sweeps, 1);
  requireAtLeast('alpha', plan.alpha, plan.alpha >= 0, 'from 0 up');
  requireAtLeast('ridge', plan.ridge, plan.ridge > 0, 'above 0');
  requireAtLeast('tolerance', plan.tolerance, plan.tolerance >= 0, 'from 0 up');
  if (plan.start !== undefined) requireStart(plan.start, products.length, plan.factors);
  const { factors, losses, convergence } = learnImplicitAls(sparse, {
    ...plan,
    onSweep: onProgress && ((done, objective) => onProgress({ done, total: plan.sweeps, objective }) !== false),
  });
  return new ImplicitAls({ products: [...products], alpha: plan.alpha, ridge: plan.ridge, losses, convergence }, factors);
}

function requireAtLeast(option: string, value: number, inRange: boolean, needed: string): void {
  requireFinite(CALLER, option, value);
  if (!inRange) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${needed}, found ${value}`, { option, value });
}

function requireStart(start: ArrayLike<number>, products: number, factors: number): void {
  if (start.length !== products * factors) {
    throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs ${products} products × ${factors} factors as start, found ${start.length} numbers`, { option: 'start', length: start.length });
  }
  const bad = Array.prototype.findIndex.call(start, (value) => !Number.isFinite(value));
  if (bad >= 0) throw new ClientelaError('NON_FINITE_VALUE', `${CALLER} needs finite numbers as start, found ${start[bad]} at ${bad}`, { option: 'start', index: bad });
}
