/** Room for the sets of one customer, so that no pass allocates. */
export interface SetRoom {
  /** The chosen actions, the best first; -1 after the last. */
  readonly chosen: Int16Array;
  readonly order: Int16Array;
  readonly trial: Int16Array;
}

/** Room for sets of up to `width` of `actionCount` actions. */
export function setRoom(actionCount: number, width: number): SetRoom {
  return { chosen: new Int16Array(width), order: new Int16Array(actionCount), trial: new Int16Array(width) };
}

/**
 * The best set of at most `width` actions of positive worth, no two in conflict: its worth, the set in `room.chosen`.
 * The greedy set is best unless a conflict kept something out of it; then sets are searched depth first, with the worth of the next ones as bound.
 */
export function bestSet(worths: Float64Array, width: number, conflicts: Uint8Array | null, room: SetRoom): number {
  const { chosen, order } = room;
  const actionCount = worths.length;
  chosen.fill(-1);
  let positive = 0;
  for (let k = 0; k < actionCount; k++) {
    const worth = worths[k]!;
    if (!(worth > 0)) continue;
    let at = positive++;
    for (; at > 0 && worths[order[at - 1]!]! < worth; at--) order[at] = order[at - 1]!;
    order[at] = k;
  }
  let size = 0;
  let total = 0;
  let skipped = false;
  for (let p = 0; p < positive && size < width; p++) {
    const k = order[p]!;
    if (conflicts !== null && clashes(chosen, size, k, conflicts, actionCount)) {
      skipped = true;
      continue;
    }
    chosen[size++] = k;
    total += worths[k]!;
  }
  return skipped ? searchSets(worths, positive, width, conflicts!, room, total) : total;
}

/** Whether action k is among the first `size` of a set. */
export function isAmong(set: Int16Array, size: number, k: number): boolean {
  for (let s = 0; s < size; s++) if (set[s] === k) return true;
  return false;
}

/** Whether action k may not join the first `size` of a set. */
export function clashes(set: Int16Array, size: number, k: number, conflicts: Uint8Array, actionCount: number): boolean {
  for (let s = 0; s < size; s++) if (conflicts[k * actionCount + set[s]!] === 1) return true;
  return false;
}

function searchSets(worths: Float64Array, positive: number, width: number, conflicts: Uint8Array, room: SetRoom, atLeast: number): number {
  const { order, trial, chosen } = room;
  let best = atLeast;
  const descend = (from: number, size: number, total: number): void => {
    if (total > best) {
      best = total;
      chosen.fill(-1);
      for (let s = 0; s < size; s++) chosen[s] = trial[s]!;
    }
    if (size === width) return;
    for (let p = from; p < positive; p++) {
      let bound = total;
      for (let next = p; next < positive && next < p + width - size; next++) bound += worths[order[next]!]!;
      if (bound <= best) return;
      const k = order[p]!;
      if (clashes(trial, size, k, conflicts, worths.length)) continue;
      trial[size] = k;
      descend(p + 1, size + 1, total + worths[k]!);
    }
  };
  descend(0, 0, 0);
  return best;
}
