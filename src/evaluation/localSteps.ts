import type { CategoryColumn, Column } from '../data/column.js';
import { describeValue } from '../data/instant.js';
import { ClientelaError } from '../errors.js';
import type { GridValue, VariedColumn } from './dependenceGrid.js';
import { weightedQuantiles } from './weightedQuantiles.js';

/** How rows are moved along the grid of a feature. */
export interface LocalSteps {
  readonly grid: readonly GridValue[];
  /** The feature with every row moved, several ways. */
  readonly columns: readonly Column[];
  /** Per way which of the steps of the grid a row tells about (-1 for none): the score in columns[to] minus that in columns[from]. */
  readonly moves: readonly { readonly stepOf: Int32Array; readonly from: number; readonly to: number }[];
  /** Weight of the rows at each grid value, for the average. */
  readonly places: Float64Array;
}

/** The steps of a number or date between quantiles, of a boolean, or of a category whose levels are given in order. */
export function localSteps(caller: string, feature: string, column: VariedColumn, bins: number, levels: readonly string[] | undefined, weights: Float64Array | undefined): LocalSteps {
  if (column.kind === 'category') return levelSteps(column, levelOrder(caller, feature, column, levels), weights);
  if (levels !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes levels for a category, found column "${feature}" of kind ${column.kind}; leave levels out`, { option: 'levels' });
  if (column.kind !== 'boolean') return stretchSteps(caller, feature, column.kind, column.values, bins, weights);
  const asLevels: CategoryColumn = { kind: 'category', codes: Int32Array.from(column.values), levels: ['false', 'true'] };
  const steps = levelSteps(asLevels, [0, 1], weights);
  const columns = steps.columns.map((moved) => ({ kind: 'boolean' as const, values: Int8Array.from((moved as CategoryColumn).codes) }));
  return { ...steps, grid: [false, true], columns };
}

function stretchSteps(caller: string, feature: string, kind: 'number' | 'date', values: Float64Array, bins: number, weights: Float64Array | undefined): LocalSteps {
  const rows = Uint32Array.from(values.keys()).filter((row) => (weights === undefined || weights[row]! > 0) && !Number.isNaN(values[row]!));
  if (rows.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} found no known value in column "${feature}"`, { column: feature });
  const edges = weightedQuantiles(values, rows, weights, Array.from({ length: bins + 1 }, (_, k) => k / bins));
  if (edges.length < 2) throw new ClientelaError('INVALID_OPTION', `${caller} needs a feature of at least two values, found one in column "${feature}"`, { column: feature });
  const stepOf = new Int32Array(values.length).fill(-1);
  const places = new Float64Array(edges.length);
  const [low, high] = [values.slice(), values.slice()];
  for (const row of rows) {
    let step = 0;
    for (let above = edges.length - 2; step < above; ) {
      const middle = (step + above) >> 1;
      if (values[row]! <= edges[middle + 1]!) above = middle;
      else step = middle + 1;
    }
    stepOf[row] = step;
    low[row] = edges[step]!;
    high[row] = edges[step + 1]!;
    const half = (weights === undefined ? 1 : weights[row]!) / 2;
    places[step]! += half;
    places[step + 1]! += half;
  }
  return { grid: edges, columns: [{ kind, values: low }, { kind, values: high }], moves: [{ stepOf, from: 0, to: 1 }], places };
}

// Way 0 leaves the rows, way 1 moves them a level back, way 2 a level on: the step between two levels is asked of the rows of both.
function levelSteps({ codes, levels }: CategoryColumn, order: readonly number[], weights: Float64Array | undefined): LocalSteps {
  const placeOf = new Int32Array(levels.length).fill(-1);
  order.forEach((code, place) => (placeOf[code] = place));
  const [back, on] = [codes.slice(), codes.slice()];
  const [stepBack, stepOn] = [new Int32Array(codes.length).fill(-1), new Int32Array(codes.length).fill(-1)];
  const places = new Float64Array(order.length);
  for (let row = 0; row < codes.length; row++) {
    const place = codes[row]! < 0 ? -1 : placeOf[codes[row]!]!;
    if (place < 0 || weights?.[row] === 0) continue;
    places[place]! += weights === undefined ? 1 : weights[row]!;
    if (place > 0) {
      back[row] = order[place - 1]!;
      stepBack[row] = place - 1;
    }
    if (place < order.length - 1) {
      on[row] = order[place + 1]!;
      stepOn[row] = place;
    }
  }
  const columns = [codes, back, on].map((moved): Column => ({ kind: 'category', codes: moved, levels }));
  return { grid: order.map((code) => levels[code]!), columns, moves: [{ stepOf: stepBack, from: 1, to: 0 }, { stepOf: stepOn, from: 0, to: 2 }], places };
}

function levelOrder(caller: string, feature: string, { levels }: CategoryColumn, wanted: readonly string[] | undefined): number[] {
  if (wanted === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} accumulates along an order, found the category "${feature}"; give its levels in order, or use partialDependence`, { option: 'levels', column: feature });
  }
  if (!Array.isArray(wanted)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs levels as an array of levels of column "${feature}" in order, found ${describeValue(wanted)}`, { option: 'levels', value: wanted });
  }
  const order = wanted.map((level: string) => levels.indexOf(level));
  const unknown = order.indexOf(-1);
  if (unknown < 0 && order.length >= 2 && new Set(order).size === order.length) return order;
  const found = unknown >= 0 ? `"${String(wanted[unknown])}", which does not occur` : `${order.length}`;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs levels as two or more different levels of column "${feature}", found ${found}`, { option: 'levels', column: feature });
}
