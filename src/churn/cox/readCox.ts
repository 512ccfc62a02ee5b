import type { EncodingTerm } from '../../data/encodingTerm.js';
import { learnTerms } from '../../data/learnTerms.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { designColumns, type DesignColumn } from '../../learners/logisticDesign.js';
import { readSurvivalRows, type SurvivalRows } from '../survivalRows.js';
import type { CoxColumns, CoxRegressionOptions } from './coxOptions.js';
import { mergeTimes } from './mergeTimes.js';
import { readStrata, type Strata } from './strata.js';

/** What a Cox fit reads of its data. */
export interface CoxData {
  readonly view: ParsedTable;
  readonly rows: SurvivalRows;
  readonly terms: readonly EncodingTerm[];
  readonly columns: readonly DesignColumn[];
  readonly strata: Strata | null;
}

/** Reads durations, features and strata of a table. */
export function readCox<Data extends TableOf<Data>>(caller: string, data: Data, options: CoxColumns<ColumnNameOf<Data>> & Pick<CoxRegressionOptions<ColumnNameOf<Data>>, 'standardErrors'>): CoxData {
  const view = parseTable(caller, data);
  const rows = mergeTimes(caller, readSurvivalRows(caller, view, options), options.tieTolerance ?? 0);
  requireEvents(caller, rows, options);
  const { features, minLevelCount, strata, duration, event, entry, weights, standardErrors } = options;
  const cluster = typeof standardErrors === 'object' ? standardErrors.cluster : undefined;
  const terms = learnTerms(caller, view, {
    exclude: [duration, event, entry, weights, strata, cluster].filter((name) => typeof name === 'string'),
    ...(features && { features }),
    ...(rows.weights && { weights: rows.weights }),
    ...(minLevelCount !== undefined && { minLevelCount }),
  });
  return { view, rows, terms, columns: designColumns(caller, terms, view, rows.weights !== null), strata: strata === undefined ? null : readStrata(caller, view, strata) };
}

function requireEvents(caller: string, { events, weights }: SurvivalRows, { event }: CoxColumns): void {
  for (let row = 0; row < events.length; row++) if (events[row] === 1 && weights?.[row] !== 0) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some rows that ended with the event, found none${event === undefined ? '' : ` in column "${event}"`}; observe for longer, or name another eventValue`, { function: caller, column: event });
}
