import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { percentileInterval } from '../../evaluation/bootstrapEnds.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { pathsOfJourneys, pathsOfRows, sum, type AttributionPath, type PathTable } from './attributionPaths.js';
import { resamplePaths } from './resamplePaths.js';
import { removalChain, yieldsWithout } from './markovRemoval.js';
import { TOUCH_RULES, touchCredits, type TouchRule } from './touchCredits.js';

/** A way to share outcomes among channels: by a rule, or by removal from a Markov chain of order 1 to 4. */
export type AttributionMethod = TouchRule | 'markov1' | 'markov2' | 'markov3' | 'markov4';

/** What is attributed, and how. */
export interface AttributionOptions {
  /** The item, or items, that are the outcome in a log or in journeys: a purchase, or leaving; required there. */
  readonly outcome?: string | readonly string[];
  /** Which methods. @defaultValue all rules, and `markov1` */
  readonly methods?: readonly AttributionMethod[];
  /** After how long a touch counts half in `timeDecay`: days in a log, steps where only the order is known. @defaultValue { days: 7 }, or { steps: 1 } */
  readonly halfLife?: { readonly days: number } | { readonly steps: number };
  /** In chains, touches of one channel in a row: all, or only the first of each run (self-loops dropped; no matter in order 1). @defaultValue 'keep' */
  readonly repeats?: 'keep' | 'first';
  /** How many samples of journeys the intervals come from; 0 for no intervals. @defaultValue 200 */
  readonly replicates?: number;
  /** @defaultValue 0.95 */
  readonly confidence?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** What a channel is credited with. */
export interface AttributedShare {
  /** What is booked on it. */
  readonly estimate: number;
  /** Ends of the interval; null without replicates. */
  readonly lower: number | null;
  /** The upper end of the interval. */
  readonly upper: number | null;
}

/** A channel, and what each method credits it with. */
export interface AttributedChannel {
  /** The channel, or item. */
  readonly channel: string;
  /** Journeys it is in, weighted. */
  readonly journeys: number;
  /** Outcomes, by method; over channels they sum to all that had a touch before. */
  readonly conversions: Readonly<Partial<Record<AttributionMethod, AttributedShare>>>;
  /** Value, by method; null where values are unknown. */
  readonly value: Readonly<Partial<Record<AttributionMethod, AttributedShare>>> | null;
  /** The share of outcomes lost in the chain without the channel, by Markov method. */
  readonly removalEffects: Readonly<Partial<Record<AttributionMethod, number>>>;
}

/** Outcomes shared among channels. */
export interface OutcomeAttribution {
  /** Outcomes after at least one touch, weighted. */
  readonly conversions: number;
  /** Outcomes without a touch before them. */
  readonly unattributed: number;
  /** Journeys without the outcome. */
  readonly nulls: number;
  /** What the outcomes were worth; null where unknown. */
  readonly value: number | null;
  /** Outcomes by journeys. */
  readonly conversionProbability: number;
  /** By name. */
  readonly channels: readonly AttributedChannel[];
}

const MARKOV = ['markov1', 'markov2', 'markov3', 'markov4'] as const;

/** Shares of conversions or of value among channels for one set of weights, and removal effects. */
type Attribute = (conversions: Float64Array, nulls: Float64Array, rewards: Float64Array) => { readonly shares: Float64Array; readonly effects?: Float64Array };

/**
 * Shares outcomes (purchases, or departures) among the channels, products or contacts that came before them.
 *
 * Rules credit the `first` touch, the `last`, all alike (`linear`), later ones more (`timeDecay`), or 40 % to the first and the last and 20 % to those between
 * (`position`). `shapley` is exact: the value of a set of channels is what paths within the set led to, so that each outcome is shared by the distinct channels of its path.
 * `markov1` to `markov4` solve the absorbing chain of that order exactly (states are overlapping tuples; a path shorter than the order is one state): what is lost
 * when every transition into a state with the channel leads nowhere is its removal effect, and outcomes are shared in proportion to the effects
 * (Anderl, Becker, von Wangenheim and Schumann, 2016); `value` likewise, by the value lost. Intervals are percentiles over journeys drawn again.
 *
 * This is bookkeeping of paths, not cause and effect: a channel that meets people who would have bought anyway gets their purchases. What a channel
 * brings about takes an experiment to say.
 *
 * In a log or journeys, each outcome ends a path and begins the next, the touches of its own step included; what follows the last outcome is a path without
 * one. The items of one step are touches in order of name.
 *
 * @param paths - a log or journeys with `outcome`; or paths alike added up, see {@link AttributionPath}
 * @param options - outcome, methods, intervals; see {@link AttributionOptions}
 * @returns the outcomes of each channel by each method; see {@link OutcomeAttribution}
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `UNKNOWN_ID`
 * @example
 * ```ts
 * const found = attributeOutcomes([
 *   { path: ['ad', 'mail'], conversions: 3, nulls: 1 },
 *   { path: ['mail'], conversions: 1, nulls: 3 },
 * ]);
 * found.channels.map(({ channel, conversions }) => [channel, conversions.first.estimate, conversions.shapley.estimate]); // => [['ad', 3, 1.5], ['mail', 1, 2.5]]
 * ```
 */
export function attributeOutcomes(paths: JourneySource | readonly AttributionPath[], options: AttributionOptions = {}): OutcomeAttribution {
  const caller = 'attributeOutcomes';
  requireKnownOptions(caller, options, ['outcome', 'methods', 'halfLife', 'repeats', 'replicates', 'confidence', 'seed']);
  const { methods = [...TOUCH_RULES, 'markov1'] as readonly AttributionMethod[], replicates = 200, confidence = 0.95, seed = 1 } = options;
  const table = readPaths(caller, paths, options);
  const keepRepeats = requireChoice(caller, 'repeats', options.repeats ?? 'keep', ['keep', 'first']) === 'keep';
  requireWhole(caller, 'replicates', replicates, 0);
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${describeValue(confidence)}`, { option: 'confidence', value: confidence });
  const halfLife = readHalfLife(caller, options.halfLife, table.days !== null);
  const { channels, conversions, nulls, values } = table;
  if (!Array.isArray(methods) || methods.length === 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs methods as an array such as ['linear', 'markov1'], found ${describeValue(methods)}`, { option: 'methods', value: methods });
  const chosen = (methods as readonly AttributionMethod[]).map((method) => {
    requireChoice(caller, 'methods', method, [...TOUCH_RULES, ...MARKOV]);
    const order = MARKOV.indexOf(method as (typeof MARKOV)[number]) + 1;
    return { method, run: order > 0 ? byRemoval(table, order, keepRepeats) : byRule(table, method as TouchRule, halfLife) };
  });
  const rewards = values === null ? [conversions] : [conversions, values];
  const results = chosen.map(({ method, run }) => ({ method, run, found: rewards.map((reward) => run(conversions, nulls, reward)), drawn: rewards.map(() => channels.map(() => new Float64Array(replicates))) }));
  if (replicates > 0) {
    resamplePaths(table, replicates, seed, (round, drawnConversions, drawnNulls) => {
      const drawnRewards = values === null ? [drawnConversions] : [drawnConversions, drawnConversions.map((drawn, p) => (conversions[p]! > 0 ? (values[p]! * drawn) / conversions[p]! : 0))];
      for (const { run, drawn } of results) drawnRewards.forEach((reward, r) => run(drawnConversions, drawnNulls, reward).shares.forEach((share, c) => (drawn[r]![c]![round] = share)));
    });
  }
  const sharesOf = (channel: number, reward: number): Partial<Record<AttributionMethod, AttributedShare>> =>
    Object.fromEntries(results.map(({ method, found, drawn }) => {
      const estimate = found[reward]!.shares[channel]!;
      return [method, replicates > 0 ? percentileInterval(estimate, drawn[reward]![channel]!, confidence) : { estimate, lower: null, upper: null }];
    }));
  const journeys = journeysWith(table);
  const [total, without] = [sum(conversions), sum(nulls)];
  return {
    conversions: total,
    unattributed: table.unattributed,
    nulls: without,
    value: values === null ? null : sum(values),
    conversionProbability: total / (total + without),
    channels: channels.map((channel, c) => ({
      channel,
      journeys: journeys[c]!,
      conversions: sharesOf(c, 0),
      value: values === null ? null : sharesOf(c, 1),
      removalEffects: Object.fromEntries(results.flatMap(({ method, found: [{ effects } = {}] }) => (effects === undefined ? [] : [[method, effects[c]!]]))),
    })),
  };
}

