import type { MiningPlan, SequenceRows } from './miningPlan.js';
import { closeKids, layKids, needRows, projectRows, type Projection } from './projection.js';
import { longer, PathWalk, walkPaths } from './walkPaths.js';

/**
 * Journeys whose steps are single items (PrefixSpan, Pei et al. 2001): a path stands at the place of its last item, leftmost, in each row that has it. One pass over what
 * follows counts the first occurrence of each item and notes it, a second over the notes sorts them by item. Where little of what follows is frequent, it is copied
 * without the rest for the paths that go on from here.
 */
export function mineSingles(rows: SequenceRows, plan: MiningPlan): void {
  const { store } = plan;
  const width = rows.levels.length;
  const walk = new PathWalk(rows.weights !== null);
  const projection = projectRows(rows, walk, width);
  const tops: number[] = [];
  const expand = (from: number, to: number, depth: number): void => {
    if (!store.mayStep(depth)) return;
    const touched = countNext(projection, walk.places, from, to, depth);
    const first = walk.placeCount;
    const found = layKids(projection, walk, store, touched, depth, width);
    if (found === 0) return;
    tops[depth] = projection.top;
    if (depth > 0 && (walk.placeCount - first) * 4 < projection.looked) copyNext(projection, walk.places, from, to);
    else deliverNotes(projection, walk.places);
    closeKids(projection, walk, found, depth);
  };
  walkPaths(plan, walk, expand, (from, to, depth) => {
    projection.top = tops[depth]!;
    for (let kid = from; kid < to; kid++) projection.allowed[walk.kids[kid]!] = depth;
  });
}

/** Counts and notes the first occurrences of items behind the places; gives how many items it met. */
function countNext(projection: Projection, places: Int32Array, from: number, to: number, depth: number): number {
  const { items, before, allowed, counts, met, longest } = projection;
  let { notes } = projection;
  let [touched, noted, looked] = [0, 0, 0];
  for (let o = from; o < to; o++) {
    const p = places[o]!;
    if (noted + longest > notes.length) notes = projection.notes = longer(notes, 2 * (noted + longest));
    let x = p + 1;
    for (let y = items[x]!; y >= 0; y = items[++x]!) {
      if (allowed[y]! < depth || before[x]! > p) continue;
      if (counts[y]!++ === 0) met[touched++] = y;
      notes[noted++] = x;
    }
    looked += x - p;
  }
  projection.noted = noted;
  projection.looked = looked;
  const { weightOf, sums } = projection;
  if (weightOf !== null) for (let i = 0; i < noted; i++) sums[items[notes[i]!]!] = sums[items[notes[i]!]!]! + weightOf[notes[i]!]!;
  return touched;
}

/** The places of the items that have slots, but those that end a row: nothing can follow. */
function deliverNotes({ items, notes, noted, slots }: Projection, places: Int32Array): void {
  for (let i = 0; i < noted; i++) {
    const x = notes[i]!;
    const y = items[x]!;
    const slot = slots[y]!;
    if (slot < 0 || items[x + 1]! < 0) continue;
    places[slot] = x;
    slots[y] = slot + 1;
  }
}

/** The same places in a copy of the rows that has only items with slots. */
function copyNext(projection: Projection, places: Int32Array, from: number, to: number): void {
  needRows(projection, projection.looked);
  const { items, before, weightOf, slots, lastOf } = projection;
  let { top } = projection;
  for (let o = from; o < to; o++) {
    const p = places[o]!;
    const start = top;
    for (let x = p + 1, y = items[x]!; y >= 0; y = items[++x]!) {
      const slot = slots[y]!;
      if (slot < 0) continue;
      items[top] = y;
      if (before[x]! <= p) {
        before[top] = -1;
        places[slot] = top;
        slots[y] = slot + 1;
      } else before[top] = lastOf[y]!;
      if (weightOf !== null) weightOf[top] = weightOf[x]!;
      lastOf[y] = top++;
    }
    if (top === start) continue;
    if (before[top - 1]! < 0) slots[items[top - 1]!] = slots[items[top - 1]!]! - 1;
    items[top++] = -1;
  }
  projection.top = top;
}
