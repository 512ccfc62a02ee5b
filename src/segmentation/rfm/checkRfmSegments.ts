import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { cellOf, requireRules, takes, type RfmSegmentRule } from './rfmRules.js';

/** What a segment map covers. */
export interface RfmSegmentCoverage {
  /** How many cells there are: bins³, or bins² where no rule uses money. */
  readonly cells: number;
  /** How many of them some rule takes. */
  readonly covered: number;
  /** The cells no rule takes, whose customers will be "other". */
  readonly gaps: readonly string[];
  /** The cells several rules take, where their order decides: the first of `segments` gets them. */
  readonly overlaps: readonly { readonly cell: string; readonly segments: readonly string[] }[];
  /** How many cells each segment gets, in the order of the rules; 0 for a rule that others always precede. */
  readonly sizes: readonly { readonly name: string; readonly cells: number }[];
}

/**
 * The gaps and overlaps of a segment map: which cells of scores no rule takes, and which several do. A cell is written as recency and
 * frequency score (`'51'`), with the monetary score when some rule uses it (`'513'`), from 10 bins on with hyphens (`'10-3-7'`).
 *
 * @param segments - a map of `rfm`: {@link rf10Segments} or one's own
 * @param options - `bins` of the scores
 * @defaultValue options.bins 5
 * @returns counts and cells
 * @throws a {@link ClientelaError} `INVALID_OPTION` for rules that `rfm` would refuse
 * @example
 * ```ts
 * const map = checkRfmSegments([{ name: 'fresh', recency: [2, 2] }, { name: 'often', frequency: [2, 2] }], { bins: 2 });
 * map.gaps; // => ['11']
 * map.overlaps; // => [{ cell: '22', segments: ['fresh', 'often'] }]
 * ```
 */
export function checkRfmSegments(segments: readonly RfmSegmentRule[], options: { readonly bins?: number } = {}): RfmSegmentCoverage {
  requireKnownOptions('checkRfmSegments', options, ['bins']);
  const { bins = 5 } = options;
  requireChoice('checkRfmSegments', 'bins', bins, [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  requireRules('checkRfmSegments', segments, bins, true);
  const withMoney = segments.some(({ monetary, cells }) => monetary ?? cells);
  const cells = allCells(bins, withMoney ? 3 : 2);
  const gaps: string[] = [];
  const overlaps: { cell: string; segments: string[] }[] = [];
  const sizes = segments.map(({ name }) => ({ name, cells: 0 }));
  for (const scores of cells) {
    const taking = sizes.filter((_, s) => takes(segments[s]!, bins, scores));
    const cell = cellOf(bins, scores);
    if (taking.length === 0) gaps.push(cell);
    else taking[0]!.cells++;
    if (taking.length > 1) overlaps.push({ cell, segments: taking.map(({ name }) => name) });
  }
  return { cells: cells.length, covered: cells.length - gaps.length, gaps, overlaps, sizes };
}

// Ascending, the first score slowest.
function allCells(bins: number, dimensions: number): number[][] {
  if (dimensions === 0) return [[]];
  return allCells(bins, dimensions - 1).flatMap((scores) => Array.from({ length: bins }, (_, k) => [...scores, k + 1]));
}
