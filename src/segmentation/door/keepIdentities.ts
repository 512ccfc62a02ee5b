import { everyRow, type ParsedTable } from '../../data/takeRows.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { alignSegments } from '../movement/alignSegments.js';
import type { SegmentModel } from '../space/segmentAssignment.js';
import type { Segmentation } from './segmentation.js';

/** What a refit calls the segments of its model. */
export interface Identities {
  /** By the number in the model. */
  readonly numbers: readonly number[];
  /** By the new number; undefined for a segment that is new. */
  readonly names: readonly (string | undefined)[];
  readonly notes: readonly string[];
}

/** The numbers and names of an earlier segmentation for the segments that are found again; the others get what numbers are left. */
export function keepIdentities(previous: Segmentation | undefined, view: ParsedTable, model: SegmentModel): Identities {
  const k = model.segmentCount;
  const numbers = Array.from({ length: k }, (_, own) => own);
  if (previous === undefined) return { numbers, names: [], notes: [] };
  if (typeof (previous as Partial<Segmentation>).assign !== 'function') {
    throw new ClientelaError('INVALID_OPTION', `fitSegmentation needs previous as a Segmentation, found ${describeValue(previous)}; read a stored one by Segmentation.fromJSON`, { option: 'previous' });
  }
  const earlier = previous.assign(everyRow(view));
  if (!earlier.some((segment, row) => segment >= 0 && model.labels[row]! >= 0)) return { numbers, names: [], notes: ['no customer has a segment in the earlier segmentation and in this one'] };
  const { pairs, agreement, vanished } = alignSegments(earlier, model.labels);
  const kept = new Map(pairs.map(({ before, after }) => [after, before]));
  const free = numbers.filter((number) => ![...kept.values()].includes(number));
  const names: (string | undefined)[] = numbers.map(() => undefined);
  for (const own of numbers) {
    const before = kept.get(own);
    // A number beyond the last segment cannot be kept; its name can.
    const number = before !== undefined && before < k ? before : free.shift()!;
    numbers[own] = number;
    names[number] = before === undefined ? undefined : previous.segments[before]!.name;
  }
  const gone = vanished.map((segment) => previous.segments[segment]!.name).join(', ');
  return {
    numbers,
    names,
    notes: [
      `${Math.round(100 * agreement!)} % of the customers are where the earlier segmentation has them`,
      ...(gone === '' ? [] : [`not found again: ${gone}`]),
    ],
  };
}
