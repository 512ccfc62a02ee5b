import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { discountIn } from '../timeUnit.js';
import type { RetentionDiscount, RetentionModel } from './retentionModel.js';

/** Customers of today who have renewed as often. */
export interface CustomersByRenewals {
  /** Made so far, a whole number from 0. */
  readonly renewals: number;
  /** How many they are. */
  readonly customers: number;
}

/** What a constant retention rate makes of a customer base, beside what customers who differ make of it. */
export interface ConstantChurnComparison {
  /** The retention rate of the whole base at the next renewal, which a constant rate extrapolates for ever. */
  readonly retention: number;
  /** Payments still to expect of a customer on average, at their worth today, if all renewed at that rate for ever: r / (1 - r / (1 + d)). */
  readonly constantLifetime: number;
  /** The same by the model: the mean of {@link RetentionModel.residualLifetime} over the base. */
  readonly lifetime: number;
  /** By how much the constant rate is too low, as a share of `lifetime`; 1 where that is Infinity. */
  readonly understatement: number;
}

const CALLER = 'compareConstantChurn';

/**
 * By how much a constant churn rate undervalues a base of customers under contract (Fader and Hardie, 2010).
 *
 * The usual sum values everybody at the retention rate of the whole base. But those who are likely to leave leave first, so that retention rises from
 * renewal to renewal, and the base is worth more than that. O(groups).
 *
 * @param model - a model of renewals
 * @param base - who is there today, by the number of their renewals; at least one customer
 * @param options - see {@link RetentionDiscount}
 * @returns both values of an average customer, in payments
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { ShiftedBetaGeometric } from 'clientela/lifetime';
 * const model = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 1 });
 * const { retention, constantLifetime } = compareConstantChurn(model, [{ renewals: 0, customers: 100 }], { annualDiscountRate: 0 });
 * [retention, constantLifetime]; // => [0.5, 1]
 * ```
 */
export function compareConstantChurn(model: RetentionModel, base: readonly CustomersByRenewals[], options: RetentionDiscount = {}): ConstantChurnComparison {
  requireKnownOptions(CALLER, options, ['annualDiscountRate']);
  const worth = Math.exp(-discountIn(model.unit, CALLER, options.annualDiscountRate ?? 0));
  const isList: boolean = Array.isArray(base);
  if (!isList) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs the base as an array of { renewals, customers }, found ${describeValue(base)}`, { function: CALLER });
  let [customers, renewing, payments] = [0, 0, 0];
  base.forEach((group, row) => {
    const renewals = requireWhole(CALLER, 'renewals', group.renewals, 0);
    if (!(group.customers >= 0 && group.customers < Infinity)) {
      throw new ClientelaError('INVALID_VALUE', `${CALLER} needs customers as a count, found ${String(group.customers)} in row ${row}`, { function: CALLER, column: 'customers', row, value: group.customers });
    }
    if (group.customers === 0) return;
    customers += group.customers;
    renewing += group.customers * model.retention(renewals + 1);
    payments += group.customers * model.residualLifetime(renewals, options);
  });
  if (customers === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer, found none`, { function: CALLER });
  const retention = renewing / customers;
  const lifetime = payments / customers;
  const constantLifetime = retention / (1 - retention * worth);
  return { retention, constantLifetime, lifetime, understatement: lifetime === Infinity ? 1 : 1 - constantLifetime / lifetime };
}
