import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { readLevels } from '../curves/readGroups.js';

/** Which columns say how long each row was observed, and which of several events ended that. */
export interface CauseColumns<Names extends string = string> {
  /** The column of durations: when the first event came or observation ended; 0 or more, in any one unit of time. */
  readonly duration: Names;
  /** The column that says what ended each: left, upgraded, deceased. */
  readonly cause: Names;
  /**
   * The value of `cause` that is no event: observation ended. null: every row ended with an event. @defaultValue missing cells, 0, '' and false; refused where no row has
   * any of these, since then a word for censored rows would be taken for a cause
   */
  readonly censored?: TargetValue | null;
}

/** The options of {@link CauseColumns}. */
export const CAUSE_COLUMNS: readonly string[] = ['duration', 'cause', 'censored'];

/** {@link CauseColumns} of rows that may enter late and have weights. */
export interface WeightedCauseColumns<Names extends string = string> extends CauseColumns<Names> {
  /** The column of the times from which each row was observed: it is at risk after its entry, up to and with its duration. @defaultValue 0 */
  readonly entry?: Names;
  /** One weight a row; of 0 it is no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
}

/** What ended each row. */
export interface RowCauses {
  /** By size of the number, or by code unit. */
  readonly causes: readonly TargetValue[];
  /** Per row, 0 where nothing did, or the place of its cause from 1. */
  readonly codes: Int32Array;
}

/** Reads what ended each row, and refuses a reading that somebody could not have meant. */
export function readCauses(caller: string, view: TableView, { cause, censored }: CauseColumns): RowCauses {
  const { levels, codes } = readLevels(caller, view, 'cause', cause);
  const details = { function: caller, column: cause };
  const listed = levels.slice(0, 6).map(describeValue).join(', ');
  const isQuiet = (level: TargetValue): boolean => (censored === undefined ? level === 0 || level === '' || level === false : censored !== null && String(level) === String(censored));
  const missing = codes.indexOf(-1);
  if (censored !== undefined && missing >= 0) {
    throw new ClientelaError('MISSING_VALUE', `${caller} needs to know what ended every row, found nothing in column "${cause}", row ${missing}; leave out such rows, or leave out the option censored: missing then means censored`, { ...details, row: missing });
  }
  if (censored !== undefined && censored !== null && !levels.some(isQuiet)) {
    throw new ClientelaError('TARGET_CLASSES', `${caller} found no row where "${cause}" is ${describeValue(censored)}; its values are ${listed}; say censored: null if every row ended with an event`, details);
  }
  if (censored === undefined && missing < 0 && !levels.some(isQuiet)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs to know which rows ended without an event, found ${listed} in column "${cause}", and none missing, 0, '' or false; name that value in censored, or say censored: null if every row ended with an event`, { ...details, option: 'censored' });
  }
  const causes = levels.filter((level) => !isQuiet(level));
  if (causes.length === 0) throw new ClientelaError('TARGET_CLASSES', `${caller} needs rows that ended with an event, found none in column "${cause}"`, details);
  let count = 0;
  const places = levels.map((level) => (isQuiet(level) ? 0 : ++count));
  return { causes, codes: codes.map((code) => (code < 0 ? 0 : places[code]!)) };
}
