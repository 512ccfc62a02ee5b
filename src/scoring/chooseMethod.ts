import { assignFolds } from '../data/assignFolds.js';
import type { Frame } from '../data/frame.js';
import { crossValidate } from '../evaluation/crossValidate.js';
import { logLoss } from '../evaluation/logLoss.js';
import { chooseLambda, learn, type ScoreChoice, type ScoreMethod } from './scoreMethods.js';
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
/** More rows hardly change the choice, only its price. */
const MOST_ROWS = 20_000;

/** The way of learning with the least log loss on folds left out, the same folds for all; ties go to the simpler, which is tried first. */
export function chooseMethod(frame: Frame, features: readonly string[], options: MethodSearchOptions): MethodSearch {
  const { methods, ridge, minLevelCount, seed } = options;
  if (ridge !== undefined) return { choice: { method: 'logistic', ridge }, tried: [], stopped: false };
  if (methods.length === 1 && methods[0] === 'boosted trees') return { choice: { method: 'boosted trees' }, tried: [], stopped: false };
  const sample = frame.rowCount > MOST_ROWS ? frame.split({ fraction: MOST_ROWS / frame.rowCount, seed, stratify: LABEL })[0] : frame;
  const groups = frame.names.includes(CUSTOMER) ? { groups: numbers(sample, CUSTOMER) } : {};
  const folds = assignFolds(numbers(sample, LABEL), { folds: 3, seed, ...groups });
  const lossOf = (choice: ScoreChoice): number => {
    const fit = (train: Parameters<typeof learn>[0]): ReturnType<typeof learn> => learn(train, choice, { features, minLevelCount, seed });
    return crossValidate(sample, { target: LABEL, fit, metrics: { logLoss }, folds }).metrics.logLoss.estimate;
  };
  const candidates = methods.flatMap((method): (() => Found)[] => {
    if (method === 'logistic') return PENALTIES.map((penalty) => () => ({ choice: { method, ridge: penalty }, logLoss: lossOf({ method, ridge: penalty }) }));
    if (method === 'boosted trees') return [() => ({ choice: { method }, logLoss: lossOf({ method }) })];
    return [() => chooseLambda(sample, folds, { features, minLevelCount, seed })];
  });
  return tryAll(candidates, options.onProgress);
}

interface Found {
  readonly choice: ScoreChoice;
  readonly logLoss: number;
}

function tryAll(candidates: readonly (() => Found)[], onProgress: MethodSearchOptions['onProgress']): MethodSearch {
  const found: Found[] = [];
  let stopped = false;
  for (const candidate of candidates) {
    found.push(candidate());
    stopped = onProgress?.({ done: found.length, total: candidates.length, objective: found.at(-1)!.logLoss }) === false && found.length < candidates.length;
    if (stopped) break;
  }
  found.sort((a, b) => a.logLoss - b.logLoss);
  return { choice: found[0]!.choice, tried: found.map(({ choice, logLoss: loss }) => ({ ...choice, logLoss: loss })), stopped };
}

function numbers(frame: Frame, name: string): Float64Array {
  return (frame.column(name) as { values: Float64Array }).values;
}
