import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { readTable, type ColumnNameOf, type TableInput, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { twoSidedNormalP } from '../../numeric/normal.js';
import { chooseAlarm, judgeAlarm, type Alarm } from './alarm.js';
import { leadFigures, type WarningLead } from './leadFigures.js';
import { stratifiedAuc } from './stratifiedAuc.js';
import { comparison, featuresOf, numbers, rolesOf } from './warningRows.js';

/** What may warn, of what, and how it is judged. */
export interface EarlyWarningsOptions<Names extends string = string> {
  /** The column that says who left afterwards; rows where it is missing are left out. */
  readonly target: Names;
  /** The value of it that is leaving. @defaultValue 1 of 0 and 1, true, or the later of two levels (`yes` of `no` and `yes`) */
  readonly positive?: TargetValue;
  /** The columns that may warn: numbers and booleans. @defaultValue all numbers and booleans but those named in other options */
  readonly features?: readonly Names[];
  /** Columns within whose values customers are compared, such as the moment of the snapshot: so that a season, or how long a customer has been known, does not pass for a warning. @defaultValue `asOf`, where there is such a column */
  readonly within?: readonly Names[];
  /** The column that says which rows are of one customer. @defaultValue `customer`, or the only column of kind `id`; without either each row is a customer */
  readonly customer?: Names;
  /** The column of the days from the row until the customer left, missing for those not seen to leave, to tell how long before a warning shows. @defaultValue none */
  readonly daysUntil?: Names;
  /** The ends of the spans of days before leaving in which that is told, ascending. @defaultValue 30, 60, 90 and 180 */
  readonly leads?: readonly number[];
  /** At most this share of the rows may raise an alarm, in (0, 0.5]. @defaultValue 0.1 */
  readonly alarmShare?: number;
  /** Which share of the warnings named may be chance finds. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** Of the intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
  /** Which customers choose the threshold and which judge it, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** A behaviour that comes before leaving. */
export interface EarlyWarning {
  /** The column. */
  readonly feature: string;
  /** Whether leaving follows high values of it, or low ones. */
  readonly direction: 'high' | 'low';
  /** The probability that of two customers compared the one who left had the higher value (the lower one, by direction): .5 is chance. */
  readonly auc: Estimate;
  /** Two-sided p-value of no difference, which holds where a customer has several rows. */
  readonly p: number;
  /** p corrected for all columns looked at (Benjamini and Hochberg, 1995). */
  readonly q: number;
  /** The alarm: from which value on, and what it is worth on customers who did not choose it; null where no value sets apart a part small enough. */
  readonly alarm: Alarm | null;
  /** How well it tells who leaves in each span of days before leaving, the nearest first; empty without `daysUntil`. */
  readonly leads: readonly WarningLead[];
}

/** What {@link earlyWarnings} returns. */
export interface EarlyWarnings {
  /** Rows with a known target. */
  readonly rows: number;
  /** The share of them that left. */
  readonly baseRate: number;
  /** How many columns were looked at. */
  readonly tested: number;
  /** Those that hold beyond chance, the strongest first. */
  readonly warnings: readonly EarlyWarning[];
}

const CALLER = 'earlyWarnings';
const OPTIONS: readonly string[] = ['target', 'positive', 'features', 'within', 'customer', 'daysUntil', 'leads', 'alarmShare', 'falseDiscoveryRate', 'confidence', 'seed'];

/**
 * Which behaviour warns of leaving, how surely, from which value on, and how long before.
 *
 * Each column is judged by the AUC among customers compared at the same moment (strata of `within`), with an error that holds for several rows of one customer; all columns together are corrected for their
 * number. The alarm is the value from which on leaving is most in excess, chosen on half of the customers and judged on the others, so that its precision and lift are not flattered. Compared are
 * associations: that a silence comes before leaving does not say that breaking it keeps anybody; whom a contact keeps an uplift says. O(columns × rows log rows).
 *
 * @param data - a Frame, rows or columns: one row a customer and moment, such as `warningFeatures` or `churnSnapshots` with a label
 * @param options - the target, and what is compared; see {@link EarlyWarningsOptions}
 * @returns the warnings, those that tell most first; none is a normal answer
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const rows = Array.from({ length: 600 }, (_, i) => ({ customer: i, silence: (i * 7) % 30, shoe: (i * 11) % 9, left: (i * 7) % 30 > 24 ? i % 3 > 0 : i % 17 === 0 }));
 * const { warnings } = earlyWarnings(rows, { target: 'left', alarmShare: 0.2 });
 * warnings.map(({ feature, direction }) => `${direction} ${feature}`); // => ['high silence']
 * warnings[0]?.alarm?.threshold; // => 25
 * ```
 */
export function earlyWarnings<Data extends TableOf<Data>>(data: Data, options: EarlyWarningsOptions<ColumnNameOf<Data>>): EarlyWarnings {
  const settings = readOptions(options);
  const view = readTable(CALLER, data as TableInput);
  const { labels } = readBinaryTarget(CALLER, view, options.target, options.positive);
  const known = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const roles = rolesOf(view, options);
  const task = { ...comparison(view, roles), labels: Uint8Array.from(labels, (label) => Math.max(0, label)) };
  const days = options.daysUntil === undefined ? null : numbers(view, options.daysUntil);
  const found = featuresOf(view, options as EarlyWarningsOptions, roles).flatMap((feature): Omit<EarlyWarning, 'q'>[] => {
    const values = numbers(view, feature);
    const { estimate, error } = stratifiedAuc(values, known, task);
    // A column that is the same for all compared tells nothing.
    if (!(error > 0)) return [];
    const direction = estimate >= 0.5 ? 'high' : 'low';
    const toward = direction === 'high' ? values : values.map((value) => -value);
    const auc = Math.max(estimate, 1 - estimate);
    const margin = settings.z * error;
    const alarm = chooseAlarm(toward, known, task, settings);
    return [{
      feature,
      direction,
      auc: { estimate: auc, lower: Math.max(0, auc - margin), upper: Math.min(1, auc + margin) },
      p: twoSidedNormalP((estimate - 0.5) / error),
      alarm: alarm === null ? null : judgeAlarm(alarm, toward, direction, task, settings),
      leads: days === null ? [] : leadFigures(toward, days, known, task, settings),
    }];
  });
  const q = falseDiscoveryQ(Float64Array.from(found, ({ p }) => p));
  return {
    rows: known.length,
    baseRate: known.reduce((sum, row) => sum + labels[row]!, 0) / known.length,
    tested: found.length,
    warnings: found.map((warning, i) => ({ ...warning, q: q[i]! })).filter((warning) => warning.q <= settings.falseDiscoveryRate).sort((a, b) => b.auc.estimate - a.auc.estimate),
  };
}

function readOptions(options: EarlyWarningsOptions): { readonly z: number; readonly seed: number; readonly alarmShare: number; readonly falseDiscoveryRate: number; readonly leads: readonly number[] } {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { alarmShare = 0.1, falseDiscoveryRate = 0.05, confidence = 0.95, seed = 1, leads = [30, 60, 90, 180] } = options;
  if (!(alarmShare > 0 && alarmShare <= 0.5)) throw outside('alarmShare', 'above 0 and at most 0.5', alarmShare);
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) throw outside('falseDiscoveryRate', 'between 0 and 1', falseDiscoveryRate);
  const rises = Array.isArray(leads) && leads.length > 0 && leads.every((end, k) => Number.isFinite(end) && end > (k === 0 ? 0 : leads[k - 1]!));
  if (!rises) throw outside('leads', 'as ascending numbers of days above 0', leads);
  return { z: normalMultiplier(CALLER, confidence), seed, alarmShare, falseDiscoveryRate, leads };
}

function outside(option: string, needs: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${needs}, found ${describeValue(value)}`, { function: CALLER, option, value });
}
