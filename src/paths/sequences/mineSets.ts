import type { MiningPlan, SequenceRows } from './miningPlan.js';
import type { PatternStore } from './patternStore.js';
import { SAME_STEP } from './patternTree.js';
import { closeKids, layKids, projectRows, type Projection } from './projection.js';
import { longer, PathWalk, walkPaths } from './walkPaths.js';

/** What may come next, and the last step of the path. */
interface LastStep {
  mayStep: boolean;
  mayJoin: boolean;
  /** Down to which depth a key must be frequent to be met as a next step, and to join. */
  stepFloor: number;
  /** The keys a join is looked up by: as joins of the path before, or as its next steps. */
  joinShift: number;
  readonly set: Int32Array;
  size: number;
}

/**
 * Journeys whose steps are sets. A path stands at the last item of its last step, leftmost; an item joins that step in the rest of it, or in a later step that has the whole
 * last step too. The key of a join is the code of the item, that of a next step the code and the number of codes.
 */
export function mineSets(rows: SequenceRows, plan: MiningPlan): void {
  const { store } = plan;
  const width = rows.levels.length;
  const walk = new PathWalk(rows.weights !== null);
  const projection = projectRows(rows, walk, 2 * width);
  const last: LastStep = { mayStep: true, mayJoin: false, stepFloor: 0, joinShift: 0, set: new Int32Array(width), size: 0 };
  const joined = new Int32Array(width);
  const expand = (from: number, to: number, depth: number): void => {
    readLastStep(store, last, depth, width);
    if (!last.mayStep && !last.mayJoin) return;
    const touched = countAround(projection, rows.steps, walk.places, from, to, depth, last, joined, width);
    const found = layKids(projection, walk, store, touched, depth, width);
    if (found === 0) return;
    const { kids, places } = walk;
    for (let kid = walk.kidCount; kid < walk.kidCount + found; kid++) kids[kid] = kids[kid]! < width ? kids[kid]! | SAME_STEP : kids[kid]! - width;
    deliver(projection, places, width);
    closeKids(projection, walk, found, depth);
  };
  walkPaths(plan, walk, expand, (from, to, depth) => {
    for (let kid = from; kid < to; kid++) projection.allowed[walk.kids[kid]! >= SAME_STEP ? walk.kids[kid]! - SAME_STEP : walk.kids[kid]! + width] = depth;
  });
}

function readLastStep(store: PatternStore, last: LastStep, depth: number, width: number): void {
  last.mayStep = store.mayStep(depth);
  last.mayJoin = store.mayJoin(depth);
  // Where the path before may have no next step (it does not yet begin as asked), it says nothing of what is frequent.
  last.stepFloor = depth > 0 && store.mayStep(depth - 1) ? depth : -1;
  last.size = 0;
  if (depth === 0) return;
  last.joinShift = (store.has(depth - 1) & SAME_STEP) !== 0 ? 0 : width;
  let at = depth - 1;
  while ((store.has(at) & SAME_STEP) !== 0) at--;
  for (; at < depth; at++) last.set[last.size++] = store.has(at) & ~SAME_STEP;
}

/** Counts and notes the first occurrences of items that join the last step (as ~place) and that follow it (as place); gives how many keys it met. */
function countAround(projection: Projection, steps: Int32Array, places: Int32Array, from: number, to: number, depth: number, last: LastStep, joined: Int32Array, width: number): number {
  const { items, before, allowed, counts, met, longest, weightOf, sums } = projection;
  const { mayStep, mayJoin, stepFloor, joinShift, set, size } = last;
  const highest = size === 0 ? 0 : set[size - 1]!;
  let { notes } = projection;
  let [touched, noted] = [0, 0];
  for (let o = from; o < to; o++) {
    const p = places[o]!;
    if (noted + 2 * longest > notes.length) notes = projection.notes = longer(notes, 2 * (noted + 2 * longest));
    let x = p + 1;
    let y = items[x]!;
    if (depth > 0) {
      const step = steps[p]!;
      for (; y >= 0 && steps[x] === step; y = items[++x]!) {
        if (!mayJoin || allowed[y + joinShift]! < depth) continue;
        joined[y] = o;
        if (counts[y]!++ === 0) met[touched++] = y;
        notes[noted++] = ~x;
      }
    }
    // What came in the step of the path itself, or before, is not behind it.
    const behind = x;
    let [step, matched] = [-1, 0];
    for (; y >= 0; y = items[++x]!) {
      if (mayStep && before[x]! < behind && allowed[y + width]! >= stepFloor) {
        if (counts[y + width]!++ === 0) met[touched++] = y + width;
        notes[noted++] = x;
      }
      if (!mayJoin) continue;
      if (steps[x] !== step) {
        step = steps[x]!;
        matched = 0;
      }
      if (matched < size) {
        if (y === set[matched]) matched++;
      } else if (y > highest && allowed[y + joinShift]! >= depth && (counts[y] === 0 || joined[y] !== o)) {
        joined[y] = o;
        if (counts[y]!++ === 0) met[touched++] = y;
        notes[noted++] = ~x;
      }
    }
  }
  projection.noted = noted;
  if (weightOf !== null) {
    for (let i = 0; i < noted; i++) {
      const x = notes[i]!;
      const key = x < 0 ? items[~x]! : items[x]! + width;
      sums[key] = sums[key]! + weightOf[x < 0 ? ~x : x]!;
    }
  }
  return touched;
}

/** The places of the keys that have slots, but those that end a row: nothing can follow. */
function deliver({ items, notes, noted, slots }: Projection, places: Int32Array, width: number): void {
  for (let i = 0; i < noted; i++) {
    const note = notes[i]!;
    const x = note < 0 ? ~note : note;
    const key = note < 0 ? items[x]! : items[x]! + width;
    const slot = slots[key]!;
    if (slot < 0 || items[x + 1]! < 0) continue;
    places[slot] = x;
    slots[key] = slot + 1;
  }
}
