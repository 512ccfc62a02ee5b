const WORDS: Readonly<Record<string, string>> = {
  recencyDays: 'days since the last purchase',
  tenureDays: 'days since the first event',
  frequency: 'purchases so far',
  returns: 'returns so far',
  otherEvents: 'other events so far',
  amountTotal: 'spent so far',
  amountMean: 'mean purchase',
  amountMax: 'largest purchase',
  lastAmount: 'last purchase',
  meanGapDays: 'mean days between purchases',
  medianGapDays: 'usual days between purchases',
  sdGapDays: 'spread of the days between purchases',
  recencyInGaps: 'silence, in mean gaps of their own',
  distinctItems: 'different items',
};
const UNITS: Readonly<Record<string, string>> = { y: 'years', m: 'months', w: 'weeks', d: 'days', h: 'hours' };
const LEVELS: Readonly<Record<string, string>> = {
  itemCount: 'times',
  itemAmount: 'spent on',
  itemDaysSince: 'days since',
  channelCount: 'events by',
  channelAmount: 'spent by',
};
const WINDOWS: Readonly<Record<string, string>> = {
  count: 'purchases in the last',
  amount: 'spent in the last',
  countChange: 'change in purchases, last',
  amountChange: 'change in spending, last',
};

/** What a column of a snapshot is called in a sentence; any other by its own name. */
export function featureWords(feature: string): string {
  const level = /^(itemCount|itemAmount|itemDaysSince|channelCount|channelAmount)=(.*)$/s.exec(feature);
  if (level !== null) return `${LEVELS[level[1]!]!} ${level[2]!}`;
  const span = /^(count|amount|countChange|amountChange)((?:\d[\d.]*[ymwdh])+)$/.exec(feature);
  if (span !== null) return `${WINDOWS[span[1]!]!} ${span[2]!.replace(/([\d.]+)([ymwdh])/g, (_, count: string, unit: string) => `${count} ${UNITS[unit]!.slice(0, count === '1' ? -1 : undefined)} `).trim()}`;
  return Object.hasOwn(WORDS, feature) ? WORDS[feature]! : feature;
}
