// @ts-check
/** @import { TargetReport, TargetScore } from 'clientela/scoring' */
import { count, decimal, heading, interval, paragraph, percent, table } from './text.mjs';

/**
 * How good a score is, in figures from customers it had not seen.
 *
 * @param {TargetScore} score
 * @param {string} answer - what is predicted, in words
 * @param {string} [rows] - what a row is
 * @returns {string}
 */
export function scoreSection({ report }, answer, rows = 'customers') {
  return [
    heading(`The score: how likely is "${answer}"?`),
    paragraph(`Learnt from ${count(report.rows)} ${rows}, ${count(report.events)} of them positive (${percent(report.events / report.rows)}), by ${learner(report)}. The figures come from ${seen(report, rows)}.`),
    '',
    `AUC                 ${interval(report.auc)}    0.5 is chance, 1 is perfect`,
    `log loss            ${decimal(report.logLoss, 4)}, against ${decimal(report.baselineLogLoss, 4)} for giving everybody the same probability`,
    `calibration error   ${percent(report.calibrationError, 2)}    mean distance between promised and observed`,
    '',
    ...gains(report, rows),
    ...report.leftOut.filter((column) => column.reason !== 'excluded').map(({ column, reason }) => `Not used: ${column} (${reason}).`),
    ...report.warnings.map((warning) => paragraph(`Mind: ${warning}.`)),
    ...(report.warnings.some((warning) => warning.includes('calibration table')) ? ['', ...calibration(report)] : []),
  ].join('\n');
}

/** @param {TargetReport} report */
function learner({ method, tried }) {
  const name = { logistic: 'logistic regression', scorecard: 'a scorecard', 'elastic net': 'an elastic net', additive: 'an additive logistic regression', 'boosted trees': 'boosted trees' }[method];
  return tried.length > 1 ? `${name}, chosen among ${tried.length} ways tried` : name;
}

/**
 * @param {TargetReport} report
 * @param {string} rows
 */
function seen({ validation, testRows, testFrom }, rows) {
  if (validation === 'cross-validation') return `${rows} left out in turn (${count(testRows)})`;
  return `the latest of them, from ${new Date(testFrom ?? NaN).toISOString().slice(0, 10)} on (${count(testRows)}), scored by what the earlier ones had taught`;
}

/**
 * @param {TargetReport} report
 * @param {string} rows
 */
function gains({ auc, gains: groups }, rows) {
  const best = groups[0];
  return [
    'Gains: sorted by score, best first, in groups of equal size',
    table(
      ['group', rows, 'positive', 'rate', 'lift', 'found so far', 'probability from'],
      groups.map((row) => [row.bin, count(row.customers), decimal(row.events, 0), percent(row.rate.estimate), `${decimal(row.lift)} ×`, percent(row.cumulativeGain), percent(row.minScore)]),
    ),
    ...(best === undefined || auc.lower <= 0.5 ? [] : ['', paragraph(`The best group is positive ${decimal(best.lift, 1)} times as often as a choice by chance.`)]),
  ];
}

/** @param {TargetReport} report */
function calibration({ calibration: bins }) {
  return [
    'Calibration: promised and observed, from the lowest probabilities to the highest',
    table(['group', 'promised', 'observed', 'from', 'to'], bins.map(({ bin, meanPredicted, observedRate }) => [
      bin, percent(meanPredicted), percent(observedRate.estimate), percent(observedRate.lower), percent(observedRate.upper),
    ])),
  ];
}
