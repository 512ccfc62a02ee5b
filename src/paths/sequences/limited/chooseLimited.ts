import { chooseKind } from '../choosePaths.js';
import { SAME_STEP, type PatternTree } from '../patternTree.js';
import type { SequenceKind } from '../sequenceOptions.js';

/** The items of a path from the first, with SAME_STEP. */
type Items = readonly number[];

/**
 * Takes from the admitted paths those that are not of the kind. Within limits a path can be frequent without any of the paths between it and a longer one (A to D, and A, B, C, D
 * without a gap), and as frequent as a longer one of other customers: after those with one item more, each is held against all that have its items, and the same customers.
 */
export function chooseLimited({ size, parents, items, hashes }: PatternTree & { readonly hashes: Float64Array }, admitted: Uint8Array, kind: SequenceKind): void {
  if (kind === 'frequent' || kind === 'top') return;
  chooseKind({ size, parents, items, counts: hashes }, admitted, kind);
  const isShort = kind === 'generators';
  const paths: { readonly node: number; readonly path: Items }[] = [];
  for (let node = 0; node < size; node++) {
    if (admitted[node] === 0) continue;
    const path: number[] = [];
    for (let n = node; n >= 0; n = parents[n]!) path.push(items[n]!);
    paths.push({ node, path: path.reverse() });
  }
  // What is part of a path let go is part of the one that path was let go for.
  paths.sort((a, b) => (isShort ? 1 : -1) * (a.path.length - b.path.length));
  const kept = new Map<number, Map<number, Items[]>>();
  for (const { node, path } of paths) {
    const customers = kind === 'maximal' ? 0 : hashes[node]!;
    const byPair = kept.get(customers) ?? new Map<number, Items[]>();
    kept.set(customers, byPair);
    // A part is looked for at its first pair, a whole at the rarest of its part's.
    const few = pairsOf(path, 1);
    const listOf = (pair: number): Items[] => byPair.get(pair) ?? [];
    const goes = isShort
      ? pairsOf(path, Infinity).some((pair) => listOf(pair).some((part) => isPart(part, path)))
      : few.map(listOf).reduce((a, b) => (b.length < a.length ? b : a)).some((whole) => isPart(path, whole));
    if (goes) admitted[node] = 0;
    else {
      for (const pair of isShort ? few.slice(-1) : new Set(pairsOf(path, Infinity))) {
        const list = listOf(pair);
        byPair.set(pair, list);
        list.push(path);
      }
    }
  }
}

/** Two items of a path, the one after the other by at most `reach`, as a number, and the items alone. */
function pairsOf(path: Items, reach: number): number[] {
  const codes = path.map((item) => item & ~SAME_STEP);
  return codes.flatMap((code, i) => [code, ...codes.slice(Math.max(0, i - reach), i).map((before) => (before + 1) * SAME_STEP + code)]);
}

/** Whether each step of `part` is in a step of `whole`, in order. */
export function isPart(part: Items, whole: Items): boolean {
  // Places in `part`: where the step begins that is looked for, and what comes next.
  let [begin, next] = [0, 0];
  for (const item of whole) {
    if ((item & SAME_STEP) === 0) {
      if (next < part.length && (part[next]! & SAME_STEP) !== 0) next = begin;
      begin = next;
    }
    if (next < part.length && (next === begin || (part[next]! & SAME_STEP) !== 0) && ((part[next]! ^ item) & ~SAME_STEP) === 0) next++;
  }
  return next === part.length;
}
