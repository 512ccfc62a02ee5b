import type { DesignColumn } from '../logisticDesign.js';
import type { AliasedColumn } from '../logisticState.js';
import type { QuantileRows } from './quantileRows.js';
import { middleOf } from './typicalSize.js';
import { VertexBasis } from './vertexBasis.js';

/** What a place of the basis that no row moves by more has, counts as determined by the others. */
const DEPENDENT = 1e-7;

/** The rows of weight above 0 with the columns that are independent. */
export interface QuantileDesign {
  readonly rows: QuantileRows;
  /** What was taken off the targets, so that only differences are reckoned with: it belongs to the intercept. */
  readonly level: number;
  /** Positions of its columns, the intercept being 0. */
  readonly kept: readonly number[];
  readonly aliased: readonly AliasedColumn[];
  /** Rows of full rank. */
  readonly anchors: Int32Array;
}

/** The standardised design in rows, less the columns that earlier ones determine. */
export function quantileDesign(columns: readonly DesignColumn[], target: Float64Array, weights: Float64Array | null): QuantileDesign {
  const present = weights === null ? null : Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const take = (values: Float64Array): Float64Array => (present === null ? values : Float64Array.from(present, (row) => values[row]!));
  const y = take(target);
  const level = middleOf(y);
  const w = weights === null ? new Float64Array(y.length).fill(1) : take(weights);
  const all = [new Float64Array(y.length).fill(1), ...columns.map((column) => take(standardised(column)))];
  const basis = new VertexBasis(all);
  const relations = basis.fill(null, DEPENDENT) ? [] : relationsOf(basis);
  const kept = [...all.keys()].filter((position) => !relations.some((relation) => relation.position === position));
  return {
    rows: { columns: kept.map((position) => all[position]!), target: y.map((value) => value - level), weights: w },
    level,
    kept,
    aliased: relations.reverse().map(({ position, parts }) => aliasInWords(columns, position, parts)),
    anchors: basis.rows.filter((row) => row >= 0),
  };
}

function standardised(column: DesignColumn): Float64Array {
  if (column.kind === 'number') return column.values.map((value) => (value - column.center) / column.scale);
  const values = new Float64Array(column.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = column.table[column.codes[i]! + 1]!;
  return values;
}

interface Relation {
  /** The column determined. */
  readonly position: number;
  /** Its weights on all columns; 0 on itself and on what is determined too. */
  readonly parts: Float64Array;
}

/** The directions that no row moves, reduced from the last column on: so each names one column that earlier ones determine. */
function relationsOf({ width, rows, directions }: VertexBasis): Relation[] {
  let open = [...rows.keys()].filter((j) => rows[j]! < 0).map((j) => directions.slice(j * width, (j + 1) * width));
  const done: { position: number; vector: Float64Array }[] = [];
  for (let position = width - 1; position >= 0 && open.length > 0; position--) {
    const pivot = open.reduce((best, vector) => (Math.abs(vector[position]!) > Math.abs(best[position]!) ? vector : best));
    const lead = pivot[position]!;
    if (Math.abs(lead) <= 1e-6 * Math.max(...pivot.map(Math.abs))) continue;
    for (const vector of [...open, ...done.map((relation) => relation.vector)]) {
      if (vector === pivot) continue;
      const share = vector[position]! / lead;
      for (let k = 0; k < width; k++) vector[k]! -= share * pivot[k]!;
    }
    open = open.filter((vector) => vector !== pivot);
    done.push({ position, vector: pivot });
  }
  return done.map(({ position, vector }) => ({ position, parts: vector.map((v, k) => (k === position ? 0 : -v / vector[position]!)) }));
}

function aliasInWords(columns: readonly DesignColumn[], position: number, parts: Float64Array): AliasedColumn {
  const own = columns[position - 1]!;
  // Standardised columns are combined: on the raw scale a constant may be left.
  let constant = own.center + own.scale * parts[0]!;
  let size = Math.abs(own.center) + 1e-300;
  const names: string[] = [];
  columns.forEach(({ name, center, scale }, j) => {
    if (Math.abs(parts[j + 1]!) <= 1e-6) return;
    const share = (parts[j + 1]! * own.scale * center) / scale;
    constant -= share;
    size += Math.abs(share);
    names.push(name);
  });
  return { name: own.name, combinationOf: Math.abs(constant) > 1e-6 * size || names.length === 0 ? ['(Intercept)', ...names] : names };
}
