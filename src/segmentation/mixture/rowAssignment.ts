import { rankDrivers } from '../space/rankDrivers.js';
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
  return {
    segment,
    second,
    distance: distance(segment),
    margin: second < 0 ? 1 : 1 - memberships[second]! / memberships[segment]!,
    confidence: memberships[segment]!,
    outlier: isOutlier,
    ...rankDrivers(row, features, second >= 0, (j) => !isMissing(j), (j) => contribution(j, segment, second)),
  };
}