function readPaths(caller: string, paths: JourneySource | readonly AttributionPath[], { outcome }: AttributionOptions): PathTable {
  let table: PathTable;
  if (Array.isArray(paths)) {
    if (outcome !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes outcome with a log or journeys only; paths added up say how many conversions each led to`, { option: 'outcome' });
    table = pathsOfRows(caller, paths as readonly AttributionPath[]);
  } else {
    const journeys = readJourneys(caller, paths as JourneySource);
    if (outcome === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome: the item that is to be attributed`, { option: 'outcome' });
    table = pathsOfJourneys(caller, journeys, outcome);
  }
  if (sum(table.conversions) + sum(table.nulls) === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one journey with a touch`);
  return table;
}

function readHalfLife(caller: string, halfLife: AttributionOptions['halfLife'], isTimed: boolean): number {
  const unit = isTimed ? 'days' : 'steps';
  if (halfLife === undefined) return isTimed ? 7 : 1;
  const value = (Object(halfLife) as Partial<Record<string, number>>)[unit];
  if (value !== undefined && Object.keys(halfLife).length === 1 && requireFinite(caller, 'halfLife', value) > 0) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs halfLife as { ${unit}: 7 } of these paths, found ${describeValue(halfLife)}`, { option: 'halfLife', value: halfLife });
}

