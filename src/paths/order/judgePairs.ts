import { DAY_MILLIS } from '../../data/utcDays.js';
import { wilsonRate } from '../../evaluation/intervals.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import type { FirstTimes } from './firstTimes.js';
import type { ProductPair } from './productPair.js';
import type { FoundPair } from './productPairs.js';
import { rateRatio, type BandedRates } from './rateRatio.js';
import { ratesGiven } from './ratesGiven.js';
import type { RiskTable } from './riskTable.js';

/** From so rare without, on the lower end of the share and of the ratio of rates, a product requires another. */
const REQUIRED_SHARE = 0.95;
const REQUIRED_RATIO = 5;

/** Pairs with their rates, requirements and q-values. `customers` of each item. */
export function judgePairs(found: readonly FoundPair[], firsts: FirstTimes, risk: RiskTable, customers: ReadonlyMap<number, number>, z: number): ProductPair[] {
  const { itemLevels } = firsts;
  const required = new Map<number, number[]>();
  const judged = found.map((pair) => {
    const takers = customers.get(pair.to)! - pair.sameMoment;
    const rate = rateRatio(pair.rates, z);
    const earlierShare = takers > 1e-9 ? wilsonRate(pair.before, takers, z) : null;
    const prerequisite = earlierShare !== null && earlierShare.lower >= REQUIRED_SHARE && rate.ratio !== null && rate.ratio.lower >= REQUIRED_RATIO;
    if (prerequisite) required.set(pair.to, [...(required.get(pair.to) ?? []), pair.from]);
    return { rates: pair.rates, rate, earlierShare, prerequisite, earlierByChance: takers > 1e-9 ? rate.expected / takers : null, given: [] as string[] };
  });
  // Who may have either product: without the requirements of `from` beside it, `from` would be taken to do what they do.
  const besides = new Map<string, ReturnType<typeof ratesGiven>>();
  found.forEach(({ from, to }, i) => {
    if (required.get(to)?.includes(from) === true) return;
    const given = [...new Set([...(required.get(to) ?? []), ...(required.get(from) ?? [])])].filter((item) => item !== to && item !== from).sort((a, b) => a - b);
    if (given.length === 0) return;
    const key = [to, ...given].join();
    const ratesBeside = besides.get(key) ?? ratesGiven(to, given, firsts, risk);
    besides.set(key, ratesBeside);
    const rates = ratesBeside(from);
    Object.assign(judged[i]!, { rates, rate: rateRatio(rates, z), given: given.map((item) => itemLevels[item]!) });
  });
  // The two readings of a pair have one order test.
  const orderQ = falseDiscoveryQ(Float64Array.from(found, ({ orderP }) => orderP));
  const rateQ = falseDiscoveryQ(Float64Array.from(judged, ({ rate }) => rate.p));
  return found.map((pair, i) => {
    const { from, to, both, before, sameMoment, orderP, waiting, times } = pair;
    const { rates, rate, ...rest } = judged[i]!;
    const ordered = both - sameMoment;
    const share = times.withinHorizon?.estimate ?? NaN;
    const otherwise = rate.ratio === null ? NaN : 1 - (1 - share) ** (1 / rate.ratio.estimate);
    return {
      from: itemLevels[from]!,
      to: itemLevels[to]!,
      both,
      before,
      sameMoment,
      beforeShare: ordered > 1e-9 ? wilsonRate(before, ordered, z) : null,
      orderP,
      orderQ: orderQ[i]!,
      ...times,
      waiting,
      otherwise: Number.isFinite(otherwise) ? otherwise : null,
      rateRatio: rate.ratio,
      rateP: rate.p,
      rateQ: rateQ[i]!,
      ...sidesOf(rates),
      ...rest,
    };
  });
}

function sidesOf({ events, eventsAfter, days, daysAfter }: BandedRates): Pick<ProductPair, 'eventsAfter' | 'eventsWithout' | 'daysAfter' | 'daysWithout'> {
  const [after, time] = [total(eventsAfter), total(daysAfter)];
  return { eventsAfter: after, eventsWithout: Math.max(0, total(events) - after), daysAfter: time / DAY_MILLIS, daysWithout: Math.max(0, total(days) - time) / DAY_MILLIS };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
