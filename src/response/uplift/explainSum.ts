import { ClientelaError } from '../../errors.js';
import { rankContributions } from '../../learners/explanation.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import type { UpliftExplanation } from './uplift.js';
import type { LinearPart, PartSum, UpliftMethod, UpliftPart } from './upliftState.js';

/** What each feature adds to a weighted sum of linear parts: on the scale of the sum, or before their common link. */
export function explainSum(sum: PartSum, parts: readonly UpliftPart[], features: readonly string[], row: object, method: UpliftMethod): Omit<UpliftExplanation, 'treatment' | 'uplift'> {
  const linear = sum.terms.map(({ part, weight }) => ({ ...requireLinear(parts[part]!, method), weight }));
  const link = linear[0]?.link ?? 'identity';
  const isDifference = linear.length > 1;
  if (linear.some((part) => part.link !== link)) throw notAdditive(method);
  const scale = link === 'identity' ? 'uplift' : link === 'log' ? 'log ratio' : isDifference ? 'log-odds ratio' : 'log-odds';
  const amounts = new Float64Array(features.length);
  // The one margin behind a link is explained as it is; its constant stands outside.
  let baseline = link === 'identity' ? sum.constant : 0;
  for (const { weight: given, intercept, effects } of linear) {
    const weight = link === 'identity' || isDifference ? given : 1;
    baseline += weight * intercept;
    linearContributions(effects, row).forEach((amount, j) => (amounts[features.indexOf(effects[j]!.column)]! += weight * amount));
  }
  return { scale, baseline, contributions: rankContributions(row, features, amounts), margin: amounts.reduce((total, amount) => total + amount, baseline) };
}

function requireLinear(part: UpliftPart, method: UpliftMethod): LinearPart {
  if (part.kind === 'linear') return part;
  throw notAdditive(method);
}

function notAdditive(method: UpliftMethod): ClientelaError {
  const remedy = method === 'X' || method === 'R' || method === 'DR' || method === 'transformed outcome' ? "effectLearner: 'linear'" : "method: 'DR' and effectLearner: 'linear', whatever learns the outcome";
  return new ClientelaError('INVALID_INPUT', `explain needs linear models of the uplift, found others, whose features do not add up; fit with ${remedy}`);
}
