import type { Column } from '../../data/column.js';
import { rocAuc } from '../../evaluation/rocAuc.js';
import { ClientelaError } from '../../errors.js';
import type { CaptureEaseReport } from './captureEaseState.js';
import { INPUT_WORDS } from './easeRows.js';
import type { EaseTask } from './learnEase.js';

/** An area under the curve that the future seldom allows. */
const TOO_GOOD = 0.97;
/** Rows on which a single column is looked at. */
const LOOK_ROWS = 5000;

/** Refuses one snapshot given twice, and a feature that is the later spend itself. */
export function requireTwoMoments(caller: string, { table, features }: Pick<EaseTask, 'table' | 'features'>, present: Float64Array, later: Float64Array): void {
  if (later.every((amount, row) => amount === present[row])) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a later spend, found the present spend in every row learnt from; give what was spent in the period after`);
  }
  for (const name of features) {
    const column: Column = table.source(name);
    if (column.kind !== 'number' || !later.every((amount, row) => amount === column.values[row])) continue;
    throw new ClientelaError('INVALID_INPUT', `${caller} needs features known at the earlier moment, found the later spend in column "${name}"; leave it out of features`, { column: name });
  }
}

/** Columns that tell alone who captured, as nothing known beforehand does. */
export function tellingColumns({ table, features, labels }: EaseTask): string[] {
  const step = Math.ceil(table.rowCount / LOOK_ROWS);
  return features.filter((name) => {
    const column: Column = table.source(name);
    if (Object.hasOwn(INPUT_WORDS, name) || column.kind !== 'number') return false;
    const [events, values]: [number[], number[]] = [[], []];
    for (let row = 0; row < table.rowCount; row += step) {
      if (column.values[row]! !== column.values[row]!) continue;
      events.push(labels[row]!);
      values.push(column.values[row]!);
    }
    if (!events.includes(0) || !events.includes(1)) return false;
    const area = rocAuc(events, values);
    return area > TOO_GOOD || area < 1 - TOO_GOOD;
  });
}

/** What to look at, in words. */
export function easeWarnings({ learner, learntFrom, customers, absent, baseRate, figures, baselines, growth }: Omit<CaptureEaseReport, 'warnings'>, suspects: readonly string[], countsAsZero: boolean): string[] {
  const warnings: string[] = [];
  if (learner === 'rate') {
    warnings.push(`${learntFrom} customers with headroom, of whom ${percent(baseRate.estimate)} captured, do not tell who captures more easily (40 are needed, 10 of either kind, who differ in something): all have the same ease, drawn a little to 50 %`);
  }
  if (suspects.length > 0) warnings.push(`${suspects.join(', ')} alone tell who captured almost without error: make sure that they were known at the earlier moment`);
  else if (figures?.auc && figures.auc.estimate > TOO_GOOD) warnings.push('who captures is foretold almost without error: make sure that nothing was known only later');
  const present = baselines.find(({ by }) => by === 'present');
  if (present && !(present.added !== null && present.added.lower > 0)) {
    warnings.push('the ease is not clearly better than one from the present spend alone: it may tell little more than that who had a bad year grows back');
  }
  if (countsAsZero && absent > 0.2 * customers) warnings.push(`${percent(absent / customers)} of the customers have no later spend and count as spending 0: leave them out if it is only not known`);
  if (growth !== null && Math.abs(growth) > 0.25) warnings.push(`all spend together changed by ${percent(growth)}: the periods may differ in length, or prices and the market moved everybody`);
  return warnings;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
