import { requireFinite, requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import { incompleteBeta } from '../numeric/incompleteBeta.js';
import type { ChurnProfitOptions, CreditProfitOptions } from './expectedMaximumProfit.js';

/** Profit of a depth = g x gain x events - eventCost x events - otherCost x others, linear in the uncertain g of [0, 1] with this law. */
export interface ProfitLaw {
  readonly gain: number;
  readonly eventCost: number;
  readonly otherCost: number;
  readonly mean: number;
  /** Probability that g is at most x. */
  readonly probability: (x: number) => number;
  /** Mean of g where it is at most x, 0 elsewhere. */
  readonly moment: (x: number) => number;
}

const CALLER = 'expectedMaximumProfit';

/** The law of the purpose asked for, its amounts checked. */
export function profitLawOf(options: ChurnProfitOptions | CreditProfitOptions): ProfitLaw {
  const purpose: unknown = (options as { readonly purpose?: unknown } | null | undefined)?.purpose;
  if (purpose === 'churn') return churnLaw(options as ChurnProfitOptions);
  if (purpose === 'credit') return creditLaw(options as CreditProfitOptions);
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs purpose as one of churn, credit, found ${String(purpose)}`, { option: 'purpose', value: purpose });
}

function churnLaw(options: ChurnProfitOptions): ProfitLaw {
  requireKnownOptions(CALLER, options, ['purpose', 'alpha', 'beta', 'customerValue', 'incentiveCost', 'contactCost', 'weights']);
  const alpha = requireAbove('alpha', options.alpha ?? 6);
  const beta = requireAbove('beta', options.beta ?? 14);
  const incentiveCost = requireNotNegative('incentiveCost', options.incentiveCost ?? 10);
  const contactCost = requireNotNegative('contactCost', options.contactCost ?? 1);
  const gain = requireFinite(CALLER, 'customerValue', options.customerValue ?? 200) - incentiveCost;
  if (gain <= 0) throw refused('customerValue', options.customerValue, `above the incentiveCost of ${incentiveCost}: nobody is worth keeping otherwise`);
  const mean = alpha / (alpha + beta);
  return {
    gain,
    eventCost: contactCost,
    otherCost: incentiveCost + contactCost,
    mean,
    probability: (x) => incompleteBeta(x, alpha, beta),
    moment: (x) => mean * incompleteBeta(x, alpha + 1, beta),
  };
}

function creditLaw(options: CreditProfitOptions): ProfitLaw {
  requireKnownOptions(CALLER, options, ['purpose', 'fullRecovery', 'fullLoss', 'returnOnInvestment', 'weights']);
  const none = requireNotNegative('fullRecovery', options.fullRecovery ?? 0.55);
  const all = requireNotNegative('fullLoss', options.fullLoss ?? 0.1);
  const between = 1 - none - all;
  if (between < 0) throw refused('fullLoss', all, `at most 1 - fullRecovery = ${1 - none}`);
  return {
    gain: 1,
    eventCost: 0,
    otherCost: requireNotNegative('returnOnInvestment', options.returnOnInvestment ?? 0.2644),
    mean: all + between / 2,
    probability: (x) => (x < 1 ? none + between * x : 1),
    moment: (x) => (between * x * x) / 2 + (x < 1 ? 0 : all),
  };
}

function requireAbove(option: string, value: number): number {
  if (requireFinite(CALLER, option, value) > 0) return value;
  throw refused(option, value, 'above 0');
}

function requireNotNegative(option: string, value: number): number {
  if (requireFinite(CALLER, option, value) >= 0) return value;
  throw refused(option, value, 'from 0 up');
}

function refused(option: string, value: number | undefined, rule: string): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${rule}, found ${String(value)}`, { option, value });
}
