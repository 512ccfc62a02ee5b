/** Where the movement leads if it goes on as it did: a Markov chain of one step per period. */
export interface SegmentProjection {
  /** Customers per segment after 1, 2, … periods, in the order of `segments`; fractions of customers are expectations. */
  readonly customers: readonly (readonly number[])[];
  /**
   * The shares the segments of the present customers tend to, without those who enter or leave. Where segments cannot be left or reached this depends on
   * where customers are now; where the shares go round for ever it is their mean.
   */
  readonly stationary: readonly number[];
}

/** The chain whose transitions are these counts (row-major, k x k), from these customers on; with `entries` the exits count too. */
export function projectSegments(counts: Float64Array, now: readonly number[], steps: number, entries: readonly number[], exits: readonly number[]): SegmentProjection {
  const k = now.length;
  const closed = transitions(counts, k, new Array<number>(k).fill(0));
  const open = transitions(counts, k, exits);
  const customers: number[][] = [];
  for (let step = 0; step < steps; step++) customers.push(move(customers[step - 1] ?? now, open).map((count, s) => count + entries[s]!));
  return { customers, stationary: stationary(closed, now) };
}

// A segment of which nobody was seen to move keeps its customers.
function transitions(counts: Float64Array, k: number, exits: readonly number[]): Float64Array {
  const chain = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    let total = exits[i]!;
    for (let j = 0; j < k; j++) total += counts[i * k + j]!;
    for (let j = 0; j < k; j++) chain[i * k + j] = total === 0 ? Number(i === j) : counts[i * k + j]! / total;
  }
  return chain;
}

function move(from: readonly number[], chain: Float64Array): number[] {
  const k = from.length;
  return from.map((_, j) => from.reduce((sum, count, i) => sum + count * chain[i * k + j]!, 0));
}

// The chain that stays put every other time has the same fixed points and cannot oscillate; squared 60 times it has taken 2^60 steps.
function stationary(chain: Float64Array, now: readonly number[]): number[] {
  const k = now.length;
  let power = chain.map((share, cell) => (share + Number(cell % (k + 1) === 0)) / 2);
  for (let round = 0; round < 60; round++) {
    const square = new Float64Array(k * k);
    for (let i = 0; i < k; i++) {
      for (let l = 0; l < k; l++) {
        const share = power[i * k + l]!;
        for (let j = 0; j < k; j++) square[i * k + j]! += share * power[l * k + j]!;
      }
      // Rows that add up to 1 but for rounding would not after 2^60 steps.
      let total = 0;
      for (let j = 0; j < k; j++) total += square[i * k + j]!;
      for (let j = 0; j < k; j++) square[i * k + j]! /= total;
    }
    power = square;
  }
  const total = now.reduce((sum, count) => sum + count, 0);
  return move(now.map((count) => count / total), power);
}
