import { ClientelaError } from '../../../errors.js';
import { readHistories, readNumbers, type PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import type { BuyingState } from '../buyingState.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { CnbdLikelihood } from './cnbdLikelihood.js';
import { requireStages, type CnbdCandidate, type CnbdStages } from './cnbdModel.js';

/** How `fitBgCnbdK` and `fitMbgCnbdK` learn. */
export interface CnbdOptions extends BuyingOptions {
  /**
   * Stages between two purchases, from 1 (at random) to 30, or `'choose'`: the number of the highest likelihood, tried upwards from 1 until it falls, to
   * 12 at most.
   *
   * @defaultValue 'choose'
   */
  readonly k?: number | 'choose' | undefined;
}

/** Up to here stages are tried, as BTYDplus does: more regular customers have a coefficient of variation below 0.29. */
const MOST_TRIED = 12;

/** The model of the number of stages asked for, or of the most likely. */
export function fitCnbd(caller: string, first: 0 | 1, customers: PurchaseHistories, options: CnbdOptions): readonly [BuyingState, CnbdStages] {
  requireBuyingOptions(caller, options, ['k']);
  const { k = 'choose', ...others } = options;
  const hasRepeats = requireGaps(caller, customers, k !== 1);
  if (k !== 'choose') {
    const state = fitBuying(caller, new CnbdLikelihood(requireStages(caller, k), first), customers, others);
    return [state, { k, candidates: [candidateOf(k, state)] }];
  }
  return climb(caller, first, customers, others, hasRepeats ? MOST_TRIED : 1);
}

function climb(caller: string, first: 0 | 1, customers: PurchaseHistories, options: BuyingOptions, most: number): readonly [BuyingState, CnbdStages] {
  const candidates: CnbdCandidate[] = [];
  const { start, ...others } = options;
  const { onProgress } = others;
  const search = { isStopped: false };
  const watched = onProgress && { ...others, onProgress: (progress: Parameters<typeof onProgress>[0]): boolean => !(search.isStopped = onProgress(progress) === false) };
  let best: BuyingState | null = null;
  for (let k = 1; k <= most && !search.isStopped; k++) {
    const given = best === null ? start : nextStart(best, k);
    const state = fitBuying(caller, new CnbdLikelihood(k, first), customers, { ...(watched ?? others), ...(given === undefined ? {} : { start: given }) });
    candidates.push(candidateOf(k, state));
    if (best !== null && !(state.fit!.logLikelihood > best.fit!.logLikelihood)) break;
    best = state;
  }
  const k = candidates.reduce((top, candidate) => (candidate.logLikelihood > top.logLikelihood ? candidate : top)).k;
  return [k < MOST_TRIED ? best! : atBound(best!), { k, candidates }];
}

/** The same rates of purchase with one stage more; none where a shape has run off to where the likelihood is flat. */
function nextStart({ parameters }: BuyingState, k: number): Readonly<Record<string, number>> | undefined {
  const isUsual = ['r', 'a', 'b'].every((shape) => parameters[shape]! > 0.01 && parameters[shape]! < 100);
  return isUsual ? { ...parameters, alpha: (parameters['alpha']! * (k - 1)) / k } : undefined;
}

function candidateOf(k: number, { fit }: BuyingState): CnbdCandidate {
  return { k, logLikelihood: fit!.logLikelihood, converged: fit!.convergence.converged };
}

function atBound(state: BuyingState): BuyingState {
  const message = `the likelihood still rises at k = ${MOST_TRIED}, the last tried: these purchases are nearly periodic, as of subscriptions; give k, or take a model of contracts`;
  return { ...state, fit: { ...state.fit!, warnings: [...state.fit!.warnings, { code: 'REGULARITY_AT_BOUND', message }] } };
}

/** Whether anybody bought again. Gaps are checked against what they add up to, which finds those of another unit. */
function requireGaps(caller: string, customers: PurchaseHistories, isNeeded: boolean): boolean {
  const { count, frequency, recency } = readHistories(caller, customers);
  const hasRepeats = frequency.some((x) => x > 0);
  if (!isNeeded) return hasRepeats;
  if (customers.sumLogGaps === undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs sumLogGaps, the sum of the logarithms of the times between purchases of each customer; customerSummary gives it, or give k: 1`, { function: caller, column: 'sumLogGaps' });
  }
  const gaps = readNumbers(caller, 'sumLogGaps', customers.sumLogGaps, count);
  for (let row = 0; row < count; row++) {
    const x = frequency[row]!;
    const value = gaps[row]!;
    // Equal gaps have the largest sum; rounded recencies may fall short of it a little, another unit by ln 4 a gap or more.
    const most = x === 0 ? 0 : x * Math.log(recency[row]! / x);
    const isLikely = Number.isFinite(value) && (x > 1 ? value <= most + 0.5 * x : Math.abs(value - most) <= 0.5 * x);
    if (isLikely) continue;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs sumLogGaps of the ${x} gaps that make a recency of ${recency[row]!}, at most ${most.toPrecision(6)}, found ${value} in row ${row}; take logarithms of times in the unit of recency`, {
      function: caller,
      column: 'sumLogGaps',
      row,
      value,
    });
  }
  return hasRepeats;
}
