import { SAME_STEP, type PatternTree } from '../patternTree.js';
import type { SequenceKind } from '../sequenceOptions.js';

/** The items of a path from the first, with SAME_STEP. */
type Items = readonly number[];

/**
 * Takes from the admitted paths those that are not of the kind. Within limits a path can be frequent without any of the paths between it and a longer one (A to D, and A, B, C, D
 * without a gap), so each is held against all those with its items, not only against those of one item more.
 */
export function chooseLimited({ size, parents, items, counts }: PatternTree, admitted: Uint8Array, kind: SequenceKind): void {
  if (kind === 'frequent' || kind === 'top') return;
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
    const count = kind === 'maximal' ? 0 : counts[node]!;
    const byItem = kept.get(count) ?? new Map<number, Items[]>();
    kept.set(count, byItem);
    const lists = path.map((item) => byItem.get(item & ~SAME_STEP) ?? []);
    const goes = isShort ? lists.some((list) => list.some((part) => isPart(part, path))) : lists.reduce((a, b) => (b.length < a.length ? b : a)).some((whole) => isPart(path, whole));
    if (goes) admitted[node] = 0;
    // A part is looked for at its first item, a whole at the rarest of its part's.
    else {
      for (const code of isShort ? [path[0]!] : new Set(path.map((item) => item & ~SAME_STEP))) {
        const list = byItem.get(code);
        if (list) list.push(path);
        else byItem.set(code, [path]);
      }
    }
  }
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
