// @ts-check

/** The columns of a snapshot in words; `N` stands for a span, `X` for an item or channel. @type {readonly (readonly [RegExp, string])[]} */
const words = [
  [/^recencyDays$/, 'days since the last purchase'],
  [/^tenureDays$/, 'days since the first event'],
  [/^frequency$/, 'purchases in all'],
  [/^returns$/, 'returns'],
  [/^otherEvents$/, 'other events'],
  [/^amountTotal$/, 'money in all'],
  [/^amountMean$/, 'mean purchase'],
  [/^amountMax$/, 'largest purchase'],
  [/^lastAmount$/, 'last purchase'],
  [/^meanGapDays$/, 'mean days between purchases'],
  [/^medianGapDays$/, 'median days between purchases'],
  [/^sdGapDays$/, 'spread of the days between purchases'],
  [/^recencyInGaps$/, 'days since the last purchase, in own rhythm'],
  [/^distinctItems$/, 'different items'],
  [/^countChange(\d+)d$/, 'purchases in N days against the N before'],
  [/^amountChange(\d+)d$/, 'money in N days against the N before'],
  [/^count(\d+)d$/, 'purchases in N days'],
  [/^amount(\d+)d$/, 'money in N days'],
  [/^(?:item|channel)Count=(.*)$/, 'N: how often'],
  [/^(?:item|channel)Amount=(.*)$/, 'N: money'],
  [/^itemDaysSince=(.*)$/, 'days since N'],
];

/**
 * A feature in words, where the library named it; any other keeps the name its owner gave it.
 *
 * @param {string} feature
 * @returns {string}
 */
export function inWords(feature) {
  for (const [pattern, text] of words) {
    const [, part = ''] = pattern.exec(feature) ?? [];
    if (pattern.test(feature)) return text.replaceAll('N', part);
  }
  return feature;
}
