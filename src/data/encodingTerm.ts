/** A number (or boolean) taken as `(x - center) / scale`; where it is missing, `fill` stands for x. */
export interface NumberTerm {
  readonly kind: 'number';
  /** The column of the data. */
  readonly column: string;
  /** What stands for a missing x: the mean of the training rows. */
  readonly fill: number;
  /** What is taken from x: the mean of the training rows, or 0 when not standardised. */
  readonly center: number;
  /** What x is divided by: the standard deviation of the training rows, or 1 when not standardised. */
  readonly scale: number;
}

/** Whether a number is missing: 1 or 0, taken as `(x - center) / scale`. */
export interface MissingTerm {
  readonly kind: 'missing';
  /** The column of the data. */
  readonly column: string;
  /** What is taken from x: the missing share of the training rows, or 0 when not standardised. */
  readonly center: number;
  /** What x is divided by: the standard deviation of the training rows, or 1 when not standardised. */
  readonly scale: number;
}

/** A category as one 0/1 column for every level but the first, the baseline. */
export interface CategoryTerm {
  readonly kind: 'category';
  /** The column of the data. */
  readonly column: string;
  /** The baseline, then the levels with a column of their own; `(other)` and `(missing)` stand last where they exist. */
  readonly levels: readonly string[];
  /** Training levels too rare to stand alone, taken as `(other)`. */
  readonly pooled: readonly string[];
  /** Share of the training rows at each level but the baseline: what an unseen level is taken for. */
  readonly shares: readonly number[];
  /** One a level but the baseline. */
  readonly centers: readonly number[];
  /** One a level but the baseline. */
  readonly scales: readonly number[];
}

/** What one column of the data becomes in the design matrix. */
export type EncodingTerm = NumberTerm | MissingTerm | CategoryTerm;

/** The level that holds training levels too rare to stand alone (and one of this very name), and from then on unseen ones. */
export const OTHER = '(other)';
/** The level that holds what was missing in training, and what was called so. */
export const MISSING = '(missing)';

/** How many design columns a term has. */
export function termWidth(term: EncodingTerm): number {
  return term.kind === 'category' ? term.levels.length - 1 : 1;
}

/** The names of a term's design columns: `balance`, `student=Yes`, `income is missing`. */
export function termNames(term: EncodingTerm): string[] {
  if (term.kind === 'number') return [term.column];
  if (term.kind === 'missing') return [`${term.column} is missing`];
  return term.levels.slice(1).map((level) => `${term.column}=${level}`);
}
