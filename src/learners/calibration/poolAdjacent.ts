import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** A curve that never falls: from each of `from` to the same place of `to` it is the share events / weight of that block. */
export interface PooledBlocks {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly weight: readonly number[];
  readonly events: readonly number[];
}

/**
 * Isotonic regression of labels on scores by pooling adjacent violators (Ayer et al., 1955): equal scores are one block from the start, and a block
 * whose share of events is not above the one before is joined with it. Shares are compared by cross-multiplication, so that whole weights
 * give the same blocks in whatever order the rows come. Sorting, then O(n).
 */
export function poolAdjacent(labels: Uint8Array, scores: Float64Array, weights: Float64Array): PooledBlocks {
  const n = scores.length;
  const order = sortedOrder(scores);
  const x = gather(scores, order);
  const y = new Uint8Array(n);
  for (let i = 0; i < n; i++) y[i] = labels[order[i]!]!;
  const weighted = weights.some((weight) => weight !== 1);
  const w = weighted ? gather(weights, order) : x;
  const [from, to, weight, events]: [number[], number[], number[], number[]] = [[], [], [], []];
  // The last block so far stays out of the lists: it takes in most rows.
  let [first, last, sum, hits] = [x[0]!, x[0]!, 0, 0];
  for (let i = 0; i < n; ) {
    const score = x[i]!;
    let groupSum = 0;
    let groupHits = 0;
    do {
      const each = weighted ? w[i]! : 1;
      groupSum += each;
      if (y[i++]!) groupHits += each;
    } while (i < n && x[i] === score);
    if (hits * groupSum < groupHits * sum) {
      from.push(first);
      to.push(last);
      weight.push(sum);
      events.push(hits);
      first = score;
      sum = groupSum;
      hits = groupHits;
    } else {
      sum += groupSum;
      hits += groupHits;
      for (let top = from.length - 1; top >= 0 && events[top]! * sum >= hits * weight[top]!; top--) {
        first = from.pop()!;
        to.pop();
        sum += weight.pop()!;
        hits += events.pop()!;
      }
    }
    last = score;
  }
  from.push(first);
  to.push(last);
  weight.push(sum);
  events.push(hits);
  return { from, to, weight, events };
}
