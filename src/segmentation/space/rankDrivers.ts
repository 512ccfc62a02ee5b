import type { SegmentAssignment } from './segmentAssignment.js';

/** What the known features of a row say for its segment, the strongest first, and which features are missing. Contributions are 0 where there is no second segment. */
export function rankDrivers(row: object, features: readonly string[], hasSecond: boolean, isKnown: (feature: number) => boolean, contribution: (feature: number) => number): Pick<SegmentAssignment, 'drivers' | 'missing'> {
  const drivers = features
    .map((feature, j) => ({ j, feature }))
    .filter(({ j }) => isKnown(j))
    .map(({ j, feature }) => ({ feature, value: (row as Record<string, unknown>)[feature], contribution: hasSecond ? contribution(j) : 0 }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { drivers, missing: features.filter((_, j) => !isKnown(j)) };
}
