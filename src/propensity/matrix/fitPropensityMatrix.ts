import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { TableInput, TableOf } from '../../data/table.js';
import { parseTable, takeRows } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { columnCounts } from '../../numeric/sparseRows.js';
import { certify } from '../stack/certify.js';
import { chooseMethods } from '../stack/chooseMethods.js';
import { crossFitStack } from '../stack/fitStack.js';
import type { DesignVariant } from '../products/designState.js';
import { learnDesign } from '../products/learnDesign.js';
import { chooseCandidates, type Candidates } from './chooseCandidates.js';
import { VARIANTS, type EngineMethod } from './engines.js';
import { learnEngine, learnLogits, type Lesson } from './learnEngine.js';
import type { PropensityMatrixOptions, PropensityMethod } from './matrixOptions.js';
import type { LearntParts, PropensityMatrixState } from './matrixState.js';
import { PropensityMatrix } from './propensityMatrix.js';
import { readTask, type PropensityTask } from './propensityTask.js';
import { scoreRows, type Designs } from './scoreRows.js';
import { meanLoss, planTrial, tryMethod, type MethodTrial, type Trial } from './tryMethods.js';

const CALLER = 'fitPropensityMatrix';
const OPTIONS = ['holdings', 'taken', 'horizon', 'observedUntil', 'windows', 'customers', 'customer', 'features', 'exclude', 'joined', 'left', 'methods', 'minPositives', 'fewPositives', 'folds', 'seed', 'confidence', 'onProgress'];

/**
 * For every customer and every product the calibrated probability of taking it, each product by the method that foretells it best.
 *
 * With a `horizon` (and dates in `holdings`) or with `taken`, that is the probability of newly taking the product in the window; with neither, that of holding it
 * judged by the profile and the other products, which says how natural the product would be for the customer. A product's own column never foretells itself.
 *
 * All methods are compared on customers they have not learnt from; of those within one standard error of the least log loss of a product the simplest is
 * taken, and learnt again from all rows. Raw scores become probabilities out of fold too. `report` keeps every loss, and for each product a certificate: what its
 * probabilities are good for, and a refusal where too few customers took it. Products with few takers lean on the others.
 *
 * Nothing dense is made of customers × products but for the rows judged (3 million cells at most). O(rows × products × columns a row) for the regressions.
 *
 * @param options - holdings, and what else is known
 * @returns probabilities for these customers or new ones: `predict`, `top`, `blocks`, `predictRow`, `explain`
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_OPTION`, `DUPLICATE_ID`, `MISSING_VALUE`, `UNKNOWN_COLUMN`, `TARGET_CLASSES` where nobody took anything
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const people = Array.from({ length: 400 }, (_, i) => ({ customer: i, age: 20 + (i * 7) % 60 }));
 * const held = people.flatMap(({ customer, age }) => [{ customer, product: 'account' }, ...(age > 50 && customer % 3 ? [{ customer, product: 'fund' }] : []), ...(customer % 4 ? [] : [{ customer, product: 'card' }])]);
 * const matrix = fitPropensityMatrix({ holdings: Holdings.fromRows(held, { customer: 'customer', product: 'product' }), customers: people });
 * const [first] = matrix.predictRow({ profile: { age: 75 }, held: ['account'] });
 * first.product; // => 'fund'
 * matrix.predictRow({ profile: { age: 25 }, held: ['account'] }).find(({ product }) => product === 'fund').probability < 0.1; // => true
 * ```
 */