function byRule(table: PathTable, rule: TouchRule, halfLife: number): Attribute {
  const credits = touchCredits(table, rule, halfLife);
  const { offsets, touches, channels } = table;
  return (_conversions, _nulls, rewards) => {
    const shares = new Float64Array(channels.length);
    for (let p = 0; p < rewards.length; p++) {
      if (rewards[p] === 0) continue;
      for (let i = offsets[p]!; i < offsets[p + 1]!; i++) shares[touches[i]!]! += rewards[p]! * credits[i]!;
    }
    return { shares };
  };
}

function byRemoval(table: PathTable, order: number, keepRepeats: boolean): Attribute {
  const chain = removalChain(table, order, keepRepeats);
  return (conversions, nulls, rewards) => {
    const { all, without } = yieldsWithout(chain, conversions.map((count, p) => count + nulls[p]!), rewards);
    const effects = without.map((left) => (all > 0 ? 1 - left / all : 0));
    const effectSum = sum(effects);
    const total = sum(rewards);
    return { effects, shares: effects.map((effect) => (effectSum > 0 ? (total * effect) / effectSum : 0)) };
  };
}

function journeysWith({ channels, offsets, touches, conversions, nulls }: PathTable): Float64Array {
  const journeys = new Float64Array(channels.length);
  const seen = new Int32Array(channels.length).fill(-1);
  for (let p = 0; p + 1 < offsets.length; p++) {
    for (let i = offsets[p]!; i < offsets[p + 1]!; i++) {
      if (seen[touches[i]!] === p) continue;
      seen[touches[i]!] = p;
      journeys[touches[i]!]! += conversions[p]! + nulls[p]!;
    }
  }
  return journeys;
}
