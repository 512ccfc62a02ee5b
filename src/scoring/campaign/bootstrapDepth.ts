import type { SampleProgress } from '../../evaluation/bootstrapSamples.js';
import { drawCounts } from '../../numeric/drawCounts.js';
import { createRandom } from '../../numeric/random.js';

/** Customers from the highest score down: what a contact earned, and where the campaign may stop (never between equal scores). */
export interface RankedGains {
  readonly gains: Float64Array;
  /** 1 after the last of equal scores. */
  readonly mayStop: Uint8Array;
  readonly fixedCost: number;
}

/** What the samples say of the best depth, one entry a sample. */
export interface DepthSamples {
  /** Best number of contacts. */
  readonly contacts: Float64Array;
  /** Position after which to stop, in the order given; 0 for nobody. */
  readonly stops: Uint32Array;
  /** Profit there, in the sample. */
  readonly profits: Float64Array;
  /** Profit of the depth that is best for all, in the sample. */
  readonly keptProfits: Float64Array;
  readonly stopped: boolean;
}

/** The best depth in samples with replacement, as many customers each; the ranking is sorted once, so a sample is linear. */
export function bootstrapDepth(ranked: RankedGains, keptStop: number, replicates: number, seed: number, onProgress?: SampleProgress): DepthSamples {
  const random = createRandom(seed);
  const counts = new Uint8Array(ranked.gains.length);
  const [contacts, profits, keptProfits] = [new Float64Array(replicates), new Float64Array(replicates), new Float64Array(replicates)];
  const stops = new Uint32Array(replicates);
  let [done, stopped] = [0, false];
  while (done < replicates && !stopped) {
    drawCounts(random, counts);
    const stop = bestStop(ranked, counts);
    stops[done] = stop;
    contacts[done] = counts.subarray(0, stop).reduce((sum, count) => sum + count, 0);
    profits[done] = stop === 0 ? 0 : profitTo(ranked, counts, stop);
    keptProfits[done] = keptStop === 0 ? 0 : profitTo(ranked, counts, keptStop);
    done++;
    stopped = onProgress?.({ done, total: replicates, objective: profits[done - 1]! }) === false && done < replicates;
  }
  return { contacts: contacts.subarray(0, done), stops: stops.subarray(0, done), profits: profits.subarray(0, done), keptProfits: keptProfits.subarray(0, done), stopped };
}

/** The first stop that makes most; 0 where none makes anything. */
function bestStop({ gains, mayStop, fixedCost }: RankedGains, counts: Uint8Array): number {
  let [profit, best, stop] = [-fixedCost, 0, 0];
  for (let i = 0; i < gains.length; i++) {
    profit += counts[i]! * gains[i]!;
    if (profit > best && mayStop[i] === 1) {
      best = profit;
      stop = i + 1;
    }
  }
  return stop;
}

function profitTo({ gains, fixedCost }: RankedGains, counts: Uint8Array, stop: number): number {
  let profit = -fixedCost;
  for (let i = 0; i < stop; i++) profit += counts[i]! * gains[i]!;
  return profit;
}