export function fitPropensityMatrix<Data extends TableOf<Data> = readonly object[]>(options: PropensityMatrixOptions<Data>): PropensityMatrix {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { folds = 5, seed = 1, minPositives = 5, fewPositives = 30, confidence = 0.95, onProgress } = options;
  requireWhole(CALLER, 'folds', folds, 2);
  requireWhole(CALLER, 'minPositives', minPositives, 1);
  requireWhole(CALLER, 'fewPositives', fewPositives, 1);
  requireFinite(CALLER, 'seed', seed);
  normalMultiplier(CALLER, confidence);
  const given = options as unknown as PropensityMatrixOptions<TableInput>;
  const task = readTask(CALLER, given);
  requireLearnable(task, folds);
  const candidates = chooseCandidates(CALLER, task, options.methods);
  const lesson = prepare(task, candidates.engines, seed);
  const trial = planTrial(task, folds, seed);
  const { trials, tried, mixture, stopped } = tryAll(lesson, trial, candidates, onProgress);
  const choices = chooseMethods({ methods: tried, labels: trial.labels, productCount: task.products.length, fewPositives });
  const methods = choices.map(({ method }) => method as PropensityMethod);
  const logits = chosenLogits(tried, methods);
  const certificates = certify({ products: task.products, methods, labels: trial.labels, logits, confidence, minPositives, fewPositives, takers: takersOf(task) });
  const learnt = learnChosen(lesson, trials, methods, mixture);
  onProgress?.({ done: stepsOf(candidates), total: stepsOf(candidates) });
  return new PropensityMatrix({
    format: 'PropensityMatrix',
    formatVersion: 1,
    products: task.products,
    horizon: task.horizon,
    customer: task.customer,
    methods,
    ...learnt,
    report: {
      question: task.question,
      windows: task.windows,
      customers: task.customerCount,
      rows: task.customerOf.length,
      judgedRows: trial.rows.length,
      methods: tried.map(({ name, logits: found }) => ({ method: name, logLoss: meanLoss(found, trial.labels) })),
      leftOut: candidates.leftOut,
      products: choices.map((choice, j) => ({ product: task.products[j]!, ...choice })),
      certificates,
      leftOutColumns: lesson.leftOut,
      ridge: tried.some(({ name }) => name === 'ease') ? lesson.ridge : null,
      confidence,
      stopped,
      warnings: task.warnings,
    },
  });
}

