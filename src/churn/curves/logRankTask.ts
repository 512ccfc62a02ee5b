import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { readTable, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { readSurvivalRows, SURVIVAL_COLUMNS, type SurvivalColumns, type SurvivalRows } from '../survivalRows.js';
import type { LogRankWeighting } from './logRankSums.js';
import { readGroups, rowsOfGroups, type RowGroups } from './readGroups.js';

/** What to compare, and how. */
export interface LogRankOptions<Names extends string = string> extends SurvivalColumns<Names> {
  /** The column of groups to compare. */
  readonly by: Names;
  /** A column within each of whose values the groups are compared, as if matched on it: sales channel, year of joining. @defaultValue none */
  readonly strata?: Names;
  /**
   * Which times count more: all the same (`'logRank'`: best where one group leaves at a fixed multiple of the rate of another), early ones by those at risk (`'wilcoxon'`, of
   * Gehan and Breslow), by the root of it (`'taroneWare'`), by the share still without the event (`'peto'`), or S^rho (1 - S)^gamma (Fleming and Harrington):
   * `{ gamma: 1 }` for late differences. Decide before looking. @defaultValue 'logRank'
   */
  readonly weighting?: LogRankWeighting;
}

/** The rows of a comparison. */
export interface LogRankTask {
  readonly levels: readonly TargetValue[];
  readonly codes: Int32Array;
  readonly rows: SurvivalRows;
  /** The places of the rows of each stratum; null for one of all. */
  readonly strata: readonly Uint32Array[] | null;
  readonly weighting: LogRankWeighting;
}

/** Reads and checks what a log-rank test compares. */
export function readLogRank<Data extends TableOf<Data>>(caller: string, data: Data, options: LogRankOptions, ...own: readonly string[]): LogRankTask {
  requireKnownOptions(caller, options, [...SURVIVAL_COLUMNS, 'by', 'strata', 'weighting', ...own]);
  const { by, strata, weighting = 'logRank' } = options;
  requireWeighting(caller, weighting);
  const view = readTable(caller, data);
  const rows = readSurvivalRows(caller, view, options);
  const fraction = rows.weights?.findIndex((weight) => !Number.isInteger(weight)) ?? -1;
  if (fraction >= 0) {
    throw new ClientelaError('INVALID_VALUE', `${caller} needs whole weights, which repeat rows, found ${rows.weights![fraction]} in row ${fraction}; for weights against selection use a Cox regression with robust standard errors`, { function: caller, row: fraction });
  }
  const { levels, codes } = weightedGroups(readGroups(caller, view, 'by', by), rows.weights);
  if (levels.length < 2) throw new ClientelaError('INVALID_OPTION', `${caller} needs at least two groups to compare, found one in column "${by}": ${describeValue(levels[0])}`, { function: caller, column: by });
  return { levels, codes, rows, strata: strata === undefined ? null : rowsOfGroups(readGroups(caller, view, 'strata', strata)), weighting };
}

/** The groups that have some weight: another would be none, but count among those compared. Rows of no weight may be of any. */
function weightedGroups({ levels, codes }: RowGroups, weights: Float64Array | null): RowGroups {
  if (weights === null) return { levels, codes };
  const sizes = new Float64Array(levels.length);
  codes.forEach((code, row) => (sizes[code]! += weights[row]!));
  let count = 0;
  const places = Int32Array.from(sizes, (size) => (size > 0 ? count++ : 0));
  return { levels: levels.filter((_, code) => sizes[code]! > 0), codes: codes.map((code) => places[code]!) };
}

function requireWeighting(caller: string, weighting: unknown): void {
  if (typeof weighting !== 'object' || weighting === null) {
    requireChoice(caller, 'weighting', weighting, ['logRank', 'wilcoxon', 'taroneWare', 'peto']);
    return;
  }
  requireKnownOptions(caller, weighting, ['rho', 'gamma']);
  for (const [name, value] of Object.entries(weighting)) {
    if (!(Number(value) >= 0 && Number(value) < Infinity)) throw new ClientelaError('INVALID_OPTION', `${caller} needs weighting.${name} as a number of 0 or more, found ${describeValue(value)}`, { function: caller, option: 'weighting' });
  }
}
