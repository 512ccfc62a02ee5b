import type { CustomerValues } from '../../data/customerValues.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { CONTRAST_OPTIONS, contrastRows, readContrastPlan, type PathContrastOptions, type PathContrasts } from './contrastOptions.js';
import type { PathContrast } from './judgePaths.js';
import { windowRows } from './windowRows.js';

/**
 * Tells two groups of customers apart by the paths they went: which paths those with the label have more often, or less, than those without, and by how much.
 *
 * For journeys with a label of their own (bought or not in this session, good or bad payer); for what leads to a dated outcome take `pathsTo`, which looks only
 * at what came before it. Paths are chosen by how many of both groups have them, counted in each, and compared among journeys of an equal number of steps
 * (long journeys hold more of everything); a path is reported when it tells more than each of its parts. Exact tests, `O(paths × customers)` after the mining.
 *
 * @param source - an `EventLog` or `Journeys` without weights
 * @param labels - 1 or true, 0 or false, `NaN` for not known (left out): by customer, or one per journey in their order
 * @param options - which paths, which strata; see {@link PathContrastOptions}
 * @returns the paths, strongest evidence first
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `INVALID_VALUE` for other labels, `INVALID_OPTION`, `INVALID_INPUT`, `DUPLICATE_ID`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const sessions = Journeys.fromLists([['view', 'add', 'pay'], ['view', 'add'], ['view', 'add'], ['view'], ['view', 'leave'], ['leave']]);
 * const { paths } = contrastPaths(sessions, [1, 1, 1, 0, 0, 0], { minCount: 2, strata: 'none' });
 * paths[0].steps; // => [['add']]
 * paths[0].fisherP; // => 0.1
 * ```
 */
export function contrastPaths(source: JourneySource, labels: CustomerValues | ArrayLike<number | boolean>, options: PathContrastOptions = {}): PathContrasts {
  requireKnownOptions('contrastPaths', options, CONTRAST_OPTIONS);
  const plan = readContrastPlan('contrastPaths', options);
  const journeys = requireUnweighted('contrastPaths', readJourneys('contrastPaths', source));
  const values = readLabels(journeys, labels);
  const known: number[] = [];
  values.forEach((value, c) => value === value && known.push(c));
  const { offsets, itemLevels } = journeys;
  const rows = known.length === values.length ? journeys : windowRows(journeys, { from: known.map((c) => offsets[c]!), until: known.map((c) => offsets[c + 1]!) }, new Uint8Array(itemLevels.length));
  return contrastRows('contrastPaths', rows, Uint8Array.from(known, (c) => values[c]!), plan, (judged): PathContrast => judged);
}

/** Journeys that count one each: the tests count customers. */
export function requireUnweighted<Columns extends JourneyColumns>(caller: string, journeys: Columns): Columns {
  if (journeys.weights === null) return journeys;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs journeys without weights: its tests count customers; make the journeys without weights`, { function: caller });
}

function readLabels({ customers }: JourneyColumns, labels: CustomerValues | ArrayLike<number | boolean>): Float64Array {
  const given = labels as CustomerValues | ArrayLike<number | boolean> | undefined | null;
  const isList = typeof given === 'object' && given !== null && ('customers' in given || typeof given.length === 'number');
  if (!isList) throw new ClientelaError('INVALID_INPUT', `contrastPaths needs one label per customer, 1 or 0, found ${describeValue(given)}`, { function: 'contrastPaths' });
  let found: ArrayLike<number | boolean>;
  if ('customers' in given) {
    const valueOf = valuesById('contrastPaths labels', given.customers, given.values);
    found = customers.map((customer) => valueOf.get(String(customer)) ?? NaN);
  } else found = given;
  if (found.length !== customers.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `contrastPaths needs one label per journey, found ${found.length} labels for ${customers.length} journeys; give { customers, values } to match by customer`, { option: 'labels' });
  }
  return Float64Array.from(found, (label, row) => {
    const value = typeof label === 'boolean' ? Number(label) : label;
    if (value === 0 || value === 1 || Number.isNaN(value)) return value;
    throw new ClientelaError('INVALID_VALUE', `contrastPaths needs labels 1 and 0, or true and false, found ${describeValue(label)} at ${row}; NaN leaves a journey out`, { row });
  });
}
