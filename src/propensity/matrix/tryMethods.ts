import { assignFolds } from '../../data/assignFolds.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { easeTask, learnEase } from '../engines/learnEase.js';
import { cellLoss } from '../stack/cellLoss.js';
import { crossFitHeads, type CrossFittedHeads } from '../stack/fitHeads.js';
import { weightsEngine, type Engine, type EngineMethod } from './engines.js';
import { labelsOf } from './labelsOf.js';
import { bothOf, learnEngine, type Lesson } from './learnEngine.js';
import type { PropensityTask } from './propensityTask.js';
import { takeScoreRows, type ScoreRows } from './scoreRows.js';

/** Rows left out in turn, with what is to be foretold of them. */
export interface Trial {
  /** Rows of the task, in the order of everything below. */
  readonly rows: Uint32Array;
  /** One a row. */
  readonly folds: Int32Array;
  readonly foldCount: number;
  /** Row-major rows × products: 1 taken (or held, where that is the question), 0 not, -1 not at risk. */
  readonly labels: Int8Array;
}

/** A method on rows it has not learnt from. */
export interface MethodTrial extends CrossFittedHeads {
  readonly method: EngineMethod;
}

/** So many cells are judged at most: more would not change a choice, and cost memory. */
const MOST_CELLS = 3e6;
/** So many rows are learnt from for a trial. */
const MOST_ROWS = 60_000;
/** Penalties of EASE that are tried. */
const RIDGES = [3, 10, 30, 100, 300, 1000];

/** Which rows methods are judged on: all, or whole customers by lot where there are too many; all rows of a customer in one fold. */
export function planTrial(task: PropensityTask, folds: number, seed: number): Trial {
  const { customerOf, products, customerCount } = task;
  const most = Math.max(folds, Math.floor((MOST_CELLS / products.length / customerOf.length) * customerCount));
  const order = new Uint32Array(customerCount).map((_, customer) => customer);
  if (most < customerCount) shuffle(order, createRandom(seed));
  const chosen = new Uint8Array(customerCount);
  for (const customer of order.subarray(0, Math.min(most, customerCount))) chosen[customer] = 1;
  const rows = new Uint32Array(customerOf.length).map((_, row) => row).filter((row) => chosen[customerOf[row]!] === 1);
  return { rows, folds: assignFolds(rows.length, { folds, seed, groups: Array.from(rows, (row) => customerOf[row]!) }), foldCount: folds, labels: labelsOf(task, rows) };
}

/** Scores of a method for rows that it did not learn from, and what they say of probabilities. */
export function tryMethod(caller: string, method: EngineMethod, lesson: Lesson, trial: Trial): MethodTrial {
  const width = lesson.task.products.length;
  const scores = method === 'popularity' ? null : new Float64Array(trial.rows.length * width);
  let kind: Engine['kind'] = 'rate';
  for (let fold = 0; fold < trial.foldCount && scores !== null; fold++) {
    const places = placesIn(trial, fold);
    const { block, train } = split(lesson, trial, fold, places);
    if (method === 'ease' && fold === 0) lesson.ridge = chooseRidge(lesson, trial, train, block, places);
    const engine = learnEngine(caller, method, lesson, train);
    kind = engine.kind;
    spread(engine, block, places, width, scores);
  }
  return { method, ...crossFitHeads({ scores, labels: trial.labels, productCount: width, kind }, trial.folds, trial.foldCount) };
}

function placesIn({ folds }: Trial, fold: number): Uint32Array {
  return new Uint32Array(folds.length).map((_, place) => place).filter((place) => folds[place] === fold);
}

/** The rows of a fold, and rows of other customers to learn from. */
function split(lesson: Lesson, trial: Trial, fold: number, places: Uint32Array): { readonly block: ScoreRows; readonly train: Uint32Array } {
  const out = new Uint8Array(lesson.task.customerOf.length);
  const left = Uint32Array.from(places, (place) => trial.rows[place]!);
  for (const row of left) out[row] = 1;
  const others = new Uint32Array(out.length).map((_, row) => row).filter((row) => out[row] === 0);
  const train = others.length <= MOST_ROWS ? others : shuffle(others, createRandom(lesson.seed + fold)).slice(0, MOST_ROWS).sort();
  return { block: takeScoreRows(lesson.rows, left, lesson.takeProfile), train };
}

/** Scores block by block, each to the place of its row. */
function spread(engine: Engine, block: ScoreRows, places: Uint32Array, width: number, scores: Float64Array): void {
  const STEP = 1024;
  const out = new Float64Array(STEP * width);
  for (let from = 0; from < places.length; from += STEP) {
    const to = Math.min(from + STEP, places.length);
    engine.scoreInto(block, from, to, out);
    for (let i = from; i < to; i++) scores.set(out.subarray((i - from) * width, (i - from + 1) * width), places[i]! * width);
  }
}

/** The penalty that foretells a fold best. */
function chooseRidge({ task }: Lesson, trial: Trial, train: Uint32Array, block: ScoreRows, places: Uint32Array): number {
  const width = task.products.length;
  const prepared = easeTask(bothOf(task, train));
  const labels = new Int8Array(places.length * width);
  places.forEach((place, i) => labels.set(trial.labels.subarray(place * width, (place + 1) * width), i * width));
  const halves = new Int32Array(places.length).map((_, i) => i % 2);
  const own = new Uint32Array(places.length).map((_, i) => i);
  const losses = RIDGES.map((ridge) => {
    const scores = new Float64Array(labels.length);
    spread(weightsEngine(learnEase(prepared, ridge), width), block, own, width, scores);
    return meanLoss(crossFitHeads({ scores, labels, productCount: width, kind: 'score' }, halves, 2).logits, labels);
  });
  return RIDGES[losses.indexOf(Math.min(...losses))]!;
}

/** The mean log loss of cells at risk. */
export function meanLoss(logits: Float64Array, labels: Int8Array): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < labels.length; at++) {
    if (labels[at]! < 0) continue;
    sum += cellLoss(labels[at]!, logits[at]!);
    count++;
  }
  return sum / count;
}