function requireLearnable({ customerCount, taken, held }: PropensityTask, folds: number): void {
  if (customerCount < 2 * folds) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least ${2 * folds} customers for ${folds} folds, found ${customerCount}`, { function: CALLER });
  if ((taken ?? held).columns.length > 0) return;
  throw new ClientelaError('TARGET_CLASSES', `${CALLER} needs somebody who ${taken === null ? 'holds a product, found no holdings' : 'took a product, found nobody; check the dates and the horizon'}`, { function: CALLER });
}

/** The 0/1 columns that the methods need, of all rows. */
function prepare(task: PropensityTask, engines: readonly EngineMethod[], seed: number): Lesson {
  const variants = new Set(engines.flatMap((method) => VARIANTS[method] ?? []));
  // What is no use to a regression is none to trees.
  const leftOut = task.profile === null ? [] : learnDesign(CALLER, task.profile, task.held, task.products, { variant: 'both', features: task.features }).leftOut;
  const features = task.features.filter((name) => !leftOut.some(({ column }) => column === name));
  const designs: Designs = Object.fromEntries([...variants].map((variant) => [variant, learnDesign(CALLER, task.profile, task.held, task.products, { variant, features })]));
  const table = task.profile === null ? null : parseTable(CALLER, task.profile);
  return { task, features, leftOut, designs, rows: scoreRows(CALLER, designs, task.held, task.profile), takeProfile: table === null ? null : (rows) => takeRows(table, rows), ridge: 100, seed };
}

/** What was tried on rows left out, and how the methods are mixed. */
interface Tried {
  readonly trials: readonly MethodTrial[];
  /** All methods, the simplest first, the mixture last. */
  readonly tried: readonly { readonly name: PropensityMethod; readonly logits: Float64Array }[];
  readonly mixture: LearntParts['stack'];
  readonly stopped: boolean;
}

/** The trials, then learning the chosen again. */
function stepsOf({ engines, stack }: Candidates): number {
  return engines.length + Number(stack) + 1;
}

function tryAll(lesson: Lesson, trial: Trial, candidates: Candidates, onProgress: PropensityMatrixOptions['onProgress']): Tried {
  const trials: MethodTrial[] = [];
  let stopped = false;
  for (const method of candidates.engines) {
    if (stopped) break;
    trials.push(tryMethod(CALLER, method, lesson, trial));
    stopped = onProgress?.({ done: trials.length, total: stepsOf(candidates) }) === false;
  }
  const tried: { name: PropensityMethod; logits: Float64Array }[] = trials.map(({ method, logits }) => ({ name: method, logits }));
  if (!candidates.stack || stopped) return { trials, tried, mixture: null, stopped };
  // Out of fold a rate moves against its own fold: in a mixture it would only do harm.
  const mixed = trials.filter(({ method }) => method !== 'popularity');
  const { labels, folds, foldCount } = trial;
  const { stack, logits } = crossFitStack({ engines: mixed.map((one) => one.logits), labels, productCount: lesson.task.products.length, seed: lesson.seed }, folds, foldCount);
  tried.push({ name: 'stack', logits });
  return { trials, tried, mixture: { engines: mixed.map(({ method }) => method), state: stack }, stopped };
}

/** How many took each product newly. */
function takersOf({ held, barred, taken, products }: PropensityTask): Float64Array {
  if (taken === null) return columnCounts(held);
  const counts = new Float64Array(products.length);
  for (let row = 0; row < taken.rowCount; row++) {
    const out = barred.columns.subarray(barred.offsets[row], barred.offsets[row + 1]);
    for (let e = taken.offsets[row]!; e < taken.offsets[row + 1]!; e++) if (!out.includes(taken.columns[e]!)) counts[taken.columns[e]!]!++;
  }
  return counts;
}

/** Of each product the log-odds of its method. */
function chosenLogits(tried: readonly { readonly name: PropensityMethod; readonly logits: Float64Array }[], methods: readonly PropensityMethod[]): Float64Array {
  const width = methods.length;
  const from = methods.map((method) => tried.find(({ name }) => name === method)!.logits);
  return new Float64Array(from[0]!.length).map((_, at) => from[at % width]![at]!);
}

/** Learns again from all rows what is used; and how sure it is, by the richest regression there is. */
function learnChosen(
  lesson: Lesson,
  trials: readonly MethodTrial[],
  methods: readonly PropensityMethod[],
  stack: LearntParts['stack'],
): Pick<PropensityMatrixState, 'features' | 'newcomers' | 'learnt'> {
  const all = new Uint32Array(lesson.task.customerOf.length).map((_, row) => row);
  const used = methods.includes('stack') ? stack : null;
  const newcomers = trials.some(({ method }) => method === 'profile') ? 'profile' : 'popularity';
  const needed = new Set<PropensityMethod>([...methods.filter((method) => method !== 'stack'), ...(used?.engines ?? []), newcomers]);
  const regression = (['profile and holdings', 'holdings', 'profile'] as const).find((wanted) => trials.some(({ method }) => method === wanted));
  const engines: Partial<Record<EngineMethod, unknown>> = {};
  let uncertainty: LearntParts['uncertainty'] = null;
  if (regression !== undefined) {
    const learnt = learnLogits(CALLER, regression, lesson, all, true);
    if (needed.has(regression)) engines[regression] = learnt.state;
    uncertainty = { variant: VARIANTS[regression]!, state: learnt.uncertainty! };
  }
  for (const { method } of trials) if (needed.has(method) && engines[method] === undefined) engines[method] = learnEngine(CALLER, method, lesson, all).toJSON();
  const variants = new Set<DesignVariant | undefined>([...needed].map((method) => VARIANTS[method]));
  variants.add(uncertainty?.variant);
  const looksAtProfile = needed.has('boosted trees') || Object.entries(lesson.designs).some(([variant, { terms }]) => variants.has(variant as DesignVariant) && terms.length > 0);
  const learnt: LearntParts = {
    designs: Object.fromEntries(Object.entries(lesson.designs).filter(([variant]) => variants.has(variant as DesignVariant))),
    engines,
    heads: Object.fromEntries(trials.filter(({ method }) => needed.has(method)).map(({ method, heads }) => [method, heads])),
    stack: used,
    uncertainty,
  };
  return { features: looksAtProfile ? lesson.features : [], newcomers, learnt };
}
