import { readBinaryTarget } from '../../data/binaryTarget.js';
import type { Column } from '../../data/column.js';
import { requireKnownOptions } from '../../data/options.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { takeColumn } from '../../data/takeColumn.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readSurvivalRows } from '../survivalRows.js';
import { copyFindings } from './copyChecks.js';
import type { DesignCode, DesignFinding } from './designFinding.js';
import type { DesignAudit, DesignOptions } from './designOptions.js';
import { cellsOf, datesOf, readMoments } from './designTimes.js';
import { customerFindings, overlapFindings } from './foldChecks.js';
import { immortalFindings } from './immortalTime.js';
import { knownAtFindings, outcomeFindings, weightFindings } from './outcomeChecks.js';
import { incompleteFindings, lastRateFindings, lateEventFindings, truncationFindings } from './timeChecks.js';

export type { DesignOptions } from './designOptions.js';

const CALLER = 'auditChurnDesign';
const OPTIONS = ['target', 'positive', 'features', 'customer', 'time', 'horizon', 'observedUntil', 'duration', 'entry', 'eventPeriod', 'joinedAt', 'endedAt', 'knownAt', 'folds', 'weights', 'threshold'] as const;

/**
 * How data about leaving were made, where that makes leaving look other than it is.
 *
 * | code | what |
 * |---|---|
 * | `LEFT_TRUNCATION` | durations count from joining, but who left before some date was never seen: a cross-section |
 * | `IMMORTAL_TIME` | a group whose members had to stay to get into it, taken as if they had always been there |
 * | `POST_OUTCOME` | a column that knows how it went: a single one foretells nearly perfectly, occurs with the event only, is from after the moment, or is named so |
 * | `DUPLICATE_ROWS` | copies of rows, told from chance repeats of coarse values |
 * | `RESAMPLED` | one class was multiplied, or made up between rows, before the data came here |
 * | `CUSTOMER_IN_FOLDS`, `OVERLAPPING_WINDOWS` | what is judged on is known from what was learnt from |
 * | `INCOMPLETE_HORIZON` | outcomes given before their window was over |
 * | `CLASS_WEIGHTS` | weights by class, which rank no better and destroy probabilities |
 *
 * Checks need to know what columns are: `unchecked` says which options would allow the others. O(columns × rows log rows).
 *
 * @param data - one row a customer (and moment): a Frame, rows or columns
 * @param options - the target, and what the other columns are; see {@link DesignOptions}
 * @returns findings in words, each with a code, how certain it is, and what to do
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `TARGET_CLASSES`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `MISSING_VALUE`, `INVALID_VALUE`, `INVALID_OPTION` or `LENGTH_MISMATCH`
 * @example
 * ```ts
 * const customers = Array.from({ length: 200 }, (_, i) => ({ tenure: 1 + (i % 60), calls: (i * 7) % 31, left: i % 4 === 0 ? 'yes' : 'no' }));
 * const { findings } = auditChurnDesign(customers, { target: 'left', duration: 'tenure', eventPeriod: 1 });
 * findings.map(({ code, certainty }) => [code, certainty]); // => [['LEFT_TRUNCATION', 'certain']]
 * ```
 */
