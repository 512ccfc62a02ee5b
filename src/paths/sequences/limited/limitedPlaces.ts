import type { LimitPair, ReadLimits } from '../../journeys/stepLimits.js';
import type { SequenceRows } from '../miningPlan.js';

/** The limits as places: what lies within them is looked up, not measured. */
export interface LimitedPlaces {
  /** Four numbers a place: its row, where its step ends, from where to before where the next step of a path may be. Side by side, they come in one go. */
  readonly bounds: Int32Array;
  /** For a place where a path begins: from where it has the least span; null for none. */
  readonly longFrom: Int32Array | null;
  /** And from where it has more than the most. */
  readonly spanEnd: Int32Array | null;
}

/** Looks up where the limits end, O(items). */
export function limitPlaces(rows: SequenceRows, { minGap, maxGap, minSpan, maxSpan }: ReadLimits, times: Float64Array | null): LimitedPlaces {
  const { starts, steps, rowCount } = rows;
  const moments = times && Float64Array.from(steps, (step) => times[step]!);
  /** For each place the first of its row that is so far behind it, or farther; the end of the row where none is. */
  const edges = ({ millis, steps: count }: LimitPair, isMost: boolean, to = new Int32Array(steps.length), stride = 1, offset = 0): Int32Array => {
    // A limit is in time or in steps.
    const isTime = moments !== null && millis !== (isMost ? Infinity : 0);
    const at = isTime ? moments : steps;
    const distance = isTime ? millis : count;
    for (let r = 0; r < rowCount; r++) {
      const end = starts[r + 1]! - 1;
      for (let x = starts[r]!, y = x; x < end; x++) {
        while (y < end && (isMost ? at[y]! - at[x]! <= distance : at[y]! - at[x]! < distance)) y++;
        to[x * stride + offset] = y;
      }
    }
    return to;
  };
  const bounds = new Int32Array(4 * steps.length);
  for (let r = 0; r < rowCount; r++) for (let x = starts[r]!; x < starts[r + 1]!; x++) bounds[4 * x] = r;
  edges({ millis: 0, steps: 1 }, false, bounds, 4, 1);
  edges({ millis: minGap.millis, steps: Math.max(1, minGap.steps) }, false, bounds, 4, 2);
  edges(maxGap, true, bounds, 4, 3);
  return {
    bounds,
    longFrom: minSpan.millis > 0 || minSpan.steps > 0 ? edges(minSpan, false) : null,
    spanEnd: maxSpan.millis < Infinity || maxSpan.steps < Infinity ? edges(maxSpan, true) : null,
  };
}
