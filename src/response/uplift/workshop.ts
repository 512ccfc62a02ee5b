import { assignFolds } from '../../data/assignFolds.js';
import type { Column } from '../../data/column.js';
import { describeValue } from '../../data/instant.js';
import type { TableLike } from '../../data/table.js';
import { takeRows } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { gather } from '../../numeric/gather.js';
import type { Trial } from '../trial/readTrial.js';
import { learnModel, type LearntModel } from './learnModel.js';
import type { EffectLearner, OutcomeLearner, UpliftOptions } from './upliftOptions.js';

/** What one model is to learn from the trial. */
export interface Lesson {
  /** In words: what the model is about. */
  readonly of: string;
  readonly learner: OutcomeLearner;
  /** What it predicts, one value for each row of the trial; those of `positions` are read. */
  readonly y: Float64Array;
  readonly isBinary: boolean;
  /** Whose rows. */
  readonly positions: Uint32Array;
  /** Beside the weights of the rows. */
  readonly weights?: Float64Array;
  readonly inference?: 'model' | 'robust' | null;
  /** Whether the arm is one of the features. */
  readonly withArm?: boolean;
}

/** Where the models of one uplift are learnt: rows, learners, folds, progress. */
export class Workshop {
  readonly caller: string;
  readonly trial: Trial;
  readonly features: readonly string[];
  readonly learner: OutcomeLearner;
  readonly effectLearner: EffectLearner;
  /** What had to be learnt by a shrunk model. */
  readonly shrunk: Set<string> = new Set();
  /** Folds of cross-fitting that are learnt, fewer than asked for where the caller stopped. */
  folds: number;
  readonly #options: UpliftOptions;
  readonly #total: number;
  #done = 0;
  #stopped = false;
  #foldOf: Int32Array | null = null;

  constructor(caller: string, trial: Trial, features: readonly string[], options: UpliftOptions, total: number, folds: number) {
    this.caller = caller;
    this.trial = trial;
    this.features = features;
    this.folds = folds;
    this.#options = options;
    this.#total = total;
    const { learner = trial.isBinary ? 'logistic' : 'linear', effectLearner } = options;
    this.learner = learner;
    this.effectLearner = effectLearner ?? (typeof learner === 'function' || learner === 'logistic' ? 'linear' : learner);
    if (learner === 'logistic' && !trial.isBinary) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs two classes for learner 'logistic', found numbers in column "${options.target}"; take learner 'linear', or say with positive which value counts as 1`, { option: 'learner' });
    }
  }

  /** Positions in the trial of the rows that hold. */
  positions(holds: (i: number) => boolean): Uint32Array {
    const found = new Uint32Array(this.trial.rows.length);
    let count = 0;
    for (let i = 0; i < found.length; i++) if (holds(i)) found[count++] = i;
    return found.slice(0, count);
  }

  /** Learns one model. */
  learn(lesson: Lesson): LearntModel {
    const { of, learner, isBinary, positions, inference = null, withArm = false } = lesson;
    const { target, treatment, confidence = 0.95, seed = 1 } = this.#options;
    const y = gather(lesson.y, positions);
    const weights = this.#weights(positions, lesson.weights);
    const added = new Map<string, Column>([[target, { kind: 'number', values: y }]]);
    if (withArm) added.set(treatment, this.#armColumn(positions));
    const features = withArm ? [...this.features, treatment] : this.features;
    const table = this.table(positions, added);
    const learnt = learnModel(this.caller, { of, learner, table, target, features, isBinary, ...(weights && { weights }), seed, y, inference, confidence });
    if (learnt.isShrunk) this.shrunk.add(of);
    this.#done++;
    if (this.#options.onProgress?.({ done: this.#done, total: this.#total, objective: this.#done }) === false) this.#stopped = true;
    return learnt;
  }

  /** The features of some rows, and these columns. */
  table(positions: Uint32Array, added: ReadonlyMap<string, Column> = new Map()): TableLike {
    const taken = takeRows(this.trial.table, positions.map((i) => this.trial.rows[i]!));
    const names = [...this.features, ...added.keys()];
    return { rowCount: positions.length, names, column: (name) => added.get(name) ?? taken.column(name) };
  }

  /**
   * What the models of these lessons expect for every row: of each, one learnt without the fold of that row. Without folds they expect what they have seen,
   * and the models are given too. Rows of folds that were not reached are 0.
   */
  crossFit(lessons: readonly Lesson[]): { readonly expected: readonly Float64Array[]; readonly models: readonly LearntModel[] } {
    const n = this.trial.rows.length;
    const expected = lessons.map(() => new Float64Array(n));
    let models: LearntModel[] = [];
    for (let fold = 0; fold < this.folds; fold++) {
      const test = this.positions((i) => this.isIn(i, fold));
      const table = this.table(test);
      models = lessons.map((lesson, k) => {
        const model = this.learn(this.folds === 1 ? lesson : { ...lesson, positions: lesson.positions.filter((i) => !this.isIn(i, fold)) });
        const values = model.open.predict(this.caller, table);
        for (let j = 0; j < test.length; j++) expected[k]![test[j]!] = values[j]!;
        return model;
      });
      if (this.#stopped && fold > 0 && fold + 1 < this.folds) this.folds = fold + 1;
    }
    return { expected, models };
  }

  /** Whether a row is of this fold. */
  isIn(i: number, fold: number): boolean {
    return this.#foldsOfRows()[i] === fold;
  }

  /** Whether the row has expectations: its fold was reached. */
  isReached(i: number): boolean {
    return this.#foldsOfRows()[i]! < this.folds;
  }

  #foldsOfRows(): Int32Array {
    if (this.#foldOf !== null) return this.#foldOf;
    const { arms, outcomes, isBinary, counts, treatments, control } = this.trial;
    if (this.folds === 1) return (this.#foldOf = new Int32Array(arms.length));
    const short = counts.findIndex((count) => count < 2 * this.folds);
    if (short >= 0) {
      const arm = describeValue([control, ...treatments][short]);
      throw new ClientelaError('INVALID_OPTION', `${this.caller} needs two rows of every arm in each of ${this.folds} folds, found ${counts[short]!} of ${arm}; ask for fewer folds, or for 1`, { option: 'folds', arm });
    }
    return (this.#foldOf = assignFolds(isBinary ? arms.map((arm, i) => 2 * arm + outcomes[i]!) : arms, { folds: this.folds, seed: this.#options.seed ?? 1 }));
  }

  #weights(positions: Uint32Array, more: Float64Array | undefined): Float64Array | null {
    const { weights } = this.trial;
    if (weights === null) return more === undefined ? null : gather(more, positions);
    const own = gather(weights, positions);
    return more === undefined ? own : own.map((weight, j) => weight * more[positions[j]!]!);
  }

  #armColumn(positions: Uint32Array): Column {
    const { arms, control, treatments } = this.trial;
    const codes = new Int32Array(positions.length);
    for (let j = 0; j < codes.length; j++) codes[j] = arms[positions[j]!]!;
    return { kind: 'category', codes, levels: [control, ...treatments] };
  }
}
