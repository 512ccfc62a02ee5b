import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';

/** The whole numbers from the first to the last of a range of numbers of segments. */
export function segmentRange(caller: string, segments: readonly [number, number], least: number): number[] {
  if (!Array.isArray(segments) || (segments as readonly number[]).length !== 2) throw new ClientelaError('INVALID_OPTION', `${caller} needs segments as the first and the last number to compare, such as [2, 8]`, { option: 'segments' });
  const first = requireWhole(caller, 'segments', segments[0], least);
  const last = requireWhole(caller, 'segments', segments[1], first);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
