import { infinite } from '../../data/infinite.js';
import { codesOf, numbersOf } from '../../data/replayColumn.js';
import { readTable, type TableInput } from '../../data/table.js';
import { requireTree } from './requireTree.js';
import type { NumberFeature, TreeFeature, TreeNodes } from './treeNodes.js';

/** Trees ready to be walked. */
export interface Forest {
  readonly inputs: readonly TreeFeature[];
  readonly nodes: TreeNodes;
  /** For each of the sets: 1 at the levels that go left. */
  readonly tables: readonly (readonly number[])[];
}

/** The sets of category splits as tables: one look a row instead of a search. */
export function openForest(inputs: readonly TreeFeature[], nodes: TreeNodes): Forest {
  requireTree(nodes, inputs);
  const tables = nodes.sets.map((set) => {
    const table: number[] = [];
    for (const level of set) table[level] = 1;
    return table;
  });
  return { inputs, nodes, tables };
}

/** The columns the trees ask, checked: numbers, or positions of levels; NaN where the value is missing or the level unseen. */
export function readTreeColumns(caller: string, inputs: readonly TreeFeature[], data: TableInput): Float64Array[] {
  const view = readTable(caller, data);
  return inputs.map((input) => {
    const source = view.source(input.column);
    if ('levels' in input) return new Float64Array(codesOf(caller, source, input)).map((code) => (code < 0 ? NaN : code));
    const values = numbersOf(caller, input.column, source);
    values.forEach((x, row) => {
      if (Math.abs(x) === Infinity) throw infinite(caller, input.column, row, x);
    });
    return values;
  });
}

/** Whether a value is one that training never showed, and so goes both ways: NaN where the trees do not know where to send it. */
export function isUnknown(x: number, input: TreeFeature): boolean {
  return x !== x && !(input as Partial<NumberFeature>).missing;
}
