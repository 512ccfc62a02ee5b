import { MISSING } from '../../data/encodingTerm.js';
import type { DecisionTreeState } from './decisionTreeState.js';
import type { TreeFeature } from './treeNodes.js';

/** What a rule asks of one column of numbers. */
export interface NumberCondition {
  /** The column of the data. */
  readonly feature: string;
  /** Values must be above this; null where there is no such bound. */
  readonly above: number | null;
  /** Values must be at most this; null where there is no such bound. */
  readonly atMost: number | null;
  /** Whether a missing value passes too; null where training had none. */
  readonly missing: boolean | null;
  /** In words: `12 < duration <= 40`. */
  readonly text: string;
}

/** What a rule asks of one category. */
export interface CategoryCondition {
  /** The column of the data. */
  readonly feature: string;
  /** The levels that pass; `(missing)` stands for a missing value. */
  readonly levels: readonly string[];
  /** In words: `month is dec, mar or oct`. */
  readonly text: string;
}

/** What a rule asks of one column. */
export type RuleCondition = NumberCondition | CategoryCondition;

/** One leaf of a tree in words. Every training row meets one rule and one only. */
export interface TreeRule {
  /** What must hold, all of it, one condition a column; none for a tree without splits. */
  readonly conditions: readonly RuleCondition[];
  /** In words: `poutcome is success and duration > 12`. */
  readonly text: string;
  /** Training rows that meet it, by weight. */
  readonly rows: number;
  /** Their share of all. */
  readonly share: number;
  /** The mean of the target, or the probability of the positive value; of several classes that of the most likely one. */
  readonly value: number;
  /** The most likely of several classes; null otherwise. */
  readonly class: string | null;
  /** Of several classes the probability of each; empty otherwise. */
  readonly probabilities: readonly number[];
  /** value / the same over all training rows; null where that is 0. */
  readonly lift: number | null;
}

/** A node, and the conditions of the way to it: for each feature the bounds, or 1 at levels that pass. */
interface Reached {
  readonly node: number;
  readonly depth: number;
  readonly conditions: readonly RuleCondition[];
}

/** All nodes from the root down, the left branch first, each with what leads there. */
export function reachedNodes({ inputs, nodes }: Pick<DecisionTreeState, 'inputs' | 'nodes'>): Reached[] {
  const all: Reached[] = [];
  const visit = (node: number, depth: number, conditions: readonly RuleCondition[]): void => {
    all.push({ node, depth, conditions });
    const input = inputs[nodes.feature[node]!];
    if (input === undefined) return;
    for (const isLeft of [true, false]) visit(nodes.left[node]! + (isLeft ? 0 : 1), depth + 1, narrow(conditions, input, nodes, node, isLeft));
  };
  visit(0, 0, []);
  return all;
}

/** The conditions with one more taken in; that of the same feature becomes narrower. */
export function narrow(conditions: readonly RuleCondition[], input: TreeFeature, nodes: DecisionTreeState['nodes'], node: number, isLeft: boolean): RuleCondition[] {
  const at = conditions.findIndex(({ feature }) => feature === input.column);
  const known = conditions[at];
  const next = 'levels' in input
    ? narrowLevels(known as CategoryCondition | undefined, input, nodes.sets[nodes.threshold[node]!]!, isLeft)
    : narrowNumbers(known as NumberCondition | undefined, input, nodes.threshold[node]!, isLeft, (nodes.missingLeft[node] === 1) === isLeft);
  return at < 0 ? [...conditions, next] : conditions.map((condition, i) => (i === at ? next : condition));
}

function narrowLevels(known: CategoryCondition | undefined, { column, levels: all }: Extract<TreeFeature, { levels: unknown }>, set: readonly number[], isLeft: boolean): CategoryCondition {
  return levelCondition(column, all, (known?.levels ?? all).filter((level) => set.includes(all.indexOf(level)) === isLeft));
}

/** That a category has one of some of all its levels. */
export function levelCondition(column: string, all: readonly string[], levels: readonly string[]): CategoryCondition {
  const others = all.filter((level) => !levels.includes(level));
  const isNot = others.length < levels.length && others.length > 0;
  return { feature: column, levels, text: `${column} is ${isNot ? 'not ' : ''}${listed((isNot ? others : levels).map((level) => (level === MISSING ? 'missing' : level)))}` };
}

function narrowNumbers(known: NumberCondition | undefined, { column, missing: hasMissing }: Extract<TreeFeature, { missing: unknown }>, threshold: number, isLeft: boolean, takesMissing: boolean): NumberCondition {
  // Every number is at most the largest: that split asks only whether a value is known.
  const limit = threshold === Number.MAX_VALUE ? null : threshold;
  const above = isLeft ? (known?.above ?? null) : (limit ?? Infinity);
  const atMost = isLeft ? (limit ?? known?.atMost ?? null) : (known?.atMost ?? null);
  const missing = hasMissing ? (known?.missing ?? true) && takesMissing : null;
  return numberCondition(column, above, atMost, missing);
}

/** That a number lies between two bounds, either of them null where there is none; above infinity lies what is missing. */
export function numberCondition(column: string, above: number | null, atMost: number | null, missing: boolean | null): NumberCondition {
  return { feature: column, above: above === Infinity ? null : above, atMost: above === Infinity ? null : atMost, missing, text: numberText(column, above, atMost, missing) };
}

function numberText(column: string, above: number | null, atMost: number | null, missing: boolean | null): string {
  if (above === Infinity) return `${column} is missing`;
  const range = above === null ? (atMost === null ? `${column} is known` : `${column} <= ${atMost}`) : atMost === null ? `${column} > ${above}` : `${above} < ${column} <= ${atMost}`;
  return missing === true ? `${range} or missing` : range;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

/** One rule a leaf, the highest value first; of equal ones that of the more rows. */
export function treeRules(state: DecisionTreeState): TreeRule[] {
  const { nodes, values, summary } = state;
  return reachedNodes(state)
    .filter(({ node }) => nodes.feature[node]! < 0)
    .map(({ node, conditions }): TreeRule => {
      const all = values.map((list) => list[node]!);
      const likeliest = all.indexOf(Math.max(...all));
      const rows = nodes.cover[node]!;
      const overall = values[likeliest]![0]!;
      return {
        conditions,
        text: conditions.map(({ text }) => text).join(' and ') || 'every row',
        rows,
        share: rows / nodes.cover[0]!,
        value: all[likeliest]!,
        class: summary.classes[likeliest] ?? null,
        probabilities: summary.classes.length > 0 ? all : [],
        lift: overall === 0 ? null : all[likeliest]! / overall,
      };
    })
    .sort((a, b) => b.value - a.value || b.rows - a.rows);
}

/** The tree as text, a node a line. */
export function treeText(state: DecisionTreeState): string {
  const { nodes, values } = state;
  const above = new Map<number, readonly RuleCondition[]>();
  return reachedNodes(state)
    .map(({ node, depth, conditions }) => {
      above.set(depth, conditions);
      const own = conditions.find((condition) => !above.get(depth - 1)?.includes(condition));
      const figures = values.map((list) => Number(list[node]!.toPrecision(4))).join(' ');
      return `${'  '.repeat(depth)}${own?.text ?? 'every row'}: ${nodes.cover[node]!} rows, ${figures}`;
    })
    .join('\n');
}
