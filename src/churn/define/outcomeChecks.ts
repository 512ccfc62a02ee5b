import type { Column } from '../../data/column.js';
import { auditColumns } from '../../evaluation/auditLeakage.js';
import { findingOn, rowsWhere, type DesignFinding } from './designFinding.js';

/** Words in the names of columns that are filled in when a customer leaves. */
const AFTERWARDS = /cancel|churn|reason|clos(?:ed|ing|ure)|terminat|(?:^|[^a-z])left(?:[^a-z]|$)|exit|end[\s_-]?date|deactivat|departure/i;
/** From which area under the ROC curve such a name is worth a look. */
const TELLING = 0.75;

/** Columns that know how it went. */
export function outcomeFindings(columns: readonly (readonly [string, Column])[], labels: Uint8Array, options: { readonly threshold: number; readonly moments?: Float64Array }): DesignFinding[] {
  const { findings, features } = auditColumns(columns, labels, options);
  const remedy = 'leave it out, or take its value as it was before the moment of scoring';
  const found = findings.flatMap(({ kind, columns: names, text }): DesignFinding[] => {
    if (kind === 'says the same' || kind === 'repeated rows') return [];
    return [{ code: 'POST_OUTCOME', certainty: kind === 'after the moment' ? 'certain' : 'likely', text, remedy, columns: names, rows: labels.length, examples: [] }];
  });
  const known = new Set(found.flatMap(({ columns: names }) => names));
  const named = features.filter(({ feature, auc }) => AFTERWARDS.test(feature) && auc.estimate >= TELLING && !known.has(feature));
  return [
    ...found,
    ...named.map(({ feature, auc }): DesignFinding => ({
      code: 'POST_OUTCOME',
      certainty: 'possible',
      text: `column "${feature}" sounds as if it were filled in when a customer leaves, and foretells well (AUC ${auc.estimate.toFixed(2)})`,
      remedy,
      columns: [feature],
      rows: labels.length,
      examples: [],
    })),
  ];
}

/** Columns whose values are from after the moment of the row, by the dates at which they were known. */
export function knownAtFindings(pairs: readonly { readonly feature: string; readonly stamp: string; readonly knownAt: Float64Array }[], moments: Float64Array): DesignFinding[] {
  return pairs.flatMap(({ feature, stamp, knownAt }) => {
    const rows = rowsWhere(moments.length, (row) => knownAt[row]! >= moments[row]!);
    if (rows.length === 0) return [];
    const text = `column "${feature}" was not known before the moment of the row in ${rows.length} rows, by column "${stamp}"`;
    return [findingOn(rows, { code: 'POST_OUTCOME', certainty: 'certain', text, remedy: 'take the value that was known before the moment, or leave it out', columns: [feature, stamp] })];
  });
}

/** Weights that are one number for each class. */
export function weightFindings(weights: Float64Array, labels: ArrayLike<number>, target: string): DesignFinding[] {
  const of = [NaN, NaN];
  for (let row = 0; row < weights.length; row++) {
    const label = labels[row]!;
    if (label < 0) continue;
    if (Number.isNaN(of[label]!)) of[label] = weights[row]!;
    // Relative, for weights that were scaled to add up to something.
    if (Math.abs(weights[row]! - of[label]!) > 1e-9 * Math.abs(of[label]!)) return [];
  }
  if (!(Math.abs(of[0]! - of[1]!) > 1e-9 * Math.abs(of[0]!))) return [];
  return [
    {
      code: 'CLASS_WEIGHTS',
      certainty: 'certain',
      text: `weights are ${of[1]!.toPrecision(3)} with one value of "${target}" and ${of[0]!.toPrecision(3)} with the other: they make the event as frequent as it is not`,
      remedy: 'leave them out: they rank no better and destroy probabilities; put the rarity of the event into the decision, by costs',
      columns: [target],
      rows: weights.length,
      examples: [],
    },
  ];
}
