import { readJourneys, readTimedJourneys } from '../journeys/readJourneys.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { learnMeasure, type JourneyMeasure, type JourneyMeasureOptions } from './journeyMeasure.js';
import { packJourneys, type PackedJourneys } from './packJourneys.js';

/** Journeys, the different ones among them, and how they are compared. */
export function readComparison(caller: string, source: JourneySource, options: JourneyMeasureOptions): { readonly journeys: JourneyColumns; readonly packed: PackedJourneys; readonly measure: JourneyMeasure } {
  const isTimed = (options.timeWeight ?? 0) > 0;
  const journeys = isTimed ? readTimedJourneys(caller, source) : readJourneys(caller, source);
  const packed = packJourneys(journeys, isTimed);
  return { journeys, packed, measure: learnMeasure(caller, options, journeys, packed) };
}
