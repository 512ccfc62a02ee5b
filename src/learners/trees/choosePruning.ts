import { assignFolds } from '../../data/assignFolds.js';
import type { DecisionTreeOptions, DecisionTreeSettings } from './decisionTreeOptions.js';
import type { PruningStep } from './decisionTreeState.js';
import type { PruningPath } from './pruneTree.js';
import type { TreeSample } from './treeSample.js';
import { addFold, type PruningLosses } from './validatePruning.js';

/** The tree of the sequence that is taken, and the table it was taken from. */
export interface ChosenPruning {
  readonly complexity: number;
  readonly pruning: readonly PruningStep[];
  readonly folds: number;
  readonly stopped: boolean;
}

/** Where no complexity was given, that of the smallest tree whose error by cross-validation is within one standard error of the least. */
export function choosePruning(sample: TreeSample, path: PruningPath, settings: DecisionTreeSettings, onProgress: DecisionTreeOptions['onProgress']): ChosenPruning {
  const { trees } = path;
  const root = trees.at(-1)!.risk;
  const whole = sample.weights.reduce((sum, weight) => sum + weight, 0);
  const rowCount = sample.weights.length;
  const folds = settings.complexity !== null || root <= 0 ? 0 : Math.min(settings.folds, rowCount);
  const goesOn = (done: number, loss: number): boolean => onProgress?.({ done, total: 1 + folds, objective: -loss }) !== false;
  const losses: PruningLosses = { weight: 0, sums: new Float64Array(trees.length), squares: new Float64Array(trees.length) };
  let stopped = !goesOn(1, trees[0]!.risk / whole);
  let judged = 0;
  if (folds > 1) {
    const foldOf = assignFolds(sample.slots ?? (sample.scale === 2 ? sample.amounts.map(Math.sign) : rowCount), { folds, seed: settings.seed });
    const all = Uint32Array.from(foldOf.keys());
    while (judged < folds && !stopped) {
      const fold = judged++;
      addFold(losses, sample, path, { train: all.filter((row) => foldOf[row] !== fold), test: all.filter((row) => foldOf[row] === fold) }, settings.limits, settings.by);
      stopped = !goesOn(1 + judged, Math.min(...losses.sums) / losses.weight);
    }
  }
  const pruning = trees.map(({ alpha, leaves, risk }, k): PruningStep => {
    const mean = losses.sums[k]! / losses.weight;
    const unit = root / whole;
    const hasError = judged > 0 && root > 0;
    return {
      complexity: root > 0 ? alpha / root : 0,
      leaves,
      trainingError: root > 0 ? risk / root : 1,
      validationError: hasError ? mean / unit : null,
      validationStandardError: hasError ? Math.sqrt(Math.max(0, losses.squares[k]! - losses.sums[k]! * mean)) / losses.weight / unit : null,
    };
  });
  return { complexity: settings.complexity ?? chosen(pruning), pruning: pruning.reverse(), folds: judged, stopped: stopped && judged < folds };
}

// The sequence goes from the largest tree to the root alone. Where nothing was judged, rpart's default.
function chosen(pruning: readonly PruningStep[]): number {
  if (pruning[0]!.validationError === null) return 0.01;
  const best = pruning.reduce((least, step) => (step.validationError! < least.validationError! ? step : least));
  const enough = best.validationError! + best.validationStandardError!;
  return pruning.filter(({ validationError }) => validationError! <= enough).at(-1)!.complexity;
}
