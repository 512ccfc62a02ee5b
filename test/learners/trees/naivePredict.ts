import type { BoostedTreesState } from '../../../src/learners/trees/boostedTreesState.js';

/** The margin of every row after each tree, by walking row after row: what every faster way must equal. One class only. */
export function stagedMargins(state: Pick<BoostedTreesState, 'baselines' | 'inputs' | 'trees'>, data: Readonly<Record<string, ArrayLike<unknown>>>, columns: readonly string[]): Float64Array[] {
  const { trees, inputs } = state;
  const count = data[columns[0]!]!.length;
  const margins = new Float64Array(count).fill(state.baselines[0]!);
  return trees.roots.map((root) => {
    for (let row = 0; row < count; row++) {
      let at = root;
      while (trees.feature[at]! >= 0) {
        const input = inputs[trees.feature[at]!]!;
        const cell = data[input.column]![row];
        at = trees.left[at]! + (goesLeft(cell, at) ? 0 : 1);
      }
      margins[row]! += trees.value[at]!;
    }
    return margins.slice();
  });

  function goesLeft(cell: unknown, at: number): boolean {
    const input = inputs[trees.feature[at]!]!;
    if ('levels' in input) return trees.sets[trees.threshold[at]!]!.includes(input.levels.indexOf(cell === null || cell === undefined ? '(missing)' : String(cell)));
    const value = cell === null || cell === undefined ? NaN : Number(cell);
    return Number.isNaN(value) ? trees.missingLeft[at] === 1 : value <= trees.threshold[at]!;
  }
}
