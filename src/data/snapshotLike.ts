import { ClientelaError } from '../errors.js';
import { parseDurationLabel } from './calendar.js';
import { describeValue } from './instant.js';
import type { NamedValues } from './snapshotCounts.js';
import type { SnapshotShape } from './snapshotPlan.js';

/** Reads the shape back from the names of columns; names that no snapshot makes are the caller's own. */
export function shapeLike(caller: string, shape: SnapshotShape): SnapshotShape {
  const { like, ...others } = shape;
  if (Object.values<unknown>({ ...others }).some((option) => option !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes its columns from like, so windows, items, channels, maxLevels and itemRecency cannot be given as well`, { option: 'like' });
  }
  const names = namesLike(caller, like);
  const parts = (pattern: RegExp): string[] => [...new Set(names.flatMap((name) => pattern.exec(name)?.[1] ?? []))];
  const windows = parts(/^(?:count|amount)(?:Change)?(\d[\d.ymwdh]*)$/).map(parseDurationLabel);
  return {
    windows: windows.filter((window) => window !== undefined),
    items: parts(/^item(?:Count|Amount|DaysSince)=([^]*)$/),
    channels: parts(/^channel(?:Count|Amount)=([^]*)$/),
    itemRecency: names.some((name) => name.startsWith('itemDaysSince=')),
  };
}

function namesLike(caller: string, like: SnapshotShape['like']): readonly string[] {
  const names: unknown = typeof like === 'object' && (like as object | null) !== null && 'names' in like ? like.names : like;
  if (Array.isArray(names) && names.every((name): name is string => typeof name === 'string')) return names;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs like as a snapshot or an array of column names, found ${describeValue(like)}`, { option: 'like' });
}

/** Names that some snapshot makes, whatever the log. */
const MADE = /^(?:recencyDays|tenureDays|frequency|returns|otherEvents|amountTotal|amountMean|amountMax|lastAmount|(?:mean|median|sd)GapDays|recencyInGaps|distinctItems|(?:count|amount)(?:Change)?\d[\d.ymwdh]*|(?:item|channel)(?:Count|Amount)=[^]*|itemDaysSince=[^]*)$/;

/** Every column that `like` names must be there: of a frame those that come from a snapshot, of an array all but the two that name the row. */
export function requireMade(caller: string, like: SnapshotShape['like'], columns: readonly NamedValues[]): void {
  if (like === undefined) return;
  const made = new Set(columns.map(([name]) => name));
  const isFrame = 'names' in like;
  const missing = namesLike(caller, like).filter((name) => !made.has(name) && (isFrame ? MADE.test(name) : name !== 'customer' && name !== 'asOf'));
  if (missing.length === 0) return;
  throw new ClientelaError(
    'UNKNOWN_COLUMN',
    `${caller} cannot make the column "${missing[0]!}" that like names${missing.length > 1 ? ` (and ${missing.length - 1} more)` : ''}: no snapshot has it, or the log lacks its amounts, items or channels; leave out columns of your own`,
    { option: 'like', columns: missing },
  );
}
