import { sortedOrder } from '../../numeric/sorting.js';
import type { KnownWalletBand, KnownWalletReport } from './knownWalletState.js';
import type { LearntBranch } from './learnBranch.js';
import type { KnownRows } from './readKnown.js';
import type { SelectionWeights } from './selectionWeights.js';

/** What the report is made of; `spending` and `idle` are places among the known. */
export interface ReportInputs {
  readonly known: KnownRows;
  readonly spend: Float64Array;
  readonly spending: Uint32Array;
  readonly idle: Uint32Array;
  readonly selection: SelectionWeights;
  readonly spenders: LearntBranch;
  readonly profile: LearntBranch;
  /** Whether the profile was learnt from customers without spend only. */
  readonly isIdle: boolean;
  readonly confidence: number;
}

const BANDS = 5;

/** Everything that learning tells about itself, plain. */
export function knownReport(inputs: ReportInputs): KnownWalletReport {
  const { known, spending, idle, selection, spenders, profile, isIdle } = inputs;
  const bands = bandsOf(inputs);
  const covered = weightedMean(Float64Array.from(spenders.covered), Float64Array.from(spending, (i) => selection.weights[i]!));
  return {
    known: spending.length,
    knownWithoutSpend: idle.length,
    outOfMarket: known.outOfMarket,
    raised: known.raised,
    chosen: spenders.trials[0]!,
    trials: spenders.trials,
    profileFrom: isIdle ? 'withoutSpend' : 'everybody',
    profile: profile.trials[0]!,
    coverage: covered,
    bands,
    balance: selection.balance.slice(0, 10),
    effectiveCustomers: selection.effectiveCustomers,
    warnings: warningsOf(inputs, covered),
  };
}

function bandsOf({ known, spend, spending, selection, spenders }: ReportInputs): KnownWalletBand[] {
  const order = sortedOrder(Float64Array.from(spending, (i) => spend[i]!));
  return Array.from({ length: BANDS }, (_, band) => {
    const places = order.subarray(Math.floor((band * order.length) / BANDS), Math.floor(((band + 1) * order.length) / BANDS));
    const weights = Float64Array.from(places, (at) => selection.weights[spending[at]!]!);
    const wallet = Float64Array.from(places, (at) => known.wallet[spending[at]!]!);
    const estimates = Float64Array.from(places, (at) => spenders.outOfFold[at]!);
    return {
      from: spend[spending[places[0]!]!]!,
      to: spend[spending[places[places.length - 1]!]!]!,
      customers: places.length,
      known: weightedMean(wallet, weights),
      estimated: weightedMean(estimates, weights),
      logError: Math.sqrt(weightedMean(estimates.map((estimate, i) => Math.log(estimate / wallet[i]!) ** 2), weights)),
      coverage: weightedMean(Float64Array.from(places, (at) => spenders.covered[at]!), weights),
    };
  });
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total;
}

function warningsOf({ known, selection, isIdle, idle, confidence, spending }: ReportInputs, covered: number): string[] {
  const warnings: string[] = [];
  const apart = selection.balance.reduce((worst, line) => (Math.abs(line.weighted) > Math.abs(worst.weighted) ? line : worst));
  if (Math.abs(apart.weighted) > 0.25) {
    warnings.push(`The known differ from all customers by ${apart.weighted.toFixed(2)} standard deviations in ${apart.name}, weighted: what is said of the others reaches beyond what is known`);
  }
  if (selection.effectiveCustomers < known.rows.length / 2) {
    warnings.push(`Few of the known carry most of the weight: they say as much as ${selection.effectiveCustomers.toFixed(0)} of equal weight`);
  }
  if (!isIdle && idle.length > 0) warnings.push(`Wallets are known of only ${idle.length} customers without spend: theirs are learnt from everybody known`);
  if (known.outOfMarket > 0) warnings.push(`${known.outOfMarket} known wallets are 0: the wallet is that of customers in the market`);
  if (known.raised > 0) warnings.push(`${known.raised} known wallets were below the spend and raised to it: small headrooms are known with an error`);
  const slack = 2 * Math.sqrt((confidence * (1 - confidence)) / spending.length);
  if (covered < confidence - slack) warnings.push(`Intervals made without them hold only ${(100 * covered).toFixed(0)} % of the known wallets`);
  return warnings;
}
