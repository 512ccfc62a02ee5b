import { snapshot, type Frame } from 'clientela/data';
import {
  describeSegments, fitSegmentation, profilePlot, rfm, rfmGrid, segmentMigration, silhouette,
  type ProfilePlot, type RfmGridCell, type RfmSegment, type SegmentCard, type SegmentMigration, type SegmentSummary, type Silhouette,
} from 'clientela/segmentation';
import type { Loaded } from '../../data/loaded.js';
import { membersOf } from '../../data/members.js';
import type { Computation, Report } from '../panel.js';

export interface SegmentsOptions {
  /** What customers are grouped by. */
  by: 'behaviour' | 'profile';
  /** How many groups; 0 leaves it to the data. */
  segments: number;
}

export interface SegmentsResult {
  /** The model as JSON: the page places new customers with it. */
  model: object;
  features: readonly string[];
  segments: readonly SegmentSummary[];
  cards: readonly SegmentCard[];
  notes: readonly string[];
  profile: ProfilePlot | null;
  /** By the columns of numbers; null where there are none, or a single group. */
  silhouette: Silhouette | null;
  labels: Int32Array;
  /** From the log, where there is one. */
  rfm: { grid: RfmGridCell[]; segments: readonly RfmSegment[]; migration: SegmentMigration | null } | null;
}

const DAY = 86_400_000;
const behaviour = ['recencyDays', 'tenureDays', 'frequency', 'amountMean'];

export const segmentsComputation: Computation<SegmentsOptions, SegmentsResult> = {
  id: 'segments',
  compute(loaded, options, report) {
    report(0, 4, 'Reading the customers');
    const { table, features } = options.by === 'behaviour' ? behaviourOf(loaded) : { table: loaded.customers, features: [...loaded.dataset.customers!.roles.features] };
    report(1, 4, 'Finding the groups');
    const model = fitSegmentation(table, { features, ...(options.segments > 0 ? { segments: options.segments } : {}) });
    report(2, 4, 'Describing them');
    const { labels } = model;
    const description = describeSegments(table, labels, { features });
    const numbers = profilePlot(description);
    // Distances are of numbers: groups by categories, and a single group, have no silhouette.
    const widths = model.segmentCount > 1 && numbers.features.length > 0 ? silhouette(table, labels, { features: numbers.features, sample: 1500 }) : null;
    return {
      model: model.toJSON(), features, segments: model.segments, cards: description.segments, notes: model.notes, labels, silhouette: widths,
      profile: numbers.features.length > 0 ? numbers : null, rfm: loaded.dataset.events === undefined ? null : rfmOf(loaded, report),
    };
  },
};

/** What today's customers do, as the log shows it. */
function behaviourOf(loaded: Loaded): { table: Frame; features: string[] } {
  const table = snapshot(membersOf(loaded).log, { asOf: loaded.asOf, windows: [] });
  const has = new Set(table.names);
  return { table, features: behaviour.filter((name) => has.has(name)) };
}

/** The usual segments of recency, frequency and money, and who has moved in half of the last year. */
function rfmOf(loaded: Loaded, report: Report): SegmentsResult['rfm'] {
  report(3, 4, 'Scoring recency, frequency and money');
  const { log, asOf } = loaded;
  const today = rfm(log, { asOf });
  const earlier = asOf - Math.min(182 * DAY, (asOf - log.firstTime) / 2);
  const before = rfm(log, { asOf: earlier });
  return { grid: rfmGrid(today), segments: today.segments, migration: segmentMigration(before, rfm(log, { asOf, cuts: before.cuts })) };
}
