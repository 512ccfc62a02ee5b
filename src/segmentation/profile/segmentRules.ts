import type { Column } from '../../data/column.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { reachedNodes, type RuleCondition } from '../../learners/trees/treeRules.js';
import { randIndexOf } from '../quality/adjustedRandIndex.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import { agreementOf } from './ruleAgreement.js';
import { segmentCenters, segmentPoints, type GivenScaling } from '../space/segmentPoints.js';
import { leavesOf, surrogateTree, type SurrogateTree } from './surrogateTree.js';

/** What {@link segmentRules} may ask, and how much. */
export interface SegmentRulesOptions<Names extends string = string> {
  /** The columns to ask. @defaultValue every column of numbers or booleans, and every category of at most 50 levels */
  readonly features?: readonly Names[];
  /** Rules at most. @defaultValue as few as place 95 % of the customers, from one to two a segment */
  readonly leaves?: number;
  /** The scale on which `price` is reckoned: learnt here, or the one of a model. @defaultValue 'auto' */
  readonly scaling?: GivenScaling<Names>;
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
}

/** A rule that leads to a segment. Every customer meets one rule and one only. */
export interface SegmentRule {
  /** The segment most of its customers belong to. */
  readonly segment: number;
  /** What must hold, all of it, one condition a column. */
  readonly conditions: readonly RuleCondition[];
  /** In words: `income > 60.5 and score <= 39.5`. */
  readonly text: string;
  /** Customers who meet it, by weight. */
  readonly customers: number;
  /** The share of them that is in the segment. */
  readonly precision: number;
  /** The share of the segment that they make. */
  readonly coverage: number;
  /** precision / the segment's share of all. */
  readonly lift: number;
}

/** Rules that reproduce the segments, and how well. */
export interface SegmentRules {
  /** By segment, of one segment that of the most customers first. */
  readonly rules: readonly SegmentRule[];
  /** The share of the customers that the rules place in their own segment. */
  readonly fidelity: number;
  /** Agreement of rules and segments beyond chance: 1 complete, 0 none (Hubert and Arabie, 1985). */
  readonly adjustedRandIndex: number;
  /** By which factor the squared distances within segments grow when the rules decide, on the scale of the model; null without columns of numbers. */
  readonly price: number | null;
  /** Fidelity in words, with a warning where the rules tell only part of the truth. */
  readonly statement: string;
}

const CALLER = 'segmentRules';
/** Below this share the rules are no description of the segments. */
const FAITHFUL = 0.9;
const MOST_LEVELS = 50;

/**
 * Short rules that say who is in which segment, and which share of the customers they place rightly.
 *
 * The rules are the leaves of a decision tree (Gini, the most telling question first) that foretells the segment. Where segments are not cut along single columns,
 * no short rules can be right: then `fidelity` is low, and `statement` says so. Customers of no segment (-1) are left out. O(features * rows * log rows).
 *
 * @param data - a Frame, rows, or columns
 * @param labels - the segment of each row: a number from 0, -1 for none; or names
 * @param options - features, leaves, scaling, weights
 * @returns the rules with customers, precision, coverage and lift, and what they are worth together
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no row in a segment, no column to ask), `LENGTH_MISMATCH`, `INVALID_VALUE`, `COLUMN_KIND`, `NON_FINITE_VALUE`,
 * `UNKNOWN_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = Array.from({ length: 100 }, (_, i) => ({ income: i, score: (i * 37) % 100 }));
 * const labels = customers.map(({ income, score }) => (income < 60 ? 0 : score < 40 ? 1 : 2));
 * const { rules, fidelity, statement } = segmentRules(customers, labels);
 * rules.map(({ text }) => text); // => ['income <= 59.5', 'income > 59.5 and score <= 39.5', 'income > 59.5 and score > 39.5']
 * rules[0].lift; // => 1 / 0.6
 * fidelity; // => 1
 * statement; // => '3 rules place 100.0 % of the customers in their segment'
 * ```
 */
