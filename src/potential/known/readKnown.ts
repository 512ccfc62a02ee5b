import { numbersOf } from '../../data/replayColumn.js';
import { readRowNumbers } from '../../data/rowNumbers.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { knownAmounts } from './knownAmounts.js';
import type { KnownWalletSettings } from './knownWalletOptions.js';

/** What the data say of spend and wallet. */
export interface KnownRows {
  /** Of all rows; 0 where blank. */
  readonly spend: Float64Array;
  /** The rows with a known wallet above 0 and a weight above 0. */
  readonly rows: Uint32Array;
  /** One for each of those; the spend or more. */
  readonly wallet: Float64Array;
  /** One for each of those. */
  readonly weights: Float64Array;
  readonly outOfMarket: number;
  readonly raised: number;
}

/** Fewer known wallets than this tell nothing that a frontier does not tell better. */
const FEWEST = 30;

/** Reads spend, wallets and weights; refuses a wallet below the spend, and too few. */
export function readKnown(caller: string, view: ParsedTable, settings: KnownWalletSettings): KnownRows {
  const numbers = (name: string): Float64Array => numbersOf(caller, name, view.source(name));
  const spend = knownAmounts(caller, settings.spend, numbers(settings.spend));
  const given = numbers(settings.wallet);
  const amounts = knownAmounts(caller, settings.wallet, given);
  const weight = settings.weights === undefined ? null : knownAmounts(caller, 'weights', readRowNumbers(caller, 'weights', view, settings.weights));
  const rows: number[] = [];
  const wallet: number[] = [];
  let [outOfMarket, raised, spending] = [0, 0, 0];
  for (let row = 0; row < amounts.length; row++) {
    if (given[row] !== given[row] || weight?.[row] === 0) continue;
    // Sums of cents do not meet to the last bit.
    const isBelow = amounts[row]! < spend[row]! * (1 - 1e-9);
    if (isBelow && settings.belowSpend === 'refuse') throw belowSpend(caller, settings, row, amounts[row]!, spend[row]!);
    if (isBelow) raised++;
    const known = Math.max(amounts[row]!, spend[row]!);
    if (known === 0) outOfMarket++;
    else {
      rows.push(row);
      wallet.push(known);
      if (spend[row]! > 0) spending++;
    }
  }
  if (spending < FEWEST) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs at least ${FEWEST} customers who spend and whose wallet is known in column "${settings.wallet}", found ${spending}; ask more of them, or estimate wallets without (fitMarketPotential)`, {
      column: settings.wallet,
      found: spending,
    });
  }
  return { spend, rows: Uint32Array.from(rows), wallet: Float64Array.from(wallet), weights: Float64Array.from(rows, (row) => weight?.[row] ?? 1), outOfMarket, raised };
}

function belowSpend(caller: string, { spend, wallet }: KnownWalletSettings, row: number, known: number, spent: number): ClientelaError {
  const remedy = "correct it, leave it blank, or give belowSpend: 'raise'";
  return new ClientelaError('INVALID_VALUE', `${caller} needs every known wallet to be the spend or more, found ${known} in column "${wallet}" and ${spent} in column "${spend}", row ${row}; ${remedy}`, {
    column: wallet,
    row,
    value: known,
    spend: spent,
  });
}
