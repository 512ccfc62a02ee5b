import { requireLength, unfit } from '../../data/labelsAndScores.js';
import { requireKnownOptions } from '../../data/options.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import type { SegmentResponse } from './readActions.js';

/** How {@link responseBySegment} names the segments. */
export interface ResponseBySegmentOptions {
  /** The name of each segment by its number. @defaultValue the numbers */
  readonly names?: readonly string[];
}

/**
 * How every segment answered every action, counted from rows: the `history` that `valueActions` takes, by name of the action.
 *
 * One row per contact. A row without a segment (-1, or an empty name) or without an action (null, or an empty name: not contacted) is left out.
 * Actions come in the order of their first row, segments in that of their numbers.
 *
 * @param labels - the segment of each row: numbers, or names
 * @param action - what each row was contacted with, or one name for all rows
 * @param responded - 1 or true for a response, 0 or false for none
 * @param options - see {@link ResponseBySegmentOptions}
 * @returns for each action, contacts and responses by segment
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const { mail } = responseBySegment([0, 0, 1, 1], ['mail', 'mail', 'mail', null], [1, 0, 0, 0], { names: ['loyal', 'new'] });
 * mail; // => [{ segment: 'loyal', contacts: 2, responses: 1 }, { segment: 'new', contacts: 1, responses: 0 }]
 * ```
 */
export function responseBySegment(
  labels: SegmentLabels,
  action: string | ArrayLike<string | number | null | undefined>,
  responded: ArrayLike<number | boolean | null | undefined>,
  options: ResponseBySegmentOptions = {},
): Record<string, SegmentResponse[]> {
  const caller = 'responseBySegment';
  requireKnownOptions(caller, options, ['names']);
  const n = labels.length;
  const { segmentOf, count, names: found } = readSegmentLabels(caller, labels, n);
  const names = options.names ?? found ?? Array.from({ length: count }, (_, s) => String(s));
  if (typeof action !== 'string') requireLength(caller, 'actions', action, n);
  requireLength(caller, 'responses', responded, n);
  const counts = new Map<string, { contacts: number; responses: number }[]>();
  for (let row = 0; row < n; row++) {
    const segment = segmentOf[row]!;
    const name = String((typeof action === 'string' ? action : action[row]) ?? '');
    if (segment < 0 || name === '') continue;
    if (segment >= names.length) throw unfit(caller, 'label', segment, row, `below ${names.length}, the number of names`);
    const answer = responded[row];
    if (answer !== 0 && answer !== 1 && typeof answer !== 'boolean') throw unfit(caller, 'response', answer, row, '0 or 1 for every row with an action');
    let cells = counts.get(name);
    if (cells === undefined) counts.set(name, (cells = names.map(() => ({ contacts: 0, responses: 0 }))));
    cells[segment]!.contacts++;
    cells[segment]!.responses += Number(answer);
  }
  return Object.fromEntries(
    [...counts].map(([name, cells]) => [name, cells.map((cell, s) => ({ segment: names[s]!, ...cell })).filter(({ contacts }) => contacts > 0)]),
  );
}
