import { rfm, rfmGrid, type RfmGridCell, type RfmSegment } from 'clientela/segmentation';
import type { Computation } from '../panel.js';

export interface SegmentsOptions {
  /** Scores from 1 to this. */
  bins: number;
}

export interface SegmentsResult {
  grid: RfmGridCell[];
  segments: readonly RfmSegment[];
}

export const segmentsComputation: Computation<SegmentsOptions, SegmentsResult> = {
  id: 'segments',
  compute(loaded, _options, report) {
    report(0, 2, 'Reading the log');
    const { log, asOf } = loaded;
    report(1, 2, 'Scoring recency, frequency and money');
    const portfolio = rfm(log, { asOf });
    return { grid: rfmGrid(portfolio), segments: portfolio.segments };
  },
};
