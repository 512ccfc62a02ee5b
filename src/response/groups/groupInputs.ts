import { MISSING } from '../../data/encodingTerm.js';
import { describeValue } from '../../data/instant.js';
import type { ParsedTable } from '../../data/takeRows.js';
import type { TableLike } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { readTreeColumns } from '../../learners/trees/forest.js';
import type { TreeFeature } from '../../learners/trees/treeNodes.js';

/** The columns groups are made of, as trees see them. */
export interface GroupInputs {
  readonly inputs: readonly TreeFeature[];
  /** Numbers, or positions of levels; NaN where a number is missing. */
  readonly columns: readonly Float64Array[];
}

/** The columns asked for, or all but those that serve otherwise and identifiers. */
export function groupFeatures(caller: string, table: ParsedTable, option: 'features' | 'attributes', wanted: readonly string[] | undefined, target: string, others: readonly unknown[]): readonly string[] {
  const names = wanted ?? (option === 'features' ? table.names.filter((name) => name !== target && !others.includes(name) && table.source(name).kind !== 'id') : []);
  const wrong = (needs: string, found: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(found)}`, { option, value: found });
  if (!(names instanceof Array)) throw wrong('as an array of names', names);
  if (names.includes(target)) throw wrong('without the target', target);
  const column = names.find((name, i) => names.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in ${option}; name it once`, { column });
  if (names.length > 0) return names;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one column to make groups of, found none; name them in ${option}`, { option });
}

/** Reads the columns: yes and no are two levels, so that rules can say them. What is missing in a category is a level of its own. */
export function readGroupInputs(caller: string, table: TableLike, names: readonly string[]): GroupInputs {
  const inputs = names.map((name): TreeFeature => {
    const column = table.column(name);
    if (column.kind === 'number') return { column: name, missing: column.values.some((x) => x !== x) };
    if (column.kind === 'boolean') return { column: name, levels: ['false', 'true', ...(column.values.includes(-1) ? [MISSING] : [])] };
    if (column.kind !== 'category') {
      const remedy = column.kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier makes no groups';
      throw new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${name}" of kind ${column.kind}; ${remedy}`, { column: name, kind: column.kind });
    }
    const found = new Set<string>();
    for (const code of new Set(column.codes)) found.add(column.levels[code] ?? MISSING);
    const missing = found.delete(MISSING);
    if (found.size > 500) {
      const remedy = 'it looks like an identifier; leave it out of features, or give it kind "id" in the schema';
      throw new ClientelaError('COLUMN_KIND', `${caller} found ${found.size} levels in ${column.codes.length} rows of column "${name}": ${remedy}`, { column: name, levels: found.size });
    }
    return { column: name, levels: [...[...found].sort(), ...(missing ? [MISSING] : [])] };
  });
  return { inputs, columns: readTreeColumns(caller, inputs, table) };
}
