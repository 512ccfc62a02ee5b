import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { findingOn, rowsWhere, type DesignFinding } from './designFinding.js';

/** Names of columns that say how long somebody has been a customer. */
const TENURE = /tenure|months?[\s_-]?active|(?:account|customer|subscription|membership)[\s_-]*(?:age|length|duration)/i;
/** Leaving seen in this part of the time only is a part of it. */
const PART = 0.2;

const TRUNCATED = {
  code: 'LEFT_TRUNCATION',
  remedy: 'say from when each row was observed (entry): its age when observation began, such as the duration less the period; survivalTimes does so. Or foretell the event of the next period, with the age as a feature',
} as const;

/** Durations since joining where those who left early were never seen. */
export function truncationFindings(duration: string, durations: Float64Array, eventPeriod: number | undefined): DesignFinding[] {
  const all = rowsWhere(durations.length, (row) => eventPeriod === undefined || durations[row]! > eventPeriod);
  if (eventPeriod === undefined) {
    if (!TENURE.test(duration)) return [];
    const text = `"${duration}" sounds like the age of a relationship at one date, and nothing says since when leaving was observed: if only those still there at some date are in the data, who left before is missing, and every curve from 0 is far too high`;
    return [findingOn(all, { ...TRUNCATED, certainty: 'possible', text, columns: [duration] })];
  }
  if (all.length === 0) return [];
  const text = `leaving was observed in the last ${eventPeriod} only, and "${duration}" counts from joining: ${all.length} rows had to stay until then to be in the data at all`;
  return [findingOn(all, { ...TRUNCATED, certainty: 'certain', text, columns: [duration] })];
}

/** The same by dates: all who left did so at the very end of the time in which customers joined. */
export function lateEventFindings(joined: Float64Array, ended: Float64Array, names: readonly string[]): DesignFinding[] {
  const extreme = (values: Float64Array): [number, number] => values.reduce(([least, most], value) => (Number.isNaN(value) ? [least, most] : [Math.min(least, value), Math.max(most, value)]), [Infinity, -Infinity]);
  const [[firstJoined], [firstEnd, lastEnd]] = [extreme(joined), extreme(ended)];
  const events = rowsWhere(ended.length, (row) => !Number.isNaN(ended[row]!)).length;
  if (events < 20 || !(lastEnd - firstEnd < PART * (lastEnd - firstJoined))) return [];
  const early = rowsWhere(joined.length, (row) => joined[row]! < firstEnd);
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  const text = `nobody left before ${day(firstEnd)}, though customers have joined since ${day(firstJoined)}: who left before is missing from the data, and ${early.length} rows had to stay until then to be in them`;
  return [findingOn(early, { ...TRUNCATED, certainty: early.length > 0.5 * joined.length ? 'certain' : 'likely', text, columns: names })];
}

/** Labels given before the window was over. */
export function incompleteFindings(names: readonly string[], over: Float64Array, labels: ArrayLike<number>, until: number): DesignFinding[] {
  const rows = rowsWhere(over.length, (row) => over[row]! > until && labels[row]! >= 0);
  if (rows.length === 0) return [];
  const text = `${rows.length} rows have an outcome though their window was not over when observation ended: who had not left yet counts as one who stays, or who had not come yet as one who has gone`;
  return [findingOn(rows, { code: 'INCOMPLETE_HORIZON', certainty: 'certain', text, remedy: 'make these outcomes missing, as churnLabels and labelOutcome do', columns: names })];
}

/** The same where the end of observation is not known: the rate of the last horizon leaps. */
export function lastRateFindings(names: readonly string[], moments: Float64Array, over: Float64Array, labels: ArrayLike<number>): DesignFinding[] {
  const last = moments.reduce((most, moment) => Math.max(most, moment), -Infinity);
  const counts = [[0, 0], [0, 0]] as [[number, number], [number, number]];
  for (let row = 0; row < moments.length; row++) if (labels[row]! >= 0) counts[over[row]! > last ? 1 : 0][labels[row] === 1 ? 1 : 0]++;
  const [[a, b], [c, d]] = counts;
  if (Math.min(a + b, c + d) < 50) return [];
  const [before, late] = [b / (a + b), d / (c + d)];
  const chiSquare = ((a + b + c + d) * (a * d - b * c) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d));
  if (!(chiSquareSurvival(chiSquare, 1) < 1e-6) || (late > 0.6 * before && late < before / 0.6)) return [];
  const rows = rowsWhere(moments.length, (row) => over[row]! > last && labels[row]! >= 0);
  const text = `the event has a rate of ${late.toFixed(3)} in the ${rows.length} rows of the last horizon, of ${before.toFixed(3)} before: their windows may not have been over`;
  return [findingOn(rows, { code: 'INCOMPLETE_HORIZON', certainty: 'possible', text, remedy: 'give observedUntil; make outcomes missing whose window is not over, as churnLabels does', columns: names })];
}
