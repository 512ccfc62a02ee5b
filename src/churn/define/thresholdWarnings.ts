import { survivalAt } from '../../numeric/survival/survivalCurve.js';
import type { ChurnThresholds } from './churnThresholds.js';
import type { GapTable } from './gapTable.js';

/** Fewer gaps than this say little about any threshold. */
const FEWEST_GAPS = 100;
/** By so much may a naive 90th percentile fall short before it is worth a word. */
const NEGLIGIBLE = 0.02;

/** What to know before using thresholds, in words. */
export function thresholdWarnings(found: Omit<ChurnThresholds, 'warnings'>, { curve, lengths }: GapTable, level: number): string[] {
  const { closedGaps, openGaps, percentiles, suggested, horizonDays } = found;
  const warnings: string[] = [];
  const ninetieth = percentiles.find(({ share }) => share === 0.9)!;
  if (ninetieth.endedByNaive < 0.9 - NEGLIGIBLE) {
    const longer = curve.survival[curve.survival.length - 1]!;
    const truth = ninetieth.days === null ? `it is never reached: ${percent(longer)} of gaps outlast all that was observed` : `with open gaps counted it is ${round(ninetieth.days)} days`;
    warnings.push(
      `the 90th percentile of closed gaps, ${round(ninetieth.naiveDays)} days, leaves out the ${openGaps} gaps still open of ${openGaps + closedGaps}: by then ${percent(ninetieth.endedByNaive)} of gaps have ended, not 90 %, and ${truth}`,
    );
  }
  if (suggested === null) {
    const last = lengths[lengths.length - 1]!;
    warnings.push(
      last < horizonDays
        ? `no gap was observed for the horizon of ${round(horizonDays)} days: how many come back within it is not known; take a shorter horizon or a longer log`
        : `after every silence observed more than ${percent(level)} come back within ${round(horizonDays)} days; raise level, or shorten the horizon`,
    );
  } else if (survivalAt(curve, suggested.days) * (closedGaps + openGaps) < FEWEST_GAPS) {
    warnings.push(`few gaps last as long as the suggested ${suggested.days} days: mind its interval`);
  }
  if (closedGaps < FEWEST_GAPS) warnings.push(`only ${closedGaps} gaps have closed: the figures rest on few visits`);
  return warnings;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function round(days: number): string {
  return String(Math.round(days * 10) / 10);
}
