import type { TargetValue } from '../data/binaryTarget.js';
import type { NumberColumn } from '../data/column.js';
import type { Frame } from '../data/frame.js';
import { describeValue } from '../data/instant.js';
import { requireChoice, requireWhole } from '../data/options.js';
import type { TableInput } from '../data/table.js';
import type { TimeCut } from '../data/timeCut.js';
import { ClientelaError } from '../errors.js';
import { profileRules } from '../evaluation/profileRules.js';
import { profiles } from '../evaluation/profiles.js';
import { chooseMethod, type MethodTaste } from './chooseMethod.js';
import { CUSTOMER, LABEL, prepareTarget, takePrepared, type PreparedTarget } from './prepareTarget.js';
import type { ScoreModelState } from './scoreModel.js';
import { KNOWN_METHODS, learn, METHODS, type ScoreMethod } from './scoreMethods.js';
import type { TargetScoreOptions } from './targetOptions.js';
import { TargetScore, type TargetRules } from './targetScore.js';
import { cutLaterRows, scoreFolds, scoreLater, type OutOfSample, type ScoreFit } from './validateTarget.js';
import { writeReport } from './writeReport.js';

/** A score, and what a door of its own needs to say more about it. */
export interface LearntTarget {
  readonly score: TargetScore;
  readonly prepared: PreparedTarget;
  /** The rows of `prepared` it was judged on, in the order of `outOfSample`: all of them without a cut. */
  readonly cut: TimeCut | undefined;
  readonly outOfSample: OutOfSample;
  /** Another way of learning, judged on the same rows as the score. */
  readonly judge: (fit: ScoreFit) => OutOfSample;
}

/** What a door may ask for beyond the options of a target score. */
export interface LearnTargetOptions extends TargetScoreOptions {
  /** The column of customers. @defaultValue the one of kind `id` */
  readonly customer?: string;
  /** @defaultValue 'trees unless beaten' */
  readonly taste?: MethodTaste;
}

/** Boosted trees take a category of more levels for an identifier. */
const TREE_LEVELS = 500;

/** Learns, judges and describes a score of a table, on behalf of any caller. */
export function learnTarget(caller: string, data: TableInput, options: LearnTargetOptions): LearntTarget {
  const { testShare = 0.3, folds = 5, seed = 1, minLevelCount = 20, methods = METHODS } = options;
  requireMethods(caller, methods, options.ridge);
  requireShare(caller, testShare);
  requireWhole(caller, 'folds', folds, 2);
  requireWhole(caller, 'minLevelCount', minLevelCount, 0);
  const prepared = prepareTarget(caller, data, { ...options, minLevelCount, ...(methods.includes('boosted trees') && { mostLevels: TREE_LEVELS }) });
  const events = requireEvents(caller, prepared, Math.max(10, folds));
  const cut = cutLaterRows(prepared, testShare, options.horizon);
  const { frame, features } = prepared;
  const known = cut === undefined ? prepared : takePrepared(prepared, cut.train);
  if (prepared.groupedBy !== undefined) requireCustomers(caller, known.frame, prepared.groupedBy);
  const search = chooseMethod(known, { ...options, methods, minLevelCount, seed });
  const fit: ScoreFit = (table) => learn(table, search.choice, { features, minLevelCount, seed });
  // Other folds than those of the choice.
  const judge = (other: ScoreFit): OutOfSample => (cut === undefined ? scoreFolds(prepared, other, folds, seed + 1) : scoreLater(prepared, cut, other));
  const outOfSample = judge(fit);
  const model = fit(frame);
  const report = writeReport({ prepared, outOfSample, cut, search, events, confidence: options.confidence ?? 0.95, knowsHorizon: options.horizon !== undefined, seed });
  const marked = profiles(frame, model.predictProbability(frame), { features });
  const score = new TargetScore({ format: 'TargetScore', formatVersion: 3, target: options.target, positive: prepared.positive, model: inWords(model.toJSON(), options.target, prepared.positive), report, profiles: marked, rules: findRules(prepared, seed) });
  return { score, prepared, cut, outOfSample, judge };
}

/** A card is printed and signed: it has to speak of the target by its name, not by that of the labels it was learnt from. */
function inWords(state: ScoreModelState, target: string, positive: TargetValue): ScoreModelState {
  if (state.format !== 'Scorecard') return state;
  const { summary } = state;
  return { ...state, summary: { ...summary, target, positive, meaning: summary.meaning.replace(`${LABEL} = 1`, `${target} = ${String(positive)}`) } };
}

function findRules({ frame, features, labels }: PreparedTarget, seed: number): TargetRules {
  const [most, least] = (['more', 'less'] as const).map((direction) => profileRules(frame, labels, { features, direction, seed }));
  return { most: most!, least: least! };
}

function requireMethods(caller: string, methods: readonly ScoreMethod[], ridge: number | undefined): void {
  if (!Array.isArray(methods) || methods.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs methods as an array of ${KNOWN_METHODS.join(', ')}, found ${describeValue(methods)}`, { option: 'methods', value: methods });
  }
  for (const method of methods) requireChoice(caller, 'methods', method, KNOWN_METHODS);
  if (ridge === undefined || methods.includes('logistic')) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} takes ridge for a logistic regression, found methods ${methods.join(', ')}; leave one of the two out`, { option: 'ridge' });
}

function requireShare(caller: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a testShare between 0 and 1, found ${describeValue(share)}`, { option: 'testShare', value: share });
}

/** All rows of a customer are in one fold: of one customer's events none would be left to learn from. */
function requireCustomers(caller: string, frame: Frame, column: string): void {
  const [labels, customers] = [LABEL, CUSTOMER].map((name) => (frame.column(name) as NumberColumn).values) as [Float64Array, Float64Array];
  for (const label of [1, 0]) {
    if (new Set(customers.filter((_, row) => labels[row] === label)).size > 1) continue;
    const which = label === 1 ? 'with' : 'without';
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs rows ${which} the positive value from at least two customers (by column "${column}"), found them from one; add customers`, { column });
  }
}

function requireEvents(caller: string, { labels }: PreparedTarget, fewest: number): number {
  const events = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(events, labels.length - events) >= fewest) return events;
  throw new ClientelaError(
    'TARGET_CLASSES',
    `${caller} needs at least ${fewest} rows of each class to learn and to judge, found ${events} with the positive value and ${labels.length - events} without; add rows`,
    { events, others: labels.length - events },
  );
}
