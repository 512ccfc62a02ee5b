import { assignFolds } from '../../data/assignFolds.js';
import type { Frame } from '../../data/frame.js';
import { crossValidate } from '../../evaluation/crossValidate.js';
import { logLoss } from '../../evaluation/logLoss.js';
import { chooseLambda, learn, METHODS, type ScoreChoice, type ScoreMethod } from './scoreMethods.js';
import { CUSTOMER, LABEL } from './prepareTarget.js';
import type { ScoreTrial } from './targetReport.js';

/** What the search for a way of learning found. */
export interface MethodSearch {
  readonly choice: ScoreChoice;
  /** The best first; empty when nothing had to be chosen. */
  readonly tried: readonly ScoreTrial[];
  readonly stopped: boolean;
}

/** How to search. */
export interface MethodSearchOptions {
  readonly methods: readonly ScoreMethod[];
  /** Given, there is nothing to search: the logistic regression with this penalty. */
  readonly ridge?: number;
  readonly minLevelCount: number;
  readonly seed: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined;
}

/** From hardly any shrinking to much, for columns of standard deviation 1. */
const PENALTIES = [0.1, 1, 10, 100];
/** More rows hardly change the choice, only its price; unless so few are of the rarer class. */
const MOST_ROWS = 20_000;
const FEWEST_EVENTS = 100;

/**
 * The way of learning with the least log loss on folds left out, the same folds for all. A linear one has to beat boosted trees by more than
 * the standard error of the difference: of few rows the better shape of trees shows late, and a linear truth costs them little.
 */
export function chooseMethod(frame: Frame, features: readonly string[], options: MethodSearchOptions): MethodSearch {
  const { methods, ridge, minLevelCount, seed } = options;
  if (ridge !== undefined) return { choice: { method: 'logistic', ridge }, tried: [], stopped: false };
  if (methods.length === 1 && methods[0] === 'boosted trees') return { choice: { method: 'boosted trees' }, tried: [], stopped: false };
  const events = numbers(frame, LABEL).reduce((sum, label) => sum + label, 0);
  const share = Math.max(MOST_ROWS / frame.rowCount, FEWEST_EVENTS / Math.min(events, frame.rowCount - events));
  const sample = share < 1 ? frame.split({ fraction: share, seed, stratify: LABEL })[0] : frame;
  const labels = numbers(sample, LABEL);
  const groups = frame.names.includes(CUSTOMER) ? numbers(sample, CUSTOMER) : undefined;
  const folds = assignFolds(labels, groups === undefined ? { folds: foldCount(sample), seed } : { folds: Math.min(foldCount(sample), new Set(groups).size), seed, groups });
  const judge = (choice: ScoreChoice): Found => {
    const fit = (train: Parameters<typeof learn>[0]): ReturnType<typeof learn> => learn(train, choice, { features, minLevelCount, seed });
    const { outOfFold, metrics } = crossValidate(sample, { target: LABEL, fit, metrics: { logLoss }, folds });
    return { choice, logLoss: metrics.logLoss.estimate, losses: outOfFold.map((p, row) => -Math.log(labels[row] === 1 ? p : 1 - p)) };
  };
  // The simpler first, whatever the order in which they are named.
  const candidates = METHODS.filter((method) => methods.includes(method)).flatMap((method): (() => Found)[] => {
    if (method === 'logistic') return PENALTIES.map((penalty) => () => judge({ method, ridge: penalty }));
    if (method === 'boosted trees') return [() => judge({ method })];
    return [() => judge(chooseLambda(sample, folds, { features, minLevelCount, seed }))];
  });
  return tryAll(candidates, groups ?? Float64Array.from(labels.keys()), options.onProgress);
}

interface Found {
  readonly choice: ScoreChoice;
  readonly logLoss: number;
  /** The log loss of each row. */
  readonly losses: Float64Array;
}

function tryAll(candidates: readonly (() => Found)[], customers: Float64Array, onProgress: MethodSearchOptions['onProgress']): MethodSearch {
  const found: Found[] = [];
  let stopped = false;
  for (const candidate of candidates) {
    found.push(candidate());
    stopped = onProgress?.({ done: found.length, total: candidates.length, objective: found.at(-1)!.logLoss }) === false && found.length < candidates.length;
    if (stopped) break;
  }
  found.sort((a, b) => a.logLoss - b.logLoss);
  return { choice: pick(found, customers).choice, tried: found.map(({ choice, logLoss: loss }) => ({ ...choice, logLoss: loss })), stopped };
}

/** Of candidates in the order of their loss; the rows of one customer count as one, as they depend on each other. */
function pick(found: readonly Found[], customers: Float64Array): Found {
  const [best] = found as [Found];
  const trees = found.find(({ choice }) => choice.method === 'boosted trees');
  if (trees === undefined || trees === best) return best;
  const byCustomer = new Map<number, number>();
  customers.forEach((customer, row) => byCustomer.set(customer, (byCustomer.get(customer) ?? 0) + trees.losses[row]! - best.losses[row]!));
  const differences = [...byCustomer.values()];
  const sum = differences.reduce((total, difference) => total + difference, 0);
  const squares = differences.reduce((total, difference) => total + (difference - sum / differences.length) ** 2, 0);
  // At most one standard error apart. A loss that is infinite makes this NaN, and the best stays.
  return sum <= Math.sqrt(squares) ? trees : best;
}

/** Of few rows each counts, and models that live on many rows must not be judged on two thirds of them. */
function foldCount({ rowCount }: Frame): number {
  return rowCount <= 2000 ? 10 : rowCount <= 10_000 ? 5 : 3;
}

function numbers(frame: Frame, name: string): Float64Array {
  return (frame.column(name) as { values: Float64Array }).values;
}
