import type { PropensityCells } from '../cells/propensityCells.js';
import { cellSums, costSums, type CellSelection, type CellSums } from './cellSums.js';
import { figureOf, noMoments, type PotentialFigure, type SumMoments } from './potentialFigures.js';
import type { Dimension } from '../../data/readDimensions.js';

/** What is to be had from some customers and products. */
export interface PotentialRow {
  /** The product, or the value of the dimension (null: missing); `total` for all. */
  readonly name: string | null;
  /** Customers with a cell that counts. */
  readonly customers: number;
  /** Cells that count: customer and product. */
  readonly cells: number;
  /** How many are newly taken. */
  readonly units: PotentialFigure;
  /** Units at their price; null without `price`. */
  readonly revenue: PotentialFigure | null;
  /** Units at their margin, less `contactCost` for every cell that counts; null without `margin`. */
  readonly margin: PotentialFigure | null;
}

/** The customers of one value of a dimension. */
export interface PotentialGroup extends PotentialRow {
  /** The same by product, in the order of the matrix; empty unless `crossed`. */
  readonly products: readonly PotentialRow[];
}

/** All, by product, and by the values of each dimension: three views of the same sum. */
export interface PotentialLevel {
  /** Everything. */
  readonly total: PotentialRow;
  /** In the order of the matrix. */
  readonly products: readonly PotentialRow[];
  /** By name of the dimension; values ascending, missing last. */
  readonly by: Readonly<Record<string, readonly PotentialGroup[]>>;
}

/** What the levels share. */
export interface LevelTerms {
  readonly cells: PropensityCells;
  readonly dimensions: readonly Dimension[];
  /** One a product or one a cell, as the next two. */
  readonly price: Float64Array | null;
  readonly margin: Float64Array | null;
  readonly contactCost: Float64Array | null;
  readonly crossed: boolean;
  readonly z: number;
}

/** The sums of units, and of money where it differs by cell, of the groups of one dimension. */
interface GroupSums {
  readonly units: CellSums;
  readonly price: CellSums | null;
  readonly margin: CellSums | null;
  readonly cost: Float64Array | null;
}

/** One level: the cells that are not `NaN` in `chance`. */
export function potentialLevel(terms: LevelTerms, chance: Float64Array): PotentialLevel {
  const { cells, dimensions } = terms;
  const { customers, products } = cells;
  const every = products.map((_, product) => product);
  const all = sumGroups(terms, { cells, chance, codes: new Int32Array(customers.length), groupCount: 1 });
  const rowOf = (sums: GroupSums, name: string | null, group: number, columns: readonly number[]): PotentialRow => potentialRow(terms, sums, name, group, columns);
  return {
    total: rowOf(all, 'total', 0, every),
    products: products.map((name, product) => rowOf(all, name, 0, [product])),
    by: Object.fromEntries(
      dimensions.map(({ name, groups, codes }) => {
        const sums = sumGroups(terms, { cells, chance, codes, groupCount: groups.length });
        return [
          name,
          groups.map((value, group) => ({
            ...rowOf(sums, value, group, every),
            products: terms.crossed ? products.map((product, column) => rowOf(sums, product, group, [column])) : [],
          })),
        ];
      }),
    ),
  };
}

function sumGroups({ cells, price, margin, contactCost }: LevelTerms, selection: CellSelection): GroupSums {
  // Where money is the same for all customers it follows from the units; of one customer it may be missing where there is no probability.
  const sum = (amounts: Float64Array | null): CellSums | null => (amounts !== null && (amounts.length > cells.products.length || cells.customers.length === 1) ? cellSums(selection, amounts) : null);
  return { units: cellSums(selection, null), price: sum(price), margin: sum(margin), cost: contactCost === null ? null : costSums(selection, contactCost) };
}

function potentialRow({ cells, price, margin, z }: LevelTerms, sums: GroupSums, name: string | null, group: number, columns: readonly number[]): PotentialRow {
  const start = group * cells.products.length;
  const hasParameters = cells.uncertainty !== undefined;
  const units = momentsOf(sums.units, start, columns, null);
  const money = (amounts: Float64Array, own: CellSums | null, cost: Float64Array | null): PotentialFigure => {
    const spent = cost === null ? 0 : columns.reduce((sum, column) => sum + cost[start + column]!, 0);
    return figureOf(momentsOf(own ?? sums.units, start, columns, own === null ? amounts : null), z, hasParameters, false, -spent);
  };
  return {
    name,
    customers: columns.length === 1 ? units.cells : sums.units.customers[group]!,
    cells: units.cells,
    units: figureOf(units, z, hasParameters, true, 0),
    revenue: price === null ? null : money(price, sums.price, null),
    margin: margin === null ? null : money(margin, sums.margin, sums.cost),
  };
}

/**
 * The moments of Σ weight × taken over some products of a group. Products are independent, chance and errors alike. The error of one product's
 * expectation is taken as gamma shaped, as that of a count is: its skewness is twice its coefficient of variation, at most 2. Where weights of both signs
 * meet, as much may be lost as won, and it has none: their sum says nothing of the size of what is added.
 */
function momentsOf(sums: CellSums, start: number, columns: readonly number[], weights: Float64Array | null): SumMoments {
  const moments = noMoments();
  for (const column of columns) {
    const at = start + column;
    const weight = weights === null ? 1 : weights[column]!;
    const mean = weight * sums.mean[at]!;
    const parameter = sums.parameter === null ? 0 : weight * weight * sums.parameter[at]!;
    moments.cells += sums.cells[at]!;
    moments.mean += mean;
    moments.chanceVariance += weight * weight * sums.variance[at]!;
    moments.chanceThird += weight ** 3 * sums.third[at]!;
    moments.parameterVariance += parameter;
    const [low, high] = [weight * sums.least[at]!, weight * sums.most[at]!];
    moments.least += Math.min(low, high);
    moments.most += Math.max(low, high);
    if (mean !== 0 && low * high === 0) moments.parameterThird += (Math.sign(mean) * 2 * parameter * parameter) / Math.max(Math.abs(mean), Math.sqrt(parameter));
  }
  return moments;
}
