import { requireFinite, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { RfmMoney } from './rfm.js';

/**
 * Money as margin, for `monetary` of `rfm`: every amount times the margin rate of its item, summed up for each customer. A return takes
 * its margin back.
 *
 * @param rates - margin per unit of amount by item, so 0.3 for 30 %; negative where an item is sold at a loss
 * @param options - `otherwise`: the rate of items not named and of events without an item; refused where not given and needed
 * @returns what `monetary` takes
 * @throws a {@link ClientelaError} `INVALID_OPTION` for a rate that is no finite number; when it is used, `UNKNOWN_ID` for an item
 * without a rate, `INVALID_INPUT` for a log without amounts
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', day: '2026-06-01', what: 'phone', paid: 400 },
 *   { id: 'bob', day: '2026-06-02', what: 'cover', paid: 30 },
 * ], { customer: 'id', time: 'day', item: 'what', amount: 'paid' });
 * marginByItem({ phone: 0.05 }, { otherwise: 0.5 })(log, Date.parse('2026-06-30'), 'subtract'); // => [20, 15]
 * ```
 */
export function marginByItem(rates: Readonly<Record<string, number>>, options: { readonly otherwise?: number } = {}): RfmMoney {
  requireKnownOptions('marginByItem', options, ['otherwise']);
  for (const [item, rate] of Object.entries({ ...rates, ...options })) requireFinite('marginByItem', item, rate);
  const { otherwise } = options;
  return ({ offsets, times, items, itemLevels, amounts }, asOf, returns) => {
    if (!amounts) {
      throw new ClientelaError('INVALID_INPUT', 'marginByItem needs a log with amounts, found none; name the amount column of the log', { function: 'marginByItem' });
    }
    // One rate a level, and at the end that of no item at all.
    const rateOf = [...itemLevels, undefined].map((item) => (item !== undefined && Object.hasOwn(rates, item) ? rates[item] : otherwise));
    const margins = new Float64Array(offsets.length - 1);
    for (let c = 0; c < margins.length; c++) {
      for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < asOf; e++) {
        const amount = amounts[e]!;
        if (!amount || (amount < 0 && returns === 'ignore')) continue;
        const level = items ? items[e]! : -1;
        const rate = rateOf[level < 0 ? itemLevels.length : level];
        if (rate === undefined) {
          const item = level < 0 ? 'events without an item' : JSON.stringify(itemLevels[level]);
          throw new ClientelaError('UNKNOWN_ID', `marginByItem found no rate for ${item}; add it, or give otherwise`, { item: itemLevels[level] });
        }
        margins[c]! += amount * rate;
      }
    }
    return margins;
  };
}
