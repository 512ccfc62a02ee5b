import type { Column } from '../data/column.js';
import type { Estimate } from '../numeric/estimate.js';
import { duplicateColumns } from './duplicateColumns.js';

/** Something that makes a score look better than it will be. */
export interface LeakageFinding {
  /** Of which sort. */
  readonly kind: 'foretells too well' | 'occurs with the event only' | 'says the same' | 'after the moment' | 'repeated rows';
  /** The columns it is about; none for rows. */
  readonly columns: readonly string[];
  /** In words. */
  readonly text: string;
}

type Named = readonly (readonly [name: string, column: Column])[];

/** Fewest rows on which a value that always comes with the event is more than chance. */
const FEWEST = 20;
/** The logarithm of a probability of one in a thousand million. */
const IMPOSSIBLE = -20.7;

/** What is suspicious in the columns of labelled rows. */
export function findLeaks(
  columns: Named,
  labels: Uint8Array,
  features: readonly { readonly feature: string; readonly auc: Estimate }[],
  { threshold, moments }: { readonly threshold: number; readonly moments?: Float64Array },
): LeakageFinding[] {
  const strong = features.filter(({ auc }) => auc.estimate >= threshold);
  const isStrong = new Set(strong.map(({ feature }) => feature));
  return [
    ...strong.map(({ feature, auc }): LeakageFinding => ({
      kind: 'foretells too well',
      columns: [feature],
      text: `column "${feature}" alone foretells the target nearly perfectly (AUC ${auc.estimate.toFixed(2)})`,
    })),
    ...columns.filter(([name]) => !isStrong.has(name)).flatMap(([name, column]) => withEventOnly(name, column, labels)),
    ...duplicateColumns(columns).map((names): LeakageFinding => ({ kind: 'says the same', columns: names, text: `columns ${names.map((name) => `"${name}"`).join(' and ')} say the same` })),
    ...columns.flatMap(([name, column]) => laterThan(name, column, moments)),
    ...repeatedRows(columns, labels),
  ];
}

/** A value, or the presence of one, that no row without the event has. */
function withEventOnly(name: string, column: Column, labels: Uint8Array): LeakageFinding[] {
  const events = labels.reduce((sum, label) => sum + label, 0);
  const fewest = Math.max(FEWEST, Math.ceil(IMPOSSIBLE / Math.log(events / labels.length)));
  const finding = (what: string, rows: number): LeakageFinding => ({
    kind: 'occurs with the event only',
    columns: [name],
    text: `column "${name}" ${what} in ${rows} rows, all of them with the event: it may be filled in afterwards`,
  });
  if (column.kind === 'category') {
    const counts = countBoth(column.codes, column.levels.length + 1, labels);
    const levels = column.levels.flatMap((level, code) => (counts.events[code + 1]! === counts.rows[code + 1]! && counts.rows[code + 1]! >= fewest ? [finding(`is "${level}"`, counts.rows[code + 1]!)] : []));
    // Many reasons, each in few rows: that there is one at all tells as much.
    const known = labels.length - counts.rows[0]!;
    const isAnyOnly = levels.length === 0 && known < labels.length && known >= fewest && events - counts.events[0]! === known;
    return isAnyOnly ? [finding('has a value', known)] : levels;
  }
  if (column.kind === 'id') return [];
  const isSomething: (value: number) => boolean = column.kind === 'number' ? (value) => value === value && value !== 0 : column.kind === 'boolean' ? (value) => value === 1 : (value) => value === value;
  let [rows, withEvent] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    if (!isSomething(column.values[row]!)) continue;
    rows++;
    withEvent += labels[row]!;
  }
  return rows === withEvent && rows >= fewest && rows < labels.length ? [finding(column.kind === 'boolean' ? 'is true' : column.kind === 'date' ? 'has a date' : 'has a value other than 0', rows)] : [];
}

function countBoth(codes: Int32Array, length: number, labels: Uint8Array): { readonly rows: Float64Array; readonly events: Float64Array } {
  const [rows, events] = [new Float64Array(length), new Float64Array(length)];
  for (let row = 0; row < codes.length; row++) {
    rows[codes[row]! + 1]!++;
    events[codes[row]! + 1]! += labels[row]!;
  }
  return { rows, events };
}

function laterThan(name: string, column: Column, moments: Float64Array | undefined): LeakageFinding[] {
  if (column.kind !== 'date' || moments === undefined) return [];
  let later = 0;
  for (let row = 0; row < moments.length; row++) if (column.values[row]! > moments[row]!) later++;
  return later === 0 ? [] : [{ kind: 'after the moment', columns: [name], text: `column "${name}" has dates after the moment of scoring in ${later} rows` }];
}

/** Rows that repeat an earlier one to the last digit, outcome included; only where a column of many values makes chance repeats unlikely. */
function repeatedRows(columns: Named, labels: Uint8Array): LeakageFinding[] {
  const keys = columns.filter(([, column]) => column.kind !== 'id').map(([, column]): ArrayLike<unknown> => (column.kind === 'category' ? column.codes : column.values));
  if (!keys.some((values) => values instanceof Float64Array && new Set(values).size > labels.length / 2)) return [];
  const hashes = new Float64Array(labels);
  for (const values of keys) {
    const numberOf = new Map<unknown, number>();
    for (let row = 0; row < hashes.length; row++) {
      const code = numberOf.get(values[row]) ?? numberOf.size;
      numberOf.set(values[row], code);
      // Weyl's multiplier keeps the 53 bits well mixed.
      hashes[row] = ((hashes[row]! * 1.618033988749895 + code * 0.7548776662466927 + 1) * 7919.1) % 1_000_003;
    }
  }
  const repeats = hashes.length - new Set(hashes).size;
  return repeats < 0.01 * labels.length ? [] : [{ kind: 'repeated rows', columns: [], text: `${repeats} rows repeat an earlier one exactly: a score would be tested on rows it has learnt from` }];
}
