import type { Duration } from '../data/duration.js';
import { logLoss } from '../evaluation/logLoss.js';
import { planTrial, samplePrepared } from './methodTrial.js';
import type { PreparedTarget } from './prepareTarget.js';
import { chooseLambda, KNOWN_METHODS, learn, type LearnOptions, type ScoreChoice, type ScoreMethod } from './scoreMethods.js';
import type { ScoreTrial } from './targetReport.js';

/** What the search for a way of learning found. */
export interface MethodSearch {
  readonly choice: ScoreChoice;
  /** The best first; empty when nothing had to be chosen. */
  readonly tried: readonly ScoreTrial[];
  readonly stopped: boolean;
}

/**
 * Which of several that do about as well. `'trees unless beaten'`: boosted trees, unless another beats them by more than the standard error of the
 * difference: of few rows the better shape of trees shows late, and a linear truth costs them little. `'simplest'`: the best of the linear ones if
 * it is within the standard error of the best of all, otherwise curves, otherwise boosted trees.
 */
export type MethodTaste = 'trees unless beaten' | 'simplest';

/** How to search. */
export interface MethodSearchOptions {
  readonly methods: readonly ScoreMethod[];
  /** Given, there is nothing to search: the logistic regression with this penalty. */
  readonly ridge?: number;
  /** How long after its moment the outcome of a row was observed. */
  readonly horizon?: Duration;
  readonly minLevelCount: number;
  readonly seed: number;
  /** @defaultValue 'trees unless beaten' */
  readonly taste?: MethodTaste;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined;
}

/** The simplest first: lines, curves, trees. */
const COMPLEXITY: readonly (readonly ScoreMethod[])[] = [['logistic', 'scorecard', 'elastic net'], ['additive'], ['boosted trees']];
/** From hardly any shrinking to much, for columns of standard deviation 1. */
const PENALTIES = [0.1, 1, 10, 100];
/** The way of learning with the least log loss on rows left out, the same rows for all: the later ones where times are known, otherwise folds. */
export function chooseMethod(prepared: PreparedTarget, options: MethodSearchOptions): MethodSearch {
  const { methods, ridge, minLevelCount, seed } = options;
  if (ridge !== undefined) return { choice: { method: 'logistic', ridge }, tried: [], stopped: false };
  if (methods.length === 1 && methods[0] !== 'logistic' && methods[0] !== 'elastic net') return { choice: { method: methods[0]! }, tried: [], stopped: false };
  const { features } = prepared;
  const learning: LearnOptions = { features, minLevelCount, seed };
  const trial = planTrial(samplePrepared(prepared, seed), options.horizon, seed);
  const judge = (choice: ScoreChoice): Found => {
    const probabilities = trial.score((table) => learn(table, choice, learning));
    return { choice, logLoss: logLoss(trial.labels, probabilities), losses: probabilities.map((p, row) => -Math.log(trial.labels[row] === 1 ? p : 1 - p)) };
  };
  // The simpler first, whatever the order in which they are named.
  const candidates = KNOWN_METHODS.filter((method) => methods.includes(method)).flatMap((method): (() => Found)[] => {
    if (method === 'logistic') return PENALTIES.map((penalty) => () => judge({ method, ridge: penalty }));
    if (method === 'elastic net') return [() => judge(chooseLambda(trial.learnt, trial.folds, learning))];
    return [() => judge({ method })];
  });
  return tryAll(candidates, trial.customers, options);
}

interface Found {
  readonly choice: ScoreChoice;
  readonly logLoss: number;
  /** The log loss of each row. */
  readonly losses: Float64Array;
}

function tryAll(candidates: readonly (() => Found)[], customers: Float64Array, { onProgress, taste }: MethodSearchOptions): MethodSearch {
  const found: Found[] = [];
  let stopped = false;
  for (const candidate of candidates) {
    found.push(candidate());
    stopped = onProgress?.({ done: found.length, total: candidates.length, objective: found.at(-1)!.logLoss }) === false && found.length < candidates.length;
    if (stopped) break;
  }
  found.sort((a, b) => a.logLoss - b.logLoss);
  return { choice: (taste === 'simplest' ? simplest(found, customers) : treesUnlessBeaten(found, customers)).choice, tried: found.map(({ choice, logLoss: loss }) => ({ ...choice, logLoss: loss })), stopped };
}

/** Of candidates in the order of their loss, as is that of the next. */
function treesUnlessBeaten(found: readonly Found[], customers: Float64Array): Found {
  const [best] = found as [Found];
  const trees = found.find(({ choice }) => choice.method === 'boosted trees');
  return trees !== undefined && isAbout(trees, best, customers) ? trees : best;
}

function simplest(found: readonly Found[], customers: Float64Array): Found {
  const [best] = found as [Found];
  const bestOfEach = COMPLEXITY.flatMap((methods) => found.find(({ choice }) => methods.includes(choice.method)) ?? []);
  return bestOfEach.find((candidate) => isAbout(candidate, best, customers)) ?? best;
}

/** Whether a loss is at most one standard error above the least; the rows of one customer count as one, as they depend on each other. */
function isAbout(candidate: Found, best: Found, customers: Float64Array): boolean {
  if (candidate === best) return true;
  const byCustomer = new Map<number, number>();
  customers.forEach((customer, row) => byCustomer.set(customer, (byCustomer.get(customer) ?? 0) + candidate.losses[row]! - best.losses[row]!));
  const differences = [...byCustomer.values()];
  const sum = differences.reduce((total, difference) => total + difference, 0);
  const squares = differences.reduce((total, difference) => total + (difference - sum / differences.length) ** 2, 0);
  // A loss that is infinite makes this NaN, and the best stays.
  return sum <= Math.sqrt(squares);
}
