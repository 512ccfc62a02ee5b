import { ClientelaError } from '../errors.js';
import { addDuration, durationLabel } from './calendar.js';
import { requireDuration, type Duration } from './duration.js';
import type { EventColumns } from './eventRoles.js';
import { describeValue } from './instant.js';
import { requireLevels } from './levelFilter.js';
import { shapeLike } from './snapshotLike.js';

/** Which columns a snapshot has beyond those it always has. */
export interface SnapshotShape {
  /**
   * Spans before `asOf` over which purchases and amounts are added up.
   *
   * @defaultValue `[{ days: 30 }, { days: 90 }, { days: 365 }]`
   */
  readonly windows?: readonly Duration[];
  /**
   * Items with columns of their own: named (and in the log), `'auto'` for the most frequent among the events before `asOf`, or `false` for none.
   *
   * @defaultValue 'auto'
   */
  readonly items?: 'auto' | readonly string[] | false;
  /**
   * Channels with columns of their own, as `items`.
   *
   * @defaultValue 'auto'
   */
  readonly channels?: 'auto' | readonly string[] | false;
  /**
   * How many items, and how many channels, `'auto'` takes at most.
   *
   * @defaultValue 12
   */
  readonly maxLevels?: number;
  /**
   * Whether each such item also has its days since (`itemDaysSince=card`), missing for who never had it.
   *
   * @defaultValue false
   */
  readonly itemRecency?: boolean;
  /**
   * An earlier snapshot, or names of its columns: the new one has the same columns (zeros for an item that the log never had).
   * Columns of your own in the earlier frame are passed over; among names they are refused. Instead of the five options above.
   */
  readonly like?: { readonly names: readonly string[] } | readonly string[];
}

/** The shape with all choices made. */
export interface SnapshotPlan {
  readonly windows: readonly { readonly label: string; readonly duration: Duration }[];
  readonly items: readonly string[];
  readonly channels: readonly string[];
  readonly itemRecency: boolean;
}

/** Makes the choices of a shape; whatever looks at events looks only at those before `asOf`. */
export function planSnapshot(caller: string, log: EventColumns, asOf: number, shape: SnapshotShape): SnapshotPlan {
  const { windows, items, channels, maxLevels = 12, itemRecency = false } = shape.like === undefined ? shape : shapeLike(caller, shape);
  if (!Number.isInteger(maxLevels) || maxLevels < 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs maxLevels as a whole number, 0 or more, found ${describeValue(maxLevels)}`, { option: 'maxLevels' });
  }
  const levels = (role: 'item' | 'channel', chosen: SnapshotShape['items'] = 'auto'): readonly string[] => {
    const codes = role === 'item' ? log.items : log.channels;
    if (chosen === false || (codes === undefined && (chosen === 'auto' || chosen.length === 0))) return [];
    if (codes === undefined) {
      if (shape.like !== undefined) return [];
      throw new ClientelaError('INVALID_OPTION', `${caller} cannot make columns by ${role}: the log has none; name its column when the log is made`, { option: `${role}s` });
    }
    if (chosen === 'auto') return frequentLevels(log, codes, role === 'item' ? log.itemLevels : log.channelLevels, asOf, maxLevels);
    const given: unknown = chosen;
    if (!Array.isArray(given)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs ${role}s as 'auto', false or an array of names, found ${describeValue(chosen)}`, { option: `${role}s` });
    }
    // A replay may name levels that this log never had: their columns are zero.
    return [...new Set(shape.like === undefined ? requireLevels(caller, role, chosen, role === 'item' ? log.itemLevels : log.channelLevels) : chosen)];
  };
  return { windows: labelled(caller, asOf, windows), items: levels('item', items), channels: levels('channel', channels), itemRecency };
}

function labelled(caller: string, asOf: number, windows: readonly Duration[] = [{ days: 30 }, { days: 90 }, { days: 365 }]): SnapshotPlan['windows'] {
  if (!Array.isArray(windows)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs windows as an array of durations, found ${describeValue(windows)}`, { option: 'windows' });
  }
  const labels = new Set<string>();
  return windows.map((window: Duration) => {
    const duration = requireDuration(caller, 'windows', window);
    const label = durationLabel(duration);
    // Twice the span must be in the calendar too: trends compare a window with the one before.
    if (labels.has(label) || !Number.isFinite(addDuration(addDuration(asOf, duration, -1), duration, -1))) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs distinct windows within the calendar, found "${label}"`, { option: 'windows', window: label });
    }
    labels.add(label);
    return { label, duration };
  });
}

/** The most frequent levels among the events before a moment, equals by name; in ascending order. */
function frequentLevels(log: EventColumns, codes: Int32Array, levels: readonly string[], asOf: number, maxLevels: number): string[] {
  const counts = new Float64Array(levels.length);
  for (let e = 0; e < codes.length; e++) if (codes[e]! >= 0 && log.times[e]! < asOf) counts[codes[e]!]!++;
  const ranked = [...levels.keys()].filter((code) => counts[code]! > 0).sort((a, b) => counts[b]! - counts[a]! || a - b);
  return ranked.slice(0, maxLevels).sort((a, b) => a - b).map((code) => levels[code]!);
}
