import type { SegmentDescription } from './segmentDescription.js';

/** Segments by columns of numbers, for a heat map, a radar or a snake plot. */
export interface ProfilePlot {
  /** The names of the segments: one row of `z` each. */
  readonly segments: readonly string[];
  /** The columns of numbers. */
  readonly features: readonly string[];
  /** Distance of the segment's mean from that of all, in standard deviations of all. */
  readonly z: readonly (readonly number[])[];
}

/**
 * The means of all segments on one scale, as a matrix to plot: 0 is the portfolio's mean, 1 one standard deviation above it.
 *
 * @param description - what {@link describeSegments} gave
 * @returns names, columns, and one row of z a segment
 * @example
 * ```ts
 * import { describeSegments } from 'clientela/segmentation';
 * const description = describeSegments({ spent: [1, 1, 3, 3] }, [0, 0, 1, 1], { names: ['thrifty', 'generous'] });
 * profilePlot(description); // => { segments: ['thrifty', 'generous'], features: ['spent'], z: [[-1], [1]] }
 * ```
 */
export function profilePlot({ segments }: Pick<SegmentDescription, 'segments'>): ProfilePlot {
  return {
    segments: segments.map(({ name }) => name),
    features: (segments[0]?.numbers ?? []).map(({ feature }) => feature),
    z: segments.map(({ numbers }) => numbers.map(({ z }) => z)),
  };
}
