import type { SegmentAssignment } from '../space/segmentAssignment.js';

/** What a mixture knows of a row beside the probabilities. */
export interface RowEvidence {
  readonly isOutlier: boolean;
  readonly isMissing: (feature: number) => boolean;
  readonly distance: (segment: number) => number;
  readonly contribution: (feature: number, segment: number, second: number) => number;
}

/** The assignment of one row, from the probabilities of the segments. */
export function rowAssignment(row: object, features: readonly string[], segment: number, memberships: Float64Array, { isOutlier, isMissing, distance, contribution }: RowEvidence): SegmentAssignment {
  let second = -1;
  memberships.forEach((p, c) => {
    if (c !== segment && (second < 0 || p > memberships[second]!)) second = c;
  });
  const known = features.map((feature, j) => ({ feature, j })).filter(({ j }) => !isMissing(j));
  return {
    segment,
    second,
    distance: distance(segment),
    margin: second < 0 ? 1 : 1 - memberships[second]! / memberships[segment]!,
    confidence: memberships[segment]!,
    outlier: isOutlier,
    drivers: known
      .map(({ feature, j }) => ({ feature, value: (row as Record<string, unknown>)[feature], contribution: second < 0 ? 0 : contribution(j, segment, second) }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    missing: features.filter((_, j) => isMissing(j)),
  };
}
