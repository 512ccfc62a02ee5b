import type { TableView } from '../../data/table.js';
import type { WalletEstimator } from '../wallets/walletEstimator.js';
import type { CustomerPotentials } from '../customerPotentials.js';

/**
 * How easily customers like each one come by a part of its headroom. Who spends: (1 - F(S + step * headroom | x)) / (1 - F(S | x)); who does not:
 * participation * (1 - F(step * wallet | x)); F the law of spend among spenders of that profile.
 */
export function attainabilityOf(caller: string, law: WalletEstimator, view: TableView, { present, wallet, headroom, participation }: CustomerPotentials, step: number): Float64Array {
  const aim = present.map((spend, row) => (spend > 0 ? spend + step * headroom[row]! : step * wallet[row]!));
  const reached = law.logSurvival(caller, view, present);
  return law.logSurvival(caller, view, aim).map((far, row) => {
    // Where not even the present spend has any weight left, the nearest end of the law says no more than that nobody goes beyond.
    const here = reached[row]!;
    const odds = here === -Infinity ? Number(aim[row] === present[row]) : Math.exp(Math.min(0, far - here));
    return participation[row]! * odds;
  });
}
