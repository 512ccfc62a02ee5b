import { ClientelaError } from '../../../errors.js';
import { readCovariate, readHistories, readNumbers, type PurchaseHistories } from '../../purchaseHistories.js';
import type { BuyingOptions } from '../buyingOptions.js';
import type { BuyingState } from '../buyingState.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { BuyingObjective, type FittingDesign } from './buyingObjective.js';
import type { BuyingLikelihood } from './buyingLikelihood.js';
import { groupTuples } from './groupTuples.js';
import { searchBuying } from './searchBuying.js';
import { summariseBuying } from './summariseBuying.js';
import type { Tuples } from './tuples.js';

/** The most likely parameters of a law of buying for these customers, with their uncertainty. What `fitBgNbd` and the others share. */
export function fitBuying(caller: string, likelihood: BuyingLikelihood, customers: PurchaseHistories, options: BuyingOptions): BuyingState {
  const { unit, design } = readDesign(caller, likelihood, customers, options);
  const objective = new BuyingObjective(likelihood, design, options.prior === 'weak');
  const found = searchBuying(objective, startOf(caller, likelihood, design, options), options);
  return summariseBuying(unit, objective, found, () => logLikelihoodWithoutDropout(design));
}

/** The highest log-likelihood when nobody ever stops, with the same purchase covariates. */
function logLikelihoodWithoutDropout({ tuples, purchaseNames, values }: FittingDesign): number {
  // Where few customers are alike they will not be more so.
  const canMerge = purchaseNames.length === 0 && tuples.count < tuples.customers / 2;
  const design = { tuples: canMerge ? withoutRecency(tuples) : tuples, purchaseNames, dropoutNames: [], values: values.slice(0, purchaseNames.length) };
  const objective = new BuyingObjective(nbdLikelihood, design, false);
  return -searchBuying(objective, startOf('', nbdLikelihood, design, {}), {}).value * tuples.customers;
}

/** Fewer histories are left when it does not matter when the last purchase was. */
function withoutRecency({ count, x, tenure, weights }: Tuples): Tuples {
  return groupTuples({ count, unit: 'day', frequency: x, recency: new Float64Array(count), tenure }, { weights, gaps: null, codes: null }).tuples;
}

function readDesign(caller: string, likelihood: BuyingLikelihood, customers: PurchaseHistories, options: BuyingOptions): { readonly unit: BuyingState['unit']; readonly design: FittingDesign } {
  const histories = readHistories(caller, customers);
  const { count } = histories;
  const purchaseNames = options.purchaseCovariates ?? [];
  const dropoutNames = options.dropoutCovariates ?? [];
  if (dropoutNames.length > 0 && likelihood.law.dropoutPowers.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} has no dropout that covariates could move; leave dropoutCovariates out`, { function: caller, option: 'dropoutCovariates' });
  }
  const columns = [...purchaseNames, ...dropoutNames].map((name) => readCovariate(caller, customers, name, count));
  const gaps = likelihood.needsGaps === true ? readNumbers(caller, 'sumLogGaps', customers.sumLogGaps, count) : null;
  const { tuples, firstRows } = groupTuples(histories, { weights: readWeights(caller, customers, count), gaps, codes: columns.length === 0 ? null : codesOf(columns, count) });
  if (tuples.count === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none${count === 0 ? '' : ' of weight above 0'}`, { function: caller });
  const values = columns.map((column) => Float64Array.from(firstRows, (row) => column[row]!));
  return { unit: histories.unit, design: { tuples, purchaseNames, dropoutNames, values } };
}

function readWeights(caller: string, customers: PurchaseHistories, count: number): Float64Array | null {
  if (customers.weights === undefined) return null;
  const weights = readNumbers(caller, 'weights', customers.weights, count);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return weights;
  throw new ClientelaError('INVALID_VALUE', `${caller} needs weights finite and not negative, found ${weights[row]!} in row ${row}`, { function: caller, column: 'weights', row, value: weights[row]! });
}

/** The same code for customers who are alike in all columns. */
function codesOf(columns: readonly Float64Array[], count: number): Int32Array {
  const codes = new Int32Array(count);
  for (const values of columns) {
    const known = new Map<string, number>();
    for (let row = 0; row < count; row++) {
      const key = `${codes[row]!} ${values[row]!}`;
      let code = known.get(key);
      if (code === undefined) known.set(key, (code = known.size));
      codes[row] = code;
    }
  }
  return codes;
}

function startOf(caller: string, likelihood: BuyingLikelihood, { tuples, values }: FittingDesign, { start = {} }: BuyingOptions): Float64Array {
  const { names } = likelihood.law;
  for (const [name, value] of Object.entries(start)) {
    if (names.includes(name) && value > 0 && value < Infinity) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs start with ${names.join(', ')} above 0, found "${name}": ${value}`, { function: caller, option: 'start', name, value });
  }
  const byMoments = likelihood.start(tuples);
  return Float64Array.from([...names.map((name, j) => Math.log(start[name] ?? byMoments[j]!)), ...values.map(() => 0)]);
}
