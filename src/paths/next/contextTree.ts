/**
 * What followed which context, as plain JSON. A context is the last 0 to `maxOrder` steps, the latest first; contexts stand by length, then by the context
 * one shorter, then by symbol, so that the children of each (the same and one step earlier) lie together.
 */
export interface ContextTreeState {
  /** The earliest step of each context; the first is the empty context, with -1. */
  readonly symbols: readonly number[];
  /** How many contexts are each context and one step earlier. */
  readonly children: readonly number[];
  /** How many items followed each context. */
  readonly followers: readonly number[];
  /** What followed: codes of items, ascending within a context. */
  readonly items: readonly number[];
  /** How often, weighted. */
  readonly counts: readonly number[];
  /** After how many of the children. */
  readonly contexts: readonly number[];
}

/** The same with sums, as typed arrays. */
export interface ContextTree {
  readonly symbols: Int32Array;
  readonly childOffsets: Uint32Array;
  readonly offsets: Uint32Array;
  readonly items: Int32Array;
  readonly counts: Float64Array;
  readonly contexts: Float64Array;
  readonly totals: Float64Array;
  readonly contextTotals: Float64Array;
}

/**
 * The tree behind its state.
 *
 * @throws Error where its counts do not add up to its lists: a stored model tells it as a document that cannot be read
 */
export function contextTree(state: ContextTreeState): ContextTree {
  requireParts('children', state.children, state.symbols.length - 1);
  requireParts('followers', state.followers, state.items.length);
  if (state.counts.length !== state.items.length || state.contexts.length !== state.items.length || state.children.length !== state.symbols.length || state.followers.length !== state.symbols.length) throw new RangeError('lists of contexts differ in length');
  const offsets = runningSum(state.followers, 0);
  const tree = {
    symbols: Int32Array.from(state.symbols),
    childOffsets: runningSum(state.children, 1),
    offsets,
    items: Int32Array.from(state.items),
    counts: Float64Array.from(state.counts),
    contexts: Float64Array.from(state.contexts),
  };
  return { ...tree, totals: sumsWithin(offsets, tree.counts), contextTotals: sumsWithin(offsets, tree.contexts) };
}

/** Whole numbers from 0 that add up to a total. */
function requireParts(name: string, parts: readonly number[], total: number): void {
  if (!parts.every((part) => Number.isInteger(part) && part >= 0) || parts.reduce((sum, part) => sum + part, 0) !== total) throw new RangeError(`${name} of contexts do not add up to ${total}`);
}

/** The contexts of the steps from `begin` to `end`, shortest first, into `chain`; gives how many are known. */
export function findContexts(tree: ContextTree, steps: ArrayLike<number>, begin: number, end: number, chain: Int32Array): number {
  let found = 1;
  chain[0] = 0;
  for (let node = 0; found < chain.length && end - found >= begin; found++) {
    node = indexWithin(tree.symbols, tree.childOffsets[node]!, tree.childOffsets[node + 1]!, steps[end - found]!);
    if (node < 0) break;
    chain[found] = node;
  }
  return found;
}

/** Where an item stands among what followed a context; -1 where it never did. */
export function findFollower(tree: ContextTree, node: number, item: number): number {
  return indexWithin(tree.items, tree.offsets[node]!, tree.offsets[node + 1]!, item);
}

/** The position of a value among ascending ones; -1 when it is not there. */
export function indexWithin(values: Int32Array, low: number, high: number, wanted: number): number {
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end && values[low] === wanted ? low : -1;
}

function runningSum(lengths: readonly number[], first: number): Uint32Array {
  const ends = new Uint32Array(lengths.length + 1);
  ends[0] = first;
  for (let i = 0; i < lengths.length; i++) ends[i + 1] = ends[i]! + lengths[i]!;
  return ends;
}

function sumsWithin(offsets: Uint32Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(offsets.length - 1);
  for (let v = 0; v < sums.length; v++) for (let f = offsets[v]!; f < offsets[v + 1]!; f++) sums[v]! += values[f]!;
  return sums;
}
