/** Of which sort a {@link DesignFinding} is. */
export type DesignCode =
  | 'LEFT_TRUNCATION'
  | 'IMMORTAL_TIME'
  | 'POST_OUTCOME'
  | 'DUPLICATE_ROWS'
  | 'RESAMPLED'
  | 'CUSTOMER_IN_FOLDS'
  | 'OVERLAPPING_WINDOWS'
  | 'INCOMPLETE_HORIZON'
  | 'CLASS_WEIGHTS';

/** Something about how the data were made that makes churn look other than it is. */
export interface DesignFinding {
  /** Of which sort. */
  readonly code: DesignCode;
  /** `'certain'`: it follows from the data; `'likely'`: hardly anything else looks like it; `'possible'`: look at it. */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** What was found, in words. */
  readonly text: string;
  /** What to do about it, in words. */
  readonly remedy: string;
  /** The columns it is about. */
  readonly columns: readonly string[];
  /** How many rows it is about. */
  readonly rows: number;
  /** Up to ten of them. */
  readonly examples: readonly number[];
}

/** A finding about these rows. */
export function findingOn(rows: readonly number[], finding: Omit<DesignFinding, 'rows' | 'examples'>): DesignFinding {
  return { ...finding, rows: rows.length, examples: rows.slice(0, 10) };
}

/** Positions at which a test holds. */
export function rowsWhere(count: number, test: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (test(row)) rows.push(row);
  return rows;
}
