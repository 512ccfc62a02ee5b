export { assignRfm, type RfmAssignment } from './assignRfm.js';
export { rfm, type RfmOptions, type RfmResult } from './rfm.js';
export type { RfmCuts } from './rfmCuts.js';
export { rf10Segments, type RfmSegmentRule, type ScoreRange } from './rfmSegments.js';
export type { RfmSegment } from './rfmTable.js';
