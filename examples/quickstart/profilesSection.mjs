// @ts-check
/** @import { TargetScore } from 'clientela/scoring' */
import { inWords } from './words.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/**
 * Who is most and who is least inclined, in values that are over- or under-represented.
 *
 * @param {TargetScore} score
 * @returns {string}
 */
export function profilesSection(score) {
  const { most, least } = score.profiles();
  return [
    heading('Profiles: what marks the tenth with the highest and the tenth with the lowest scores'),
    ...traits('Most inclined', most),
    '',
    ...traits('Least inclined', least),
    ...rules(score),
  ].join('\n');
}

/**
 * Short rules for where the answer is frequent, from rows they were not found on.
 *
 * @param {TargetScore} score
 */
function rules(score) {
  const { most } = score.rules();
  if (most.length === 0) return [];
  const rows = most.map((rule) => [rule.conditions.reduce((text, { feature, text: condition }) => text.replace(condition, condition.replace(feature, inWords(feature))), rule.text), count(rule.customers), percent(rule.rate.estimate), `${decimal(rule.lift)} ×`]);
  return ['', 'Where the answer is frequent, in rules (rates from the half they were not found on)', table(['rule', 'customers', 'rate', 'lift'], rows)];
}

/**
 * @param {string} title
 * @param {ReturnType<TargetScore['profiles']>['most']} found
 */
function traits(title, found) {
  if (found.length === 0) return [paragraph(`${title}: nothing marks them beyond chance.`)];
  // One line a feature, its strongest, and one line a set of customers: bands of one number, or two names of one fact, say the same twice.
  const same = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) < 0.003;
  const strongest = found.filter((trait, i) => !found.slice(0, i).some((earlier) =>
    earlier.feature === trait.feature || (same(earlier.shareInGroup, trait.shareInGroup) && same(earlier.shareOverall, trait.shareOverall))));
  const rows = strongest.slice(0, 8).map((trait) => [trait.value.replace(trait.feature, inWords(trait.feature)), percent(trait.shareInGroup, 0), percent(trait.shareOverall, 0), count(trait.index)]);
  return [title, table(['value', 'of the group', 'of all', 'index (100 = average)'], rows)];
}