export function segmentRules<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SegmentRulesOptions<ColumnNameOf<Data>> = {}): SegmentRules {
  requireKnownOptions(CALLER, options, ['features', 'leaves', 'scaling', 'weights']);
  const table = parseTable(CALLER, data);
  const { segmentOf, count } = readSegmentLabels(CALLER, labels, table.rowCount);
  const { leaves, weights: by } = options;
  const given = by === undefined ? null : readWeights(CALLER, table, by);
  const rows = Int32Array.from(segmentOf.keys()).filter((row) => segmentOf[row]! >= 0 && (given === null || given[row]! > 0));
  const names: readonly string[] = options.features ?? table.names.filter((name) => name !== by && canAsk(table.source(name)));
  if (rows.length === 0 || names.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row in a segment and one column to ask, found ${rows.length} and ${names.length}`);
  const weights = new Float64Array(rows.length).map((_, i) => (given === null ? 1 : given[rows[i]!]!));
  const range = leaves === undefined ? ([count, 2 * count] as const) : ([requireWhole(CALLER, 'leaves', leaves, 1), leaves] as const);
  const tree = surrogateTree(CALLER, table, names, rows, segmentOf, count, weights, range);
  const agreement = agreementOf(tree, count);
  const rules = rulesOf(tree, agreement.sizes);
  const ends = leavesOf(tree, rows.length);
  const foretold = new Int32Array(table.rowCount).fill(-1);
  rows.forEach((row, i) => (foretold[row] = tree.segments[ends[i]!]!));
  const { features, points } = segmentPoints(CALLER, table, names.filter((name) => table.source(name).kind === 'number'), options.scaling, given);
  const [before, after] = [segmentOf, foretold].map((of) => segmentCenters(points, features.length, of, count, given).squares) as [number, number];
  return {
    rules,
    fidelity: tree.fidelity,
    adjustedRandIndex: randIndexOf(agreement.cells, agreement.foretold, agreement.sizes, tree.nodes.cover[0]!),
    price: before > 0 ? after / before : null,
    statement: statementOf(rules, tree.fidelity, agreement.sizes),
  };
}

function canAsk(column: Column): boolean {
  return column.kind === 'number' || column.kind === 'boolean' || (column.kind === 'category' && column.levels.length <= MOST_LEVELS);
}

function rulesOf(tree: SurrogateTree, sizes: Float64Array): SegmentRule[] {
  const { nodes, segments, sums } = tree;
  const total = nodes.cover[0]!;
  return reachedNodes(tree)
    .filter(({ node }) => nodes.feature[node]! < 0)
    .map(({ node, conditions }): SegmentRule => {
      const segment = segments[node]!;
      const customers = nodes.cover[node]!;
      const found = sums[node * sizes.length + segment]!;
      const text = conditions.map((condition) => condition.text).join(' and ') || 'every customer';
      return { segment, conditions, text, customers, precision: found / customers, coverage: found / sizes[segment]!, lift: (found / customers / sizes[segment]!) * total };
    })
    .sort((a, b) => a.segment - b.segment || b.customers - a.customers);
}

function statementOf(rules: readonly SegmentRule[], fidelity: number, sizes: Float64Array): string {
  const isFaithful = fidelity >= FAITHFUL;
  const without = Array.from(sizes.keys()).filter((segment) => sizes[segment]! > 0 && !rules.some((rule) => rule.segment === segment));
  return [
    `${rules.length} rule${rules.length > 1 ? 's' : ''} place${rules.length > 1 ? '' : 's'} ${isFaithful ? '' : 'only '}${(100 * fidelity).toFixed(1)} % of the customers in their segment`,
    ...(isFaithful ? [] : ['the segments are not cut along single columns, and these rules describe them in part']),
    ...(without.length > 0 ? [`none leads to segment ${without.join(', ')}`] : []),
  ].join('; ');
}
