import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import type { Column } from '../data/column.js';
import { columnAs } from '../data/columnAs.js';
import { requireKnownOptions } from '../data/options.js';
import { readColumn } from '../data/readColumn.js';
import { readTable, type ColumnNameOf, type TableOf } from '../data/table.js';
import { takeColumn } from '../data/takeColumn.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { findLeaks, type LeakageFinding } from './findLeaks.js';
import { singleFeatureAuc } from './singleFeatureAuc.js';

/** What {@link auditLeakage} looks at, and how easily it calls. */
export interface LeakageOptions<Names extends string = string> {
  /** The column that is to be predicted. */
  readonly target: Names;
  /** The value of it that counts as the event. @defaultValue 1 of 0 and 1, true, or the later of two levels */
  readonly positive?: TargetValue;
  /** The columns to look at. @defaultValue all but the target */
  readonly features?: readonly Names[];
  /** The column of the moment at which a row was to be foretold: dates after it are found. */
  readonly time?: Names;
  /** From which area under the ROC curve on a single column foretells too well to be true. @defaultValue 0.95 */
  readonly threshold?: number;
}

/** What was found that should not be known at the time of scoring. */
export interface LeakageAudit {
  /** What to look at before trusting any figure; none is what one hopes for. */
  readonly findings: readonly LeakageFinding[];
  /** How well each column alone tells the classes apart, the best first: area under the ROC curve, 0.5 chance, 1 perfect. */
  readonly features: readonly { readonly feature: string; readonly auc: Estimate }[];
}

/**
 * Columns that know the outcome, and other ways in which a score looks better than it will be.
 *
 * Named are: a column that alone foretells nearly perfectly; a value, or the mere presence of one, that occurs with the event only (a cancellation
 * reason, filled in afterwards); columns that say the same; dates after the moment of scoring; rows that occur more than once,
 * which would be learnt from and tested on. Numbers are judged as they are and in bands, categories by the rates of their levels on other rows.
 * Rows without a target are passed over. O(columns × rows log rows).
 *
 * @param data - a Frame, rows, or columns
 * @param options - the target, and what to look at
 * @returns findings in words, and the area under the ROC curve of every column alone
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `TARGET_CLASSES`, `UNKNOWN_COLUMN`, `COLUMN_KIND` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = Array.from({ length: 200 }, (_, i) => ({ visits: i % 7, refund: i % 4 === 0 ? 5 : null, left: i % 4 === 0 ? 'yes' : 'no' }));
 * auditLeakage(customers, { target: 'left' }).findings.map(({ text }) => text)[0]; // => 'column "refund" alone foretells the target nearly perfectly (AUC 1.00)'
 * ```
 */
export function auditLeakage<Data extends TableOf<Data>>(data: Data, options: LeakageOptions<ColumnNameOf<Data>>): LeakageAudit {
  const caller = 'auditLeakage';
  requireKnownOptions(caller, options, ['target', 'positive', 'features', 'time', 'threshold']);
  const { target, time, threshold = 0.95 } = options;
  if (!(threshold > 0.5 && threshold <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a threshold above 0.5 and at most 1, found ${String(threshold)}; 0.95 is usual`, { option: 'threshold', value: threshold });
  }
  const view = readTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const { labels } = readBinaryTarget(caller, view, target, options.positive);
  const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const names: readonly string[] = (options.features ?? view.names).filter((name) => name !== target && name !== time);
  const columns = names.map((name) => [name, takeColumn(readColumn(caller, view, name), rows)] as const);
  const moments = time === undefined ? undefined : (takeColumn(columnAs(caller, time, view.source(time), 'date'), rows) as { values: Float64Array }).values;
  return auditColumns(columns, Uint8Array.from(rows, (row) => labels[row]!), { threshold, ...(moments && { moments }) });
}

/** The audit on typed columns of labelled rows. */
export function auditColumns(columns: readonly (readonly [name: string, column: Column])[], labels: Uint8Array, options: { readonly threshold: number; readonly moments?: Float64Array }): LeakageAudit {
  const events = labels.reduce((sum, label) => sum + label, 0);
  const judged = Math.min(events, labels.length - events) < 2 ? [] : columns;
  const features = judged.flatMap(([feature, column]) => {
    const auc = singleFeatureAuc(feature, column, labels);
    return auc === null ? [] : [{ feature, auc }];
  });
  const sorted = features.sort((a, b) => b.auc.estimate - a.auc.estimate);
  return { findings: findLeaks(columns, labels, sorted, options), features: sorted };
}
