import { unfit } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';

/** The segment of every row: numbers from 0 with -1 for none, or names (an empty one for none), which are numbered by size. */
export type SegmentLabels = ArrayLike<number> | ArrayLike<string>;

/** Labels as numbers, and how many segments they need. */
export interface ReadSegments {
  readonly segmentOf: Int32Array;
  readonly count: number;
  /** The names the labels were; undefined where they were numbers. */
  readonly names: readonly string[] | undefined;
}

/** The largest number a segment may have: a misread column of amounts is refused before it fills the memory. */
const LARGEST = 9999;

/**
 * Labels, checked: one a row, whole numbers from -1, or text.
 *
 * @throws a ClientelaError `EMPTY_INPUT`, `LENGTH_MISMATCH` or `INVALID_VALUE`
 */
export function readSegmentLabels(caller: string, labels: SegmentLabels, rowCount: number): ReadSegments {
  if (rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const found = (labels as SegmentLabels | undefined)?.length;
  if (found !== rowCount) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one label for each of the ${rowCount} rows, found ${found}`, { expected: rowCount, found });
  const names = typeof labels[0] === 'string' ? namesBySize(labels as ArrayLike<string>) : undefined;
  const numbers = new Map<unknown, number>(names?.map((name, segment) => [name, segment])).set('', -1);
  const segmentOf = new Int32Array(rowCount);
  let largest = -1;
  for (let row = 0; row < rowCount; row++) {
    const label = names === undefined ? (labels[row] as number) : (numbers.get(labels[row]) ?? NaN);
    if (!(Number.isInteger(label) && label >= -1 && label <= LARGEST)) {
      throw unfit(caller, 'label', labels[row], row, `the number of a segment from 0 to ${LARGEST}, or -1 for none (or the names of segments throughout)`);
    }
    segmentOf[row] = label;
    largest = Math.max(largest, label);
  }
  return { segmentOf, count: largest + 1, names };
}

// The largest first, equal ones by code unit.
function namesBySize(labels: ArrayLike<string>): string[] {
  const sizes = new Map<string, number>();
  for (let row = 0; row < labels.length; row++) {
    const name: unknown = labels[row];
    if (typeof name === 'string' && name !== '') sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  return [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || (a < b ? -1 : 1));
}
