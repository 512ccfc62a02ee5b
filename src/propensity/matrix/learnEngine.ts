import type { TableLike } from '../../data/table.js';
import { takeSparseRows, uniteSparseRows, type SparseRows } from '../../numeric/sparseRows.js';
import { easeTask, learnEase } from '../engines/learnEase.js';
import { learnNeighbours } from '../engines/learnNeighbours.js';
import { lighter } from '../engines/pruneWeights.js';
import { ImplicitAls } from '../factors/implicitAls.js';
import { implicitAlsPlan } from '../factors/implicitAlsPlan.js';
import { learnImplicitAls } from '../factors/learnImplicitAls.js';
import { fitProducts } from '../products/fitProducts.js';
import { learnProductTrees } from '../stack/learnProductTrees.js';
import { ProductLogits } from '../products/productLogits.js';
import type { ProductUncertaintyState } from '../products/productUncertainty.js';
import { factorsEngine, logitsEngine, POPULARITY, treesEngine, VARIANTS, weightsEngine, type Engine, type EngineMethod } from './engines.js';
import { labelsOf } from './labelsOf.js';
import type { PropensityTask } from './propensityTask.js';
import type { Designs, ScoreRows } from './scoreRows.js';

/** What engines learn from. */
export interface Lesson {
  readonly task: PropensityTask;
  /** The columns of the profile that are of use. */
  readonly features: readonly string[];
  /** The others, and why not. */
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[];
  readonly designs: Designs;
  /** All rows of the task. */
  readonly rows: ScoreRows;
  readonly takeProfile: ((rows: Uint32Array) => TableLike) | null;
  /** The penalty of EASE. */
  ridge: number;
  readonly seed: number;
}

/** Lets an engine learn from some rows of a task. */
export function learnEngine(caller: string, method: EngineMethod, { task, features, designs, rows, takeProfile, ridge, seed }: Lesson, train: Uint32Array): Engine {
  const width = task.products.length;
  if (method === 'popularity') return POPULARITY;
  if (method === 'ease') return weightsEngine(learnEase(easeTask(bothOf(task, train)), ridge), width);
  if (method === 'factors') {
    const all = bothOf(task, train);
    const plan = implicitAlsPlan(all, { seed });
    const { factors, losses, convergence } = learnImplicitAls(all, plan);
    return factorsEngine(new ImplicitAls({ products: task.products, alpha: plan.alpha, ridge: plan.ridge, losses, convergence }, factors));
  }
  if (method === 'neighbours') return weightsEngine(lighter(learnNeighbours(bothOf(task, train), { similarity: 'cosine', neighbours: 100, shrinkage: 0, k1: 1.2, b: 0.75 })), width);
  if (method === 'boosted trees') {
    const customers = takeProfile === null ? null : takeProfile(train);
    // Trees take no dates.
    const inputs = customers === null ? [] : features.filter((name) => customers.column(name).kind !== 'date');
    return treesEngine(caller, learnProductTrees(caller, { customers, features: inputs, held: takeSparseRows(task.held, train), products: task.products, labels: labelsOf(task, train) }, { seed }));
  }
  const variant = VARIANTS[method]!;
  return logitsEngine(new ProductLogits(designs[variant]!, learnLogits(caller, method, { task, designs, rows }, train, false).state), variant);
}

/** The regressions of a task, with or without how sure they are. */
export function learnLogits(caller: string, method: EngineMethod, { task, designs, rows }: Pick<Lesson, 'task' | 'designs' | 'rows'>, train: Uint32Array, uncertainty: boolean): { readonly state: ConstructorParameters<typeof ProductLogits>[1]; readonly uncertainty: ProductUncertaintyState | null } {
  const variant = VARIANTS[method]!;
  const take = (all: SparseRows): SparseRows => (train.length === all.rowCount ? all : takeSparseRows(all, train));
  return fitProducts(caller, designs[variant]!, take(rows.design(variant)), take(task.held), task.taken === null ? null : take(task.taken), { uncertainty, barred: take(task.barred) });
}

/** What was held and what was taken then: engines without labels learn from both. */
export function bothOf({ held, taken }: PropensityTask, train: Uint32Array): SparseRows {
  const before = takeSparseRows(held, train);
  return taken === null ? before : uniteSparseRows(before, takeSparseRows(taken, train));
}
