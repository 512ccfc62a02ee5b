import { ClientelaError } from '../errors.js';
import { addDuration, durationLabel, parseDurationLabel, requireDuration, type Duration } from './calendar.js';
import type { EventColumns } from './eventRoles.js';
import { describeValue } from './instant.js';

/** Which columns a snapshot has beyond those it always has. */
export interface SnapshotShape {
  /**
   * Spans before `asOf` over which purchases and amounts are added up.
   *
   * @defaultValue `[{ days: 30 }, { days: 90 }, { days: 365 }]`
   */
  readonly windows?: readonly Duration[];
  /**
   * Items with columns of their own: named, `'auto'` for the most frequent among the events before `asOf`, or `false` for none.
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
  /** An earlier snapshot, or names of its columns: the new one has the same columns. Instead of the five options above. */
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
      throw new ClientelaError('INVALID_OPTION', `${caller} cannot make columns by ${role}: the log has none; name its column when the log is made`, { option: `${role}s` });
    }
    if (chosen === 'auto') return frequentLevels(log, codes, role === 'item' ? log.itemLevels : log.channelLevels, asOf, maxLevels);
    if (Array.isArray(chosen) && chosen.every((name) => typeof name === 'string')) return [...new Set(chosen)];
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${role}s as 'auto', false or an array of names, found ${describeValue(chosen)}`, { option: `${role}s` });
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

/** Reads the shape back from the names of columns; names that no snapshot makes are the caller's own. */
function shapeLike(caller: string, shape: SnapshotShape): SnapshotShape {
  const { like, ...others } = shape;
  if (Object.values<unknown>({ ...others }).some((option) => option !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes its columns from like, so windows, items, channels, maxLevels and itemRecency cannot be given as well`, { option: 'like' });
  }
  const names: unknown = like !== undefined && 'names' in like ? like.names : like;
  if (!Array.isArray(names) || !names.every((name): name is string => typeof name === 'string')) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs like as a snapshot or an array of column names, found ${describeValue(like)}`, { option: 'like' });
  }
  const parts = (pattern: RegExp): string[] => [...new Set(names.flatMap((name) => pattern.exec(name)?.[1] ?? []))];
  const windows = parts(/^(?:count|amount)(?:Change)?(\d[\d.ymwdh]*)$/).map(parseDurationLabel);
  return {
    windows: windows.filter((window) => window !== undefined),
    items: parts(/^item(?:Count|Amount|DaysSince)=([^]*)$/),
    channels: parts(/^channel(?:Count|Amount)=([^]*)$/),
    itemRecency: names.some((name) => name.startsWith('itemDaysSince=')),
  };
}