export function auditChurnDesign<Data extends TableOf<Data>>(data: Data, options: DesignOptions<ColumnNameOf<Data>>): DesignAudit {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { target, threshold = 0.98 } = options;
  if (!(threshold > 0.5 && threshold <= 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a threshold above 0.5 and at most 1, found ${String(threshold)}`, { option: 'threshold', value: threshold });
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`, { function: CALLER });
  const labels = readBinaryTarget(CALLER, view, target, options.positive).labels;
  const audit = new Audit();
  const roles = rolesOf(view, options);
  const features = (options.features ?? view.names.filter((name) => !roles.others.has(name) && view.source(name).kind !== 'id')).map((name) => [name, view.source(name)] as const);
  checkOutcome(audit, view, options, { labels, features, threshold, time: roles.time });
  checkCopies(audit, view, { labels, target, customer: roles.customer });
  checkDurations(audit, view, options, { labels, features });
  checkWindows(audit, view, options, { labels, time: roles.time });
  checkFolds(audit, view, options, roles);
  audit.look('CLASS_WEIGHTS', options.weights === undefined ? 'weights' : null, () => weightFindings(readWeights(CALLER, view, options.weights!), labels, target));
  return audit.result();
}

/** Gathers findings, and what could not be looked for. */
class Audit {
  readonly #findings: DesignFinding[] = [];
  readonly #checked = new Set<DesignCode>();
  readonly #needs = new Map<DesignCode, string>();

  look(code: DesignCode, needs: string | null, run: () => readonly DesignFinding[]): void {
    if (needs !== null) {
      this.#needs.set(code, [this.#needs.get(code), needs].filter((text) => text !== undefined).join(', or '));
      return;
    }
    this.#checked.add(code);
    this.#findings.push(...run());
  }

  result(): DesignAudit {
    const unchecked = [...this.#needs].filter(([code]) => !this.#checked.has(code)).map(([code, needs]) => ({ code, needs }));
    return { findings: this.#findings, checked: [...this.#checked], unchecked };
  }
}

interface Roles {
  readonly time: string | undefined;
  readonly customer: string | undefined;
  /** Columns that are no features. */
  readonly others: ReadonlySet<string>;
}

function rolesOf(view: ParsedTable, options: DesignOptions): Roles {
  const { target, duration, entry, joinedAt, endedAt, folds, weights, knownAt = {} } = options;
  const time = options.time ?? (view.names.includes('asOf') && view.source('asOf').kind === 'date' ? 'asOf' : undefined);
  const ids = view.names.filter((name) => view.source(name).kind === 'id');
  const customer = options.customer ?? (ids.length === 1 ? ids[0] : undefined);
  const others = new Set([target, time, customer, duration, entry, joinedAt, endedAt, folds, weights, ...Object.values(knownAt)].filter((name) => typeof name === 'string'));
  return { time, customer, others };
}

type Features = readonly (readonly [string, Column])[];

function checkOutcome(audit: Audit, view: ParsedTable, { knownAt = {} }: DesignOptions, { labels, features, threshold, time }: { readonly labels: Int8Array; readonly features: Features; readonly threshold: number; readonly time: string | undefined }): void {
  const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const moments = time !== undefined && view.source(time).kind === 'date' ? datesOf(CALLER, view, time) : undefined;
  const labelled = features.map(([name, column]) => [name, takeColumn(column, rows)] as const);
  audit.look('POST_OUTCOME', null, () => outcomeFindings(labelled, Uint8Array.from(rows, (row) => labels[row]!), { threshold, ...(moments && { moments: Float64Array.from(rows, (row) => moments[row]!) }) }));
  const stamps = Object.entries(knownAt);
  if (stamps.length === 0) return;
  if (moments === undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs time as a column of dates to hold knownAt against`, { option: 'time' });
  audit.look('POST_OUTCOME', null, () => knownAtFindings(stamps.map(([feature, stamp]) => ({ feature, stamp, knownAt: datesOf(CALLER, view, stamp) })), moments));
}

function checkCopies(audit: Audit, view: ParsedTable, { labels, target, customer }: { readonly labels: Int8Array; readonly target: string; readonly customer: string | undefined }): void {
  const columns = view.names.filter((name) => name !== customer).map((name) => [name, view.source(name)] as const).filter(([, column]) => column.kind !== 'id');
  const found = copyFindings(columns, labels, target);
  for (const code of ['DUPLICATE_ROWS', 'RESAMPLED'] as const) audit.look(code, null, () => found.filter((finding) => finding.code === code));
}

function checkDurations(audit: Audit, view: ParsedTable, options: DesignOptions, { labels, features }: { readonly labels: Int8Array; readonly features: Features }): void {
  const { duration, entry, eventPeriod, joinedAt, endedAt } = options;
  const needsDates = joinedAt === undefined || endedAt === undefined;
  audit.look('LEFT_TRUNCATION', needsDates ? 'joinedAt and endedAt' : null, () => (entry === undefined ? lateEventFindings(datesOf(CALLER, view, joinedAt!), datesOf(CALLER, view, endedAt!), [joinedAt!, endedAt!]) : []));
  const rows = duration === undefined ? null : readSurvivalRows(CALLER, view, { duration, ...(entry !== undefined && { entry }) });
  audit.look('LEFT_TRUNCATION', rows === null ? 'duration' : null, () => (entry === undefined && (needsDates || eventPeriod !== undefined) ? truncationFindings(duration!, rows!.durations, eventPeriod) : []));
  audit.look('IMMORTAL_TIME', rows === null ? 'duration' : null, () => immortalFindings(features, { durations: rows!.durations, entries: rows!.entries, events: labels }, duration!));
}

function checkWindows(audit: Audit, view: ParsedTable, { horizon, observedUntil }: DesignOptions, { labels, time }: { readonly labels: Int8Array; readonly time: string | undefined }): void {
  const needs = time === undefined || horizon === undefined ? 'time and horizon' : null;
  audit.look('INCOMPLETE_HORIZON', needs, () => {
    const { moments, over, until } = readMoments(CALLER, view, { time: time!, horizon: horizon!, observedUntil });
    return until === undefined ? lastRateFindings([time!], moments, over, labels) : incompleteFindings([time!], over, labels, until);
  });
}

function checkFolds(audit: Audit, view: ParsedTable, { folds, horizon }: DesignOptions, { time, customer }: Roles): void {
  const cells = folds === undefined ? [] : cellsOf(view.source(folds));
  audit.look('CUSTOMER_IN_FOLDS', folds === undefined || customer === undefined ? 'folds and customer' : null, () => customerFindings(cellsOf(view.source(customer!)), cells, [customer!, folds!]));
  audit.look('OVERLAPPING_WINDOWS', folds === undefined || time === undefined || horizon === undefined ? 'folds, time and horizon' : null, () => {
    const { moments, over } = readMoments(CALLER, view, { time: time!, horizon: horizon!, observedUntil: undefined });
    return overlapFindings(moments, over, cells, [time!, folds!]);
  });
}
