import { ClientelaError } from '../errors.js';
import type { CategoryColumn, Column, ColumnKind } from './column.js';
import { columnMoments } from './columnMoments.js';
import { MISSING, OTHER, type CategoryTerm, type EncodingTerm } from './encodingTerm.js';
import type { EncodingOptions } from './fitEncoding.js';
import { infinite } from './infinite.js';
import { describeValue } from './instant.js';
import { readColumn } from './readColumn.js';
import { readWeights } from './rowNumbers.js';
import type { TableView } from './table.js';

/** What `fitEncoding` learns, for a table already opened and in the name of the function that was called. */
export function learnTerms(caller: string, view: TableView, options: EncodingOptions): EncodingTerm[] {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  requireLimits(caller, options);
  const features = options.features ?? defaultFeatures(view, options.exclude ?? []);
  requireDistinct(caller, features);
  if (features.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one feature, found none; name them in features`);
  }
  const weights = options.weights === undefined ? null : readWeights(caller, view, options.weights);
  const learner = new TermLearner(caller, view.rowCount, weights, options);
  return features.flatMap((name) => learner.terms(name, readColumn(caller, view, name)));
}

function defaultFeatures(view: TableView, exclude: readonly string[]): string[] {
  return view.names.filter((name) => {
    if (exclude.includes(name)) return false;
    const source = view.source(name);
    return !('kind' in source && source.kind === 'id');
  });
}

function requireDistinct(caller: string, features: readonly string[]): void {
  if (!(features instanceof Array)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names, found ${describeValue(features)}`, { option: 'features', value: features });
  }
  const column = features.find((name, i) => features.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
}

function requireLimits(caller: string, { minLevelCount = 0, maxLevels = 500 }: EncodingOptions): void {
  for (const [option, value, fewest] of [['minLevelCount', minLevelCount, 0], ['maxLevels', maxLevels, 1]] as const) {
    if (typeof value === 'number' && value >= fewest) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} of ${fewest} or more, found ${describeValue(value)}`, { option, value });
  }
}

class TermLearner {
  readonly #caller: string;
  readonly #weights: Float64Array | null;
  readonly #options: EncodingOptions;
  readonly #total: number;

  constructor(caller: string, rowCount: number, weights: Float64Array | null, options: EncodingOptions) {
    this.#caller = caller;
    this.#options = options;
    this.#weights = weights;
    this.#total = weights === null ? rowCount : weights.reduce((sum, weight) => sum + weight, 0);
  }

  terms(name: string, column: Column): EncodingTerm[] {
    if (column.kind === 'number') return this.#numberTerms(name, column.values);
    if (column.kind === 'boolean') return this.#numberTerms(name, Float64Array.from(column.values, (value) => (value < 0 ? NaN : value)));
    if (column.kind === 'category') return [this.#categoryTerm(name, column)];
    throw this.#refuse(name, column.kind);
  }

  #refuse(name: string, kind: ColumnKind): ClientelaError {
    const remedy = kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier is no feature';
    return new ClientelaError('COLUMN_KIND', `${this.#caller} cannot use column "${name}" of kind ${kind}; ${remedy}`, { function: this.#caller, column: name, kind });
  }

  #numberTerms(name: string, values: Float64Array): EncodingTerm[] {
    const { known, mean, squares, infiniteRow } = columnMoments(values, this.#weights);
    if (infiniteRow >= 0) throw infinite(this.#caller, name, infiniteRow, values[infiniteRow]!);
    // A missing value stands at the mean, so it adds nothing to the squares.
    const spread = this.#spread(squares, Math.abs(mean));
    const terms: EncodingTerm[] = [{ kind: 'number', column: name, fill: mean, ...this.#standard(mean, spread) }];
    if (known < this.#total && (this.#options.missingIndicators ?? true)) {
      const share = 1 - known / this.#total;
      terms.push({ kind: 'missing', column: name, ...this.#standard(share, Math.sqrt(share * (1 - share))) });
    }
    return terms;
  }

  /** Population standard deviation; what is rounding beside the size of the values counts as 0. */
  #spread(squares: number, size: number): number {
    const spread = Math.sqrt(squares / this.#total);
    return spread > size * 1e-13 ? spread : 0;
  }

  #standard(mean: number, spread: number): { readonly center: number; readonly scale: number } {
    if (this.#options.standardise === false) return { center: 0, scale: 1 };
    return { center: mean, scale: spread > 0 ? spread : 1 };
  }

  #categoryTerm(name: string, column: CategoryColumn): CategoryTerm {
    const { counts, missing } = this.#levelCounts(column);
    const all = column.levels.map((level, code) => ({ level, count: counts[code]! })).filter(({ count }) => count > 0);
    // What the data themselves call (other) or (missing) is counted with what we call so.
    const named = (reserved: string): number => all.find(({ level }) => level === reserved)?.count ?? 0;
    const present = all.filter(({ level }) => level !== OTHER && level !== MISSING);
    const fewest = this.#options.minLevelCount ?? 0;
    const kept = present.filter(({ count }) => count >= fewest).sort((a, b) => (a.level < b.level ? -1 : 1));
    const pooled = present.filter(({ count }) => count < fewest);
    this.#requireFewLevels(name, kept.length, column.codes.length);
    const rest = [
      { level: OTHER, count: pooled.reduce((sum, { count }) => sum + count, named(OTHER)) },
      { level: MISSING, count: missing + named(MISSING) },
    ].filter(({ count }) => count > 0);
    const levels = [...kept, ...rest];
    const shares = levels.slice(1).map(({ count }) => count / this.#total);
    const standard = shares.map((share) => this.#standard(share, Math.sqrt(share * (1 - share))));
    return {
      kind: 'category',
      column: name,
      levels: levels.map(({ level }) => level),
      pooled: pooled.map(({ level }) => level).sort(),
      shares,
      centers: standard.map(({ center }) => center),
      scales: standard.map(({ scale }) => scale),
    };
  }

  #levelCounts({ codes, levels }: CategoryColumn): { counts: Float64Array; missing: number } {
    const counts = new Float64Array(levels.length);
    const weights = this.#weights;
    let missing = 0;
    for (let row = 0; row < codes.length; row++) {
      const weight = weights === null ? 1 : weights[row]!;
      if (codes[row]! < 0) missing += weight;
      else counts[codes[row]!]! += weight;
    }
    return { counts, missing };
  }

  #requireFewLevels(name: string, levels: number, rows: number): void {
    const most = this.#options.maxLevels ?? 500;
    if (levels <= most) return;
    throw new ClientelaError(
      'COLUMN_KIND',
      `${this.#caller} found ${levels} levels in ${rows} rows of column "${name}": it looks like an identifier; leave it out of features, give it kind "id" in the schema, or pool rare levels by minLevelCount`,
      { function: this.#caller, column: name, levels, rows },
    );
  }
}
