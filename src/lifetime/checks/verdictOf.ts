import type { BuyingFit, BuyingWarning } from '../buying/buyingState.js';
import type { BacktestPart, BacktestReason, BacktestVerdict, IntervalCoverage, NaiveForecast } from './backtestTypes.js';

/** What a verdict rests on. */
export interface Evidence {
  readonly purchases: BacktestPart;
  readonly spend: BacktestPart | undefined;
  readonly coverage: readonly IntervalCoverage[];
  readonly naive: readonly NaiveForecast[];
  readonly fit: BuyingFit | null;
}

/** Two-sided at 5 %. */
const SURPRISE = 1.959963984540054;

/** Fewer purchases than this, found or forecast, tell nothing. */
const ENOUGH = 20;

/** Whether to believe the model, with the reasons not to. */
export function verdictOf({ purchases, spend, coverage, naive, fit }: Evidence): BacktestVerdict {
  const { actual, expected } = purchases.total;
  if (Math.max(actual, expected) < ENOUGH) {
    return { outcome: 'undecided', reasons: [{ code: 'TOO_FEW_PURCHASES', message: `${actual} purchases in the holdout, and ${expected.toFixed(1)} forecast, tell nothing; take a longer holdout or more customers` }] };
  }
  const reasons = [...fitReasons(fit), ...biasReasons('BIASED', 'purchases', purchases), ...biasReasons('VALUE_BIASED', 'spend', spend), ...coverageReasons(coverage), ...rankReasons(purchases), ...naiveReasons(purchases, naive)];
  return { outcome: reasons.length === 0 ? 'believable' : 'doubtful', reasons };
}

function fitReasons(fit: BuyingFit | null): BacktestReason[] {
  const isDoubt = (warning: BuyingWarning): warning is BuyingWarning & BacktestReason => warning.code !== 'DROPOUT_NOT_NEEDED' && warning.code !== 'REGULARITY_AT_BOUND';
  return (fit?.warnings ?? []).filter(isDoubt).map(({ code, message }) => ({ code, message }));
}

function biasReasons(code: 'BIASED' | 'VALUE_BIASED', what: string, part: BacktestPart | undefined): BacktestReason[] {
  if (part === undefined) return [];
  const { z, relativeBias, bias } = part.total;
  if (!(Math.abs(z) > SURPRISE)) return [];
  const size = Number.isFinite(relativeBias) ? `${Math.abs(100 * relativeBias).toFixed(1)} %` : Math.abs(bias).toFixed(1);
  return [{ code, message: `the forecast of ${what} is ${size} too ${bias > 0 ? 'high' : 'low'} in all, ${Math.abs(z).toFixed(1)} standard errors: more than chance explains; look for a trend, a season or a campaign in either period` }];
}

function coverageReasons(coverage: readonly IntervalCoverage[]): BacktestReason[] {
  const narrow = coverage.find(({ confidence, covered, standardError }) => covered < confidence - Math.max(0.02, SURPRISE * standardError));
  if (narrow === undefined) return [];
  const [said, found] = [100 * narrow.confidence, 100 * narrow.covered];
  return [{ code: 'INTERVALS_TOO_NARROW', message: `intervals at ${said.toFixed(0)} % hold ${found.toFixed(1)} % of the customers: customers differ more, or change more, than the model knows` }];
}

function rankReasons({ errors }: BacktestPart): BacktestReason[] {
  return errors.gini <= 0 ? [{ code: 'RANKS_AS_CHANCE', message: 'customers with higher forecasts bought no more than others' }] : [];
}

function naiveReasons({ errors }: BacktestPart, naive: readonly NaiveForecast[]): BacktestReason[] {
  const best = naive.reduce((least, other) => (other.errors.rmse < least.errors.rmse ? other : least));
  if (!(best.errors.rmse < errors.rmse)) return [];
  return [{ code: 'WORSE_THAN_NAIVE', message: `the forecast without a model '${best.name}' is nearer: root mean squared error ${best.errors.rmse.toFixed(3)} against ${errors.rmse.toFixed(3)}; prefer it, or another model` }];
}
