import { PeerHeap } from './peerHeap.js';
import { completeDistance, rawDistance, shownDistance, type Points, type PeerSpace } from './peerSpace.js';
import type { Peers } from './peersState.js';
import type { PeerTree } from './peerTree.js';
import type { Self } from './selfIn.js';

/** Training rows in a block, and queries that go through it together: the block stays in the cache. */
const BLOCK_ROWS = 1024;
const BATCH = 16;

/** The nearest training points of every query by looking at all of them, each only as far as it can still be among the nearest. O(queries * rows). */
export function scanForPeers(space: PeerSpace, training: Points, queries: Points, width: number, self: Self | null): Peers {
  const found = noPeers(queries.count, width);
  const heaps = Array.from({ length: Math.min(BATCH, queries.count) }, () => new PeerHeap(width));
  for (let first = 0; first < queries.count; first += BATCH) {
    const last = Math.min(first + BATCH, queries.count);
    for (let from = 0; from < training.count; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, training.count);
      for (let query = first; query < last; query++) scanBlock(space, queries, query, training, from, to, heaps[query - first]!, self);
    }
    for (let query = first; query < last; query++) heaps[query - first]!.drain(found.rows, found.distances, query * width);
  }
  return shown(space, found);
}

function scanBlock(space: PeerSpace, queries: Points, query: number, training: Points, from: number, to: number, heap: PeerHeap, self: Self | null): void {
  const code = self === null ? -1 : self.queries[query]!;
  const codes = code < 0 ? null : self!.training;
  const own = codes === null ? code : -1;
  const isComplete = queries.isComplete && training.isComplete;
  let limit = heap.limit;
  for (let row = from; row < to; row++) {
    if (row === own || (codes !== null && codes[row] === code)) continue;
    const distance = isComplete
      ? completeDistance(space, queries.numbers, query * space.width, training.numbers, row * space.width, limit)
      : rawDistance(space, queries, query, training, row, limit);
    // Infinity stands for too far as well as for nothing in common: only a heap with room takes it.
    if (!(distance <= limit)) continue;
    heap.offer(distance, row);
    limit = heap.limit;
  }
}

/** The same by a tree of the training points: for queries of numbers only, nothing missing, and at most one row (`self` of a query, or -1) left out. Without `distances` the peers are in no order. */
export function searchForPeers(space: PeerSpace, tree: PeerTree, queries: Points, width: number, self: Int32Array | null, distances = true): Peers {
  const found = noPeers(queries.count, width, distances);
  const heap = new PeerHeap(width);
  for (let query = 0; query < queries.count; query++) {
    tree.search(queries.numbers.subarray(query * space.width, (query + 1) * space.width), heap, self === null ? -1 : self[query]!);
    if (distances) heap.drain(found.rows, found.distances, query * width);
    else heap.spill(found.rows, query * width);
  }
  return shown(space, found);
}

function noPeers(count: number, width: number, distances = true): Peers {
  return { width, rows: new Int32Array(count * width).fill(-1), distances: new Float64Array(distances ? count * width : 0).fill(Infinity) };
}

function shown(space: PeerSpace, peers: Peers): Peers {
  const { distances } = peers;
  for (let i = 0; i < distances.length; i++) distances[i] = shownDistance(space, distances[i]!);
  return peers;
}
