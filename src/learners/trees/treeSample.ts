import { MISSING } from '../../data/encodingTerm.js';
import { takeRows, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readTreeColumns } from './forest.js';
import type { TreeFeature } from './treeNodes.js';

/**
 * Rows to grow a tree on, all of weight above 0. Impurity is a matter of sums of `amounts` by slot, and their squares: of numbers there is one slot
 * and weight * y (y taken from its mean, so that nothing cancels); so it is of two classes, where y is 1 or 0 and Gini's impurity twice the
 * squared error; of more classes there is a slot each, and the weights.
 */
export interface TreeSample {
  readonly inputs: readonly TreeFeature[];
  /** As {@link readTreeColumns} gives them. */
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
  readonly amounts: Float64Array;
  /** The class of each row where there are more than two; null otherwise. */
  readonly slots: Uint16Array | null;
  readonly slotCount: number;
  /** 2 for two classes, otherwise 1. */
  readonly scale: number;
}

/** The columns to learn from, for the rows that count. */
export function readSample(caller: string, table: ParsedTable, names: readonly string[], rows: Int32Array): Pick<TreeSample, 'inputs' | 'columns'> {
  const part = takeRows(table, rows);
  const inputs = names.map((name): TreeFeature => {
    const column = part.column(name);
    if (column.kind === 'number') return { column: name, missing: column.values.some((x) => x !== x) };
    if (column.kind === 'boolean') return { column: name, missing: column.values.some((x) => x < 0) };
    if (column.kind !== 'category') {
      const remedy = column.kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier is no feature';
      throw new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${name}" of kind ${column.kind}; ${remedy}`, { column: name, kind: column.kind });
    }
    const found = new Set<string>();
    for (const code of column.codes) found.add(column.levels[code] ?? MISSING);
    const missing = found.delete(MISSING);
    if (found.size > 500) {
      const remedy = 'it looks like an identifier; leave it out of features, or give it kind "id" in the schema';
      throw new ClientelaError('COLUMN_KIND', `${caller} found ${found.size} levels in ${rows.length} rows of column "${name}": ${remedy}`, { column: name, levels: found.size });
    }
    return { column: name, levels: [...[...found].sort(), ...(missing ? [MISSING] : [])] };
  });
  return { inputs, columns: readTreeColumns(caller, inputs, part) };
}

/** Some rows of a sample. */
export function takeSample(sample: TreeSample, rows: Uint32Array): TreeSample {
  const take = (values: Float64Array): Float64Array => {
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < taken.length; i++) taken[i] = values[rows[i]!]!;
    return taken;
  };
  const { columns, weights, amounts, slots } = sample;
  const taken = slots && new Uint16Array(rows.length).map((_, i) => slots[rows[i]!]!);
  return { ...sample, columns: columns.map(take), weights: take(weights), amounts: take(amounts), slots: taken };
}
