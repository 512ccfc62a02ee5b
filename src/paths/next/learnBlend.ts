import { beliefInCounts, BUCKETS, components, discountedTree, type BlendState, type TakenOut } from './blend.js';
import { findContexts, type ContextTree } from './contextTree.js';
import type { SymbolJourneys } from './stepSymbols.js';

/** At most so many events are learnt on, and so many for what repeats. */
const MOST_EVENTS = 20_000;
const MOST_REPEATS = 3000;
const ROUNDS = 12;

/** An event to learn on: the begin of its journey, its step, item and weight. */
interface LastEvent extends TakenOut {
  readonly begin: number;
  readonly step: number;
}

/**
 * Learns how orders are put together by leaving out: the last step of each journey is foretold by the counts without it, and the weights, one for each kind of
 * context, are those of greatest likelihood (EM; Jelinek and Mercer, 1980). What is taken off counts is n1 / (n1 + 2 n2) (Ney, Essen and Kneser, 1994).
 */
export function learnBlend(counted: ContextTree, journeys: SymbolJourneys, itemCount: number, maxOrder: number, minCount: number): BlendState {
  const discounts = learnDiscounts(counted, maxOrder);
  const tree = discountedTree(counted, discounts);
  const chain = new Int32Array(maxOrder + 1);
  const partsOf = (event: LastEvent, item: number): number[] =>
    components(tree, chain, findContexts(tree, journeys.symbols, event.begin, event.step, chain), item, event, minCount);
  const base = 1 / itemCount;
  const events = lastEvents(journeys);
  const weights = learnWeights(thinned(events, MOST_EVENTS).map((event) => ({ parts: partsOf(event, event.item), weight: event.weight })), base, discounts.length);
  const probabilityOf = (event: LastEvent, item: number): number => {
    const parts = partsOf(event, item);
    let p = base;
    for (let i = 0; i < parts.length; i += 5) {
      const learnt = weights[parts[i]!]!;
      const w = parts[i + 2]! > 0 ? beliefInCounts(learnt, parts[i + 1]!, parts[i + 2]!, parts[i + 3]!) : learnt;
      p = w * parts[i + 4]! + (1 - w) * p;
    }
    return p;
  };
  return { discounts, weights, ...learnRepeats(thinned(events, MOST_REPEATS), journeys, probabilityOf) };
}

function learnDiscounts(tree: ContextTree, maxOrder: number): number[] {
  const discounts: number[] = [];
  for (let order = 0, begin = 0, end = 1; order <= maxOrder; order++) {
    for (const values of [tree.contexts, tree.counts]) {
      let [once, twice] = [0, 0];
      for (let f = tree.offsets[begin]!; f < tree.offsets[end]!; f++) {
        if (values[f]! > 0 && values[f]! <= 1) once++;
        else if (values[f]! > 1 && values[f]! <= 2) twice++;
      }
      discounts.push(once > 0 ? fourDigits(once / (once + 2 * twice + 1)) : 0);
    }
    [begin, end] = [end, tree.childOffsets[end]!];
  }
  return discounts;
}

function lastEvents({ offsets, itemOffsets, items, isTarget, weights }: SymbolJourneys): LastEvent[] {
  const events: LastEvent[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const [begin, step] = [offsets[c]!, offsets[c + 1]! - 1];
    const weight = weights === null ? 1 : weights[c]!;
    if (step <= begin || weight === 0) continue;
    for (let i = itemOffsets[step]!; i < itemOffsets[step + 1]!; i++) if (isTarget[i] === 1) events.push({ begin, step, item: items[i]!, weight });
  }
  return events;
}

/** Every so manieth, so that at most `most` stay. */
function thinned<Value>(values: readonly Value[], most: number): Value[] {
  const stride = Math.max(1, Math.ceil(values.length / most));
  return values.filter((_, i) => i % stride === 0);
}

function learnWeights(rows: readonly { readonly parts: readonly number[]; readonly weight: number }[], base: number, count: number): number[] {
  const weights = new Float64Array(count * BUCKETS).fill(0.5);
  const path: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Half of one event speaks for each kind, half against: kinds never met stay at a half.
    const used = new Float64Array(weights.length).fill(0.5);
    const met = new Float64Array(weights.length).fill(1);
    for (const { parts, weight } of rows) {
      let p = base;
      for (let i = 0; i < parts.length; i += 5) path[i] = p = weights[parts[i]!]! * parts[i + 4]! + (1 - weights[parts[i]!]!) * p;
      let reach = weight;
      for (let i = parts.length - 5; i >= 0; i -= 5) {
        const place = parts[i]!;
        const mine = reach * Math.min(1, (weights[place]! * parts[i + 4]!) / path[i]!);
        used[place]! += mine;
        met[place]! += reach;
        reach -= mine;
      }
    }
    for (let k = 0; k < weights.length; k++) weights[k] = used[k]! / met[k]!;
  }
  return Array.from(weights, fourDigits);
}

/** The share of predictions from the journey's own items (EM), then the factors of what was there already (iterative scaling), at most 1. */
function learnRepeats(events: readonly LastEvent[], journeys: SymbolJourneys, probabilityOf: (event: LastEvent, item: number) => number): Pick<BlendState, 'ownShare' | 'repeatFactors'> {
  const own = events.map((event) => ownItems(journeys, event));
  const plain = events.map((event) => probabilityOf(event, event.item));
  let ownShare = 0.1;
  for (let round = 0; round < 2 * ROUNDS; round++) {
    let [used, met] = [0.05, 1];
    events.forEach(({ item, weight }, e) => {
      const mine = ownShare * (own[e]!.get(item)?.share ?? 0);
      used += (weight * mine) / (mine + (1 - ownShare) * plain[e]! || 1);
      met += weight;
    });
    ownShare = used / met;
  }
  const seen = [0.1, 0.1, 0.1];
  const masses = events.map((event, e) => {
    const mass = [0, 0, 0];
    for (const [item, { age, share }] of own[e]!) {
      mass[age]! += (1 - ownShare) * probabilityOf(event, item) + ownShare * share;
      if (item === event.item) seen[age]! += event.weight;
    }
    return mass;
  });
  let factors = [1, 1, 1];
  for (let round = 0; round < 3 * ROUNDS; round++) {
    const expected = [0.1, 0.1, 0.1];
    masses.forEach((mass, e) => {
      const sum = mass.reduce((left, m, age) => left + (factors[age]! - 1) * m, 1);
      mass.forEach((m, age) => (expected[age]! += (events[e]!.weight * factors[age]! * m) / sum));
    });
    factors = factors.map((factor, age) => Math.min(1, (factor * seen[age]!) / expected[age]!));
  }
  return { ownShare: fourDigits(ownShare), repeatFactors: factors.map(fourDigits) };
}

/** The items before an event: the share of the journey's events, and whether last in the step before, in the one before that, or earlier. */
function ownItems({ itemOffsets, items }: SymbolJourneys, { begin, step }: LastEvent): Map<number, { age: number; share: number }> {
  const own = new Map<number, { age: number; share: number }>();
  const total = itemOffsets[step]! - itemOffsets[begin]!;
  for (let s = step - 1; s >= begin; s--) {
    for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
      const known = own.get(items[i]!);
      if (known === undefined) own.set(items[i]!, { age: Math.min(2, step - 1 - s), share: 1 / total });
      else known.share += 1 / total;
    }
  }
  return own;
}

function fourDigits(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
