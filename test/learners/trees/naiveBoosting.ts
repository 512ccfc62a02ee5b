
/** A column as the naive trainer takes it: numbers with null for missing, or texts. */
export type NaiveColumn = readonly (number | null)[] | readonly string[];

export interface NaiveOptions {
  readonly trees: number;
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly minLeafRows: number;
  readonly l1: number;
  readonly l2: number;
  readonly logistic: boolean;
}

interface NaiveNode {
  readonly rows: readonly number[];
  best: NaiveSplit | null;
  children: readonly [NaiveNode, NaiveNode] | null;
}

interface NaiveSplit {
  readonly gain: number;
  readonly feature: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Margins after boosting by plain loops: every threshold of every column tried on every node, all sums taken anew. */
export function naiveBoosting(columns: readonly NaiveColumn[], y: readonly number[], options: NaiveOptions): number[] {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const margins = y.map(() => (options.logistic ? Math.log(mean / (1 - mean)) : mean));
  for (let round = 0; round < options.trees; round++) {
    const p = margins.map((margin) => (options.logistic ? 1 / (1 + Math.exp(-margin)) : margin));
    const g = p.map((value, i) => value - y[i]!);
    const h = p.map((value) => (options.logistic ? value * (1 - value) : 1));
    const nodeOf = (rows: readonly number[]): NaiveNode => ({ rows, best: bestSplit(columns, rows, g, h, options), children: null });
    const leaves = [nodeOf(y.map((_, i) => i))];
    while (leaves.length < options.maxLeaves) {
      const next = leaves.filter(({ best }) => best !== null).reduce<NaiveNode | null>((most, node) => (most === null || node.best!.gain > most.best!.gain * (1 + 1e-7) ? node : most), null);
      if (next === null) break;
      leaves.splice(leaves.indexOf(next), 1);
      leaves.push(nodeOf(next.best!.left), nodeOf(next.best!.right));
    }
    for (const { rows } of leaves) for (const i of rows) margins[i]! += options.learningRate * value(rows, g, h, options);
  }
  return margins;
}

const sum = (rows: readonly number[], of: readonly number[]): number => rows.reduce((total, i) => total + of[i]!, 0);
const shrunk = (G: number, l1: number): number => Math.sign(G) * Math.max(0, Math.abs(G) - l1);

function value(rows: readonly number[], g: readonly number[], h: readonly number[], { l1, l2 }: NaiveOptions): number {
  return -shrunk(sum(rows, g), l1) / (sum(rows, h) + l2);
}

function score(rows: readonly number[], g: readonly number[], h: readonly number[], { l1, l2 }: NaiveOptions): number {
  return shrunk(sum(rows, g), l1) ** 2 / (sum(rows, h) + l2);
}

function bestSplit(columns: readonly NaiveColumn[], rows: readonly number[], g: readonly number[], h: readonly number[], options: NaiveOptions): NaiveSplit | null {
  let best: NaiveSplit | null = null;
  columns.forEach((column, feature) => {
    for (const goesLeft of typeof column[0] === 'string' ? levelRules(column as readonly string[], rows, g, h) : thresholdRules(column as readonly (number | null)[])) {
      const left = rows.filter(goesLeft);
      const right = rows.filter((i) => !goesLeft(i));
      if (left.length < options.minLeafRows || right.length < options.minLeafRows || sum(left, h) < 1e-3 || sum(right, h) < 1e-3) continue;
      const gain = score(left, g, h, options) + score(right, g, h, options) - score(rows, g, h, options);
      if (gain > 1e-10 && (best === null || gain > best.gain * (1 + 1e-9))) best = { gain, feature, left, right };
    }
  });
  return best;
}

function thresholdRules(column: readonly (number | null)[]): ((i: number) => boolean)[] {
  const distinct = [...new Set(column.filter((value) => value !== null))].sort((a, b) => a - b);
  const below = (threshold: number, missingLeft: boolean) => (i: number) => (column[i] === null ? missingLeft : column[i]! <= threshold);
  const gappy = column.includes(null);
  const right = (gappy ? distinct : distinct.slice(0, -1)).map((threshold) => below(threshold, false));
  return gappy ? [...right, ...distinct.slice(0, -1).reverse().map((threshold) => below(threshold, true))] : right;
}

/** Levels with ten rows' worth of hessian, by gradient over hessian plus ten: so many from either end against all others. */
function levelRules(column: readonly string[], rows: readonly number[], g: readonly number[], h: readonly number[]): ((i: number) => boolean)[] {
  const factor = rows.length / sum(rows, h);
  const levels = [...new Set(column)].sort().flatMap((level) => {
    const own = rows.filter((i) => column[i] === level);
    const H = sum(own, h);
    return H * factor >= 10 - 1e-9 ? [{ level, key: Math.fround(sum(own, g) / (H + 10)) }] : [];
  });
  const order = levels.sort((a, b) => a.key - b.key).map(({ level }) => level);
  const half = (order.length + 1) >> 1;
  const rules: ((i: number) => boolean)[] = [];
  for (let k = 1; k <= half && k < order.length; k++) rules.push((i) => order.slice(0, k).includes(column[i]!));
  for (let k = 1; k < half; k++) rules.push((i) => order.slice(-k).includes(column[i]!));
  return rules;
}
