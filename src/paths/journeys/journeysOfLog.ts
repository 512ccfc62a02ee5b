import type { CustomerValues } from '../../data/customerValues.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from './journeys.js';
import { byCodeUnit } from './journeysOfLists.js';
import { packEvents } from './packEvents.js';

/** What the steps of a log's journeys are. */
export interface JourneyOptions {
  /**
   * What names an event: its item, its channel, or both (`'card/web'`; what is missing is left away). @defaultValue 'item', or 'channel' in a log without items
   */
  readonly step?: 'item' | 'channel' | 'item/channel';
  /** Other names, for grouping: `{ espresso: 'coffee' }`; null leaves such events out. @defaultValue the names as they are */
  readonly rename?: Readonly<Record<string, string | null>>;
  /** What is one step: the events of one moment, or of one day (UTC), which then counts from its first event. @defaultValue 'moment' */
  readonly together?: 'moment' | 'day';
  /** Steps alike that follow one another: all, or only the first of each run. @defaultValue 'keep' */
  readonly repeats?: 'keep' | 'first';
  /** How many customers each counts for, 0 or more; who is not listed counts 1. @defaultValue 1 each */
  readonly weights?: CustomerValues;
  /** Until when each customer was observed (UTC epoch milliseconds), such as the day of leaving; who is not listed, or `NaN`: as long as the log. @defaultValue `log.observedUntil` */
  readonly observedUntil?: CustomerValues;
}

/** The columns of `Journeys.fromLog`. */
export function journeysOfLog(caller: string, log: EventLog, options: JourneyOptions): JourneyColumns {
  requireLog(caller, log);
  requireKnownOptions(caller, options, ['step', 'rename', 'together', 'repeats', 'weights', 'observedUntil']);
  const { customers, observedUntil } = log;
  const { codes, itemLevels } = nameEvents(caller, log, options);
  const isDay = requireChoice(caller, 'together', options.together ?? 'moment', ['moment', 'day']) === 'day';
  const isFirst = requireChoice(caller, 'repeats', options.repeats ?? 'keep', ['keep', 'first']) === 'first';
  const steps = packEvents(log, codes, isDay, isFirst);
  const weights = options.weights === undefined ? null : valuesAt(caller, log, 'weights', options.weights, 1, (weight) => weight >= 0 && weight < Infinity);
  const isMoment = (moment: number): boolean => Math.abs(moment) < Infinity || Number.isNaN(moment);
  const until = options.observedUntil === undefined ? new Float64Array(customers.length).fill(observedUntil) : valuesAt(caller, log, 'observedUntil', options.observedUntil, observedUntil, isMoment);
  return { customers, itemLevels, ...steps, until, weights };
}

/** One number per customer of the log; `otherwise` for who is not listed, or has NaN where that is good. */
function valuesAt(caller: string, log: EventLog, option: string, given: CustomerValues, otherwise: number, isGood: (value: number) => boolean): Float64Array {
  if (typeof given !== 'object' || (given as object | null) === null || !('customers' in given)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as { customers, values }, found ${describeValue(given)}`, { option });
  }
  const { customers, values } = given;
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value per customer in ${option}, found ${customers.length} customers and ${values.length} values`, { option });
  }
  const valueOf = valuesById(`${caller} ${option}`, customers, values);
  for (const [customer, value] of valueOf) {
    if (typeof value === 'number' && isGood(value)) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as finite numbers (${option === 'weights' ? '0 or more' : 'UTC epoch milliseconds'}), found ${describeValue(value)} for customer ${describeValue(customer)}`, { option, customer });
  }
  if (valueOf.size > 0 && !log.customers.some((id) => valueOf.has(String(id)))) {
    throw new ClientelaError('UNKNOWN_ID', `${caller} found no customer of ${option} in the log: the log begins with ${describeValue(log.customers[0])}, ${option} with ${describeValue(customers[0])}; identifiers must be written alike`, { option, customer: customers[0] });
  }
  return Float64Array.from(log.customers, (id) => {
    const value = valueOf.get(String(id)) ?? NaN;
    return value === value ? value : otherwise;
  });
}

/** The code of each event among the names, -1 for none. */
function nameEvents(caller: string, log: EventLog, options: JourneyOptions): { readonly codes: Int32Array; readonly itemLevels: readonly string[] } {
  const { items, channels, itemLevels, channelLevels } = log;
  const step = requireChoice(caller, 'step', options.step ?? (items === undefined && channels !== undefined ? 'channel' : 'item'), ['item', 'channel', 'item/channel']);
  if ((items === undefined && step !== 'channel') || (channels === undefined && step !== 'item')) {
    throw new ClientelaError('INVALID_INPUT', `${caller} names steps by ${step}, which the log does not have; name the column in the roles when the log is made`, { function: caller, step });
  }
  if (step === 'item/channel') return nameBoth(caller, log, options.rename);
  return renamed(caller, step === 'item' ? items! : channels!, step === 'item' ? itemLevels : channelLevels, options.rename);
}

function nameBoth(caller: string, { items, channels, itemLevels, channelLevels, times }: EventLog, rename: JourneyOptions['rename']): ReturnType<typeof nameEvents> {
  const width = channelLevels.length + 1;
  const names: string[] = [];
  for (const item of ['', ...itemLevels]) for (const channel of ['', ...channelLevels]) names.push(item === '' || channel === '' ? item + channel : `${item}/${channel}`);
  const codes = new Int32Array(times.length);
  // Position 0 is neither item nor channel: no name.
  for (let e = 0; e < codes.length; e++) codes[e] = (items![e]! + 1) * width + channels![e]! + 1 || -1;
  return renamed(caller, codes, names, rename);
}

/** Levels under their new names, ascending, those that occur only. */
function renamed(caller: string, codes: Int32Array, levels: readonly string[], rename: JourneyOptions['rename'] = {}): ReturnType<typeof nameEvents> {
  requireNames(caller, rename);
  const seen = new Uint8Array(levels.length);
  for (let e = 0; e < codes.length; e++) if (codes[e]! >= 0) seen[codes[e]!] = 1;
  const found = levels.filter((_, i) => seen[i] === 1);
  const twice = found.find((level, i) => found.indexOf(level) < i);
  if (twice !== undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} cannot tell steps apart that are named by item and channel: two pairs of them give ${describeValue(twice)}; rename items or channels in the rows`, { name: twice });
  }
  const nameOf = levels.map((level, i) => (seen[i] === 0 ? null : Object.hasOwn(rename, level) ? rename[level]! : level));
  const itemLevels = [...new Set(nameOf.filter((name) => name !== null))].sort(byCodeUnit);
  const places = new Map(itemLevels.map((name, place) => [name, place]));
  const placeOf = Int32Array.from(nameOf, (name) => (name === null ? -1 : places.get(name)!));
  const renamedCodes = new Int32Array(codes.length);
  for (let e = 0; e < codes.length; e++) renamedCodes[e] = codes[e]! < 0 ? -1 : placeOf[codes[e]!]!;
  return { codes: renamedCodes, itemLevels };
}

function requireNames(caller: string, rename: unknown): void {
  const isRecord = typeof rename === 'object' && rename !== null && !(Symbol.iterator in rename);
  const bad = isRecord ? Object.entries(rename).find(([, name]) => name !== null && typeof name !== 'string') : undefined;
  if (isRecord && bad === undefined) return;
  const found = bad === undefined ? describeValue(rename) : `${describeValue(bad[1])} for ${describeValue(bad[0])}`;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs rename as an object of names, such as { espresso: 'coffee' }, null to leave out, found ${found}`, { option: 'rename' });
}
