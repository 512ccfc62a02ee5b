import { wilsonRate } from '../../evaluation/intervals.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import type { FirstTimes } from './firstTimes.js';
import { judgedRates, type JudgedRates } from './judgedRates.js';
import type { ProductPair } from './productPair.js';
import type { FoundPair } from './productPairs.js';
import { ratesGiven } from './ratesGiven.js';
import type { RiskTable } from './riskTable.js';

/** From so rare without, on the lower end of the share and of the ratio of rates, a product requires another. */
const REQUIRED_SHARE = 0.95;
const REQUIRED_RATIO = 5;

/** Pairs with their rates, requirements and q-values. */
export function judgePairs(found: readonly FoundPair[], firsts: FirstTimes, risk: RiskTable, z: number): ProductPair[] {
  const required = new Map<number, number[]>();
  const isRequired = new Uint8Array(found.length);
  found.forEach((pair, i) => {
    const takers = takersOf(pair, risk);
    if (!(takers > 1e-9 && (pair.rates.rateRatio?.lower ?? 0) >= REQUIRED_RATIO && wilsonRate(pair.before, takers, z).lower >= REQUIRED_SHARE)) return;
    required.set(pair.to, [...(required.get(pair.to) ?? []), pair.from]);
    isRequired[i] = 1;
  });
  const rates = found.map((pair) => pair.rates);
  const given = withinRequirements(found, required, firsts, risk, z, rates);
  // The two readings of a pair have one order test.
  const orderQ = falseDiscoveryQ(Float64Array.from(found, ({ orderP }) => orderP));
  const rateQ = falseDiscoveryQ(Float64Array.from(rates, ({ rateP }) => rateP));
  return found.map((pair, i): ProductPair => {
    const { from, to, both, before, sameMoment, orderP, waiting, times } = pair;
    const { rateRatio, rateP, eventsAfter, eventsWithout, daysAfter, daysWithout } = rates[i]!;
    const ordered = both - sameMoment;
    const takers = takersOf(pair, risk);
    const share = times.withinHorizon?.estimate ?? NaN;
    const { estimate } = rateRatio ?? { estimate: NaN };
    const otherwise = estimate === null ? share * 0 : 1 - (1 - share) ** (1 / estimate);
    return {
      from: firsts.itemLevels[from]!,
      to: firsts.itemLevels[to]!,
      both,
      before,
      sameMoment,
      beforeShare: ordered > 1e-9 ? wilsonRate(before, ordered, z) : null,
      orderP,
      orderQ: orderQ[i]!,
      ...times,
      waiting,
      otherwise: Number.isFinite(otherwise) ? otherwise : null,
      rateRatio,
      rateP,
      rateQ: rateQ[i]!,
      eventsAfter,
      eventsWithout,
      daysAfter,
      daysWithout,
      given: given.get(i) ?? [],
      earlierShare: takers > 1e-9 ? wilsonRate(before, takers, z) : null,
      earlierByChance: takers > 1e-9 ? pair.rates.expected / takers : null,
      prerequisite: isRequired[i] === 1,
    };
  });
}

/** Puts the rates within the requirements in the place of those among all; gives the requirements of each pair. */
function withinRequirements(found: readonly FoundPair[], required: ReadonlyMap<number, readonly number[]>, firsts: FirstTimes, risk: RiskTable, z: number, rates: JudgedRates[]): Map<number, readonly string[]> {
  // Who may have either product: without the requirements of `from` beside it, `from` would be taken to do what they do.
  const alike = new Map<string, { readonly to: number; readonly items: readonly number[]; readonly pairs: number[] }>();
  found.forEach(({ from, to }, i) => {
    if (required.get(to)?.includes(from) === true) return;
    const items = [...new Set([...(required.get(to) ?? []), ...(required.get(from) ?? [])])].filter((item) => item !== to && item !== from).sort((a, b) => a - b);
    if (items.length === 0) return;
    const key = [to, ...items].join();
    if (!alike.has(key)) alike.set(key, { to, items, pairs: [] });
    alike.get(key)!.pairs.push(i);
  });
  const given = new Map<number, readonly string[]>();
  for (const { to, items, pairs } of alike.values()) {
    const ratesBeside = ratesGiven(to, items, firsts, risk);
    const names = items.map((item) => firsts.itemLevels[item]!);
    for (const i of pairs) {
      rates[i] = judgedRates(ratesBeside(found[i]!.from), z);
      given.set(i, names);
    }
  }
  return given;
}

/** Customers with `to` whose order to `from` is known. */
function takersOf({ to, sameMoment }: FoundPair, { customers }: RiskTable): number {
  return customers[to]! - sameMoment;
}
