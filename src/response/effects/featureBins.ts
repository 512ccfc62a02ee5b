import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** A feature as it comes: numbers, texts or booleans; null, undefined and NaN are missing. */
export type FeatureValues = ArrayLike<number | null | undefined> | ArrayLike<string | null | undefined> | ArrayLike<boolean | null | undefined>;

/** Which bin every row kept lies in. */
export interface FeatureBins {
  readonly labels: readonly string[];
  readonly binOf: Uint32Array;
}

const MOST_LEVELS = 1000;

/** Numbers into bins of about equal weight, anything else level by level, missing values last. */
export function binFeature(caller: string, values: FeatureValues, places: Uint32Array | null, weights: Float64Array | null, bins: number): FeatureBins {
  const n = places?.length ?? values.length;
  const at = (row: number): unknown => values[places === null ? row : places[row]!];
  let firstKnown = 0;
  while (firstKnown < n && isMissing(at(firstKnown))) firstKnown++;
  const kind = typeof at(Math.min(firstKnown, n - 1));
  const numbers = new Float64Array(n).fill(NaN);
  const levels = new Map<unknown, number>();
  for (let row = firstKnown; row < n; row++) {
    const value = at(row);
    if (isMissing(value)) continue;
    if (typeof value !== kind || !['number', 'string', 'boolean'].includes(kind) || value === Infinity || value === -Infinity) {
      const remedy = kind === 'number' ? 'a finite number, as others here' : 'text or a boolean, all of one kind';
      throw new ClientelaError('INVALID_VALUE', `${caller} found ${describeValue(value)} in values, row ${places?.[row] ?? row}; it must be ${remedy}`, { row, value });
    }
    if (kind === 'number') numbers[row] = value as number;
    else {
      let level = levels.get(value);
      if (level === undefined) levels.set(value, (level = levels.size));
      if (level === MOST_LEVELS) throw new ClientelaError('INVALID_VALUE', `${caller} needs a feature of at most ${MOST_LEVELS} categories, found more; pool the rare ones, or leave it out`);
      numbers[row] = level;
    }
  }
  return kind === 'number' ? binNumbers(numbers, weights, bins) : binLevels(numbers, [...levels.keys()].map(String));
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || value !== value;
}

function binLevels(codes: Float64Array, names: readonly string[]): FeatureBins {
  const labels = [...names].sort((a, b) => (a < b ? -1 : 1));
  const rank = names.map((name) => labels.indexOf(name));
  const binOf = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) binOf[row] = codes[row] !== codes[row] ? labels.length : rank[codes[row]!]!;
  return { labels: withMissing(labels, codes), binOf };
}

/** Up to `bins` values have a bin each. Otherwise a bin ends with the first value at which it and those before hold their share; the next then aims at its share of what is left. */
function binNumbers(numbers: Float64Array, weights: Float64Array | null, bins: number): FeatureBins {
  const order = sortedOrder(numbers);
  let known = 0;
  let left = 0;
  for (; known < order.length && !Number.isNaN(numbers[order[known]!]); known++) left += weights === null ? 1 : weights[order[known]!]!;
  const binOf = new Uint32Array(numbers.length);
  const labels: string[] = [];
  // So few values that each can have a bin: a rare one is not merged away.
  const each = hasAtMost(numbers, order.subarray(0, known), bins);
  let [weight, start] = [0, 0];
  for (let i = 0; i < known; ) {
    const value = numbers[order[i]!]!;
    while (i < known && numbers[order[i]!] === value) {
      const row = order[i++]!;
      weight += weights === null ? 1 : weights[row]!;
      binOf[row] = labels.length;
    }
    if (!each && i < known && (labels.length === bins - 1 || weight * (bins - labels.length) < left * (1 - 1e-12))) continue;
    labels.push(range(numbers[order[start]!]!, value));
    left -= weight;
    [weight, start] = [0, i];
  }
  for (let i = known; i < order.length; i++) binOf[order[i]!] = labels.length;
  return { labels: withMissing(labels, numbers), binOf };
}

function hasAtMost(numbers: Float64Array, order: Uint32Array, most: number): boolean {
  let distinct = 0;
  for (let i = 0; i < order.length && distinct <= most; i++) if (i === 0 || numbers[order[i]!] !== numbers[order[i - 1]!]) distinct++;
  return distinct <= most;
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

function withMissing(labels: readonly string[], values: Float64Array): string[] {
  return values.some((value) => value !== value) ? [...labels, 'missing'] : [...labels];
}
