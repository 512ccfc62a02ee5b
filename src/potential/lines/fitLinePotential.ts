import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { parseTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import { fitMarketPotential } from '../door/fitMarketPotential.js';
import type { MarketPotentialState } from '../door/marketPotentialState.js';
import type { MarketPotentialOptions } from '../door/marketPotentialOptions.js';
import { requireLineNames, substituteGroups } from './lineNames.js';
import { LinePotential } from './linePotential.js';
import type { SummedPotential } from './linePotentialState.js';
import { withOneSpend } from './summedColumns.js';

/** Which lines, and how their potentials are learnt. */
export interface LinePotentialOptions<Names extends string = string> extends Omit<MarketPotentialOptions<Names>, 'spend' | 'onProgress'> {
  /** The column of the spend in each line, by the name of the line. */
  readonly lines: Readonly<Record<string, Names>>;
  /** Whether the total of all lines is estimated by itself as well, and the lines are made to add up to it. @defaultValue true */
  readonly total?: boolean;
  /** Groups of lines that share one wallet, as what one takes the other cannot: it is estimated of their sum, and counted once. @defaultValue none */
  readonly substitutes?: readonly (readonly string[])[];
  /** A column of wallets known of a sample, of all lines together; blank where nobody knows. @defaultValue none */
  readonly knownWallets?: Names;
}

const OPTIONS = ['lines', 'total', 'substitutes', 'features', 'customer', 'weights', 'estimators', 'quantile', 'shareDrivers', 'knownWallets', 'zeros', 'peers', 'groups', 'folds', 'seed', 'confidence'];
const CALLER = 'fitLinePotential';

/**
 * What customers could bring in each of several product lines and in all, without counting anything twice.
 *
 * One `fitMarketPotential` for each line, one for each group of substitutes (of their sum) and one for the total; the spends of the other lines are no
 * features. What they say of a customer is then reconciled: see {@link LinePotential.predict}. Costs as many fits.
 *
 * @param data - one row a customer, with what it spends in each line; 0: nothing, blank: not known
 * @param options - `lines` at least; the others as for `fitMarketPotential`, no peers being kept unless asked for
 * @returns the model
 * @throws a {@link ClientelaError} as `fitMarketPotential`, `DUPLICATE_COLUMN` for a column given to two lines
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * const random = createRandom(1);
 * const customers = Array.from({ length: 200 }, () => {
 *   const size = 1 + random.integer(5);
 *   const spend = (): number => 100 * size * Math.exp(0.3 * random.normal() - Math.abs(0.7 * random.normal()));
 *   return { size, food: spend(), drinks: random.uniform() < 0.3 ? 0 : spend() };
 * });
 * const model = fitLinePotential(customers, { lines: { food: 'food', drinks: 'drinks' }, estimators: ['halfNormal'] });
 * const { perLine, adjustments } = model.predict(customers);
 * perLine[1]!.potential.every((amount, i) => amount >= customers[i]!.drinks); // => true
 * adjustments.map(({ name }) => name); // => ['food', 'drinks', 'total']
 * ```
 */
export function fitLinePotential<Data extends TableOf<Data>>(data: Data, options: LinePotentialOptions<ColumnNameOf<Data>>): LinePotential {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { lines: given, total = true, substitutes = [], knownWallets, features, ...rest } = options as LinePotentialOptions;
  if (typeof total !== 'boolean') throw new ClientelaError('INVALID_OPTION', `${CALLER} needs total as true or false, found ${describeValue(total)}`, { option: 'total' });
  if (knownWallets !== undefined && !total) throw new ClientelaError('INVALID_OPTION', `${CALLER} learns known wallets of the total only, found knownWallets with total: false; leave one of them out`, { option: 'knownWallets' });
  const view = parseTable(CALLER, data);
  const lines = Object.keys(Object(given) as object);
  requireLineNames(CALLER, lines);
  const spends = lines.map((line) => spendOf(given, line, view.names, view.rowCount));
  requireApart(lines, spends, features);
  const fit = (spend: string, members: readonly number[], wallets?: string): MarketPotentialState => {
    const table = withOneSpend(CALLER, view, wallets === undefined && knownWallets !== undefined ? [...spends, knownWallets] : spends, spend, members.map((line) => spends[line]!));
    const learnt = { peers: 0, ...rest, ...(features && { features }), spend };
    if (wallets !== undefined) return fitMarketPotential(table, { ...learnt, knownWallets: wallets }).toJSON();
    // Wallets are known of the total only: where nothing else was asked for, a line takes what fits.
    const { estimators, ...others } = learnt;
    const own = Array.isArray(estimators) ? estimators.filter((name) => name !== 'known' || knownWallets === undefined) : estimators;
    return fitMarketPotential(table, { ...others, ...(own !== undefined && own.length > 0 && { estimators: own }) }).toJSON();
  };
  const sumOf = (members: readonly number[], wallets?: string): SummedPotential => {
    const spend = `(${members.map((line) => lines[line]).join(' + ')})`;
    return { spend, members, model: fit(spend, members, wallets) };
  };
  return new LinePotential({
    format: 'LinePotential',
    formatVersion: 1,
    lines,
    models: spends.map((spend, line) => fit(spend, [line])),
    groups: substituteGroups(CALLER, lines, substitutes).map((members) => sumOf(members)),
    total: total ? sumOf(lines.map((_, line) => line), knownWallets) : null,
  });
}

function spendOf(lines: Readonly<Record<string, string>>, line: string, names: readonly string[], rowCount: number): string {
  const spend = lines[line];
  if (typeof spend !== 'string') throw new ClientelaError('INVALID_OPTION', `${CALLER} needs the name of a column for each line, found ${describeValue(spend)} for line "${line}"`, { option: 'lines', line });
  if (rowCount > 0 && !names.includes(spend)) throw unknownColumn(CALLER, spend, names);
  return spend;
}

function requireApart(lines: readonly string[], spends: readonly string[], features: readonly string[] | undefined): void {
  spends.forEach((column, i) => {
    const first = spends.indexOf(column);
    if (first < i) throw new ClientelaError('DUPLICATE_COLUMN', `${CALLER} found column "${column}" for lines "${lines[first]!}" and "${lines[i]!}"; give each line a column of its own`, { column });
    if (Array.isArray(features) && features.includes(column)) {
      throw new ClientelaError('INVALID_OPTION', `${CALLER} cannot use "${column}" as a feature: it is the spend in line "${lines[i]!}"; leave it out of features`, { column });
    }
  });
}
