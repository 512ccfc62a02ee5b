import { unfit } from '../../data/labelsAndScores.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { badOption } from '../rfm/badOption.js';
import { beliefOf, learnPrior, VAGUE, type ResponsePrior, type Seen } from './responsePrior.js';
import type { Offer } from './bestAction.js';

/** A segment and how many customers are in it: a line of the segments of `rfm`, a card of a segmentation, or the like. */
export interface SegmentSize {
  /** The name of the segment. */
  readonly name: string;
  /** How many customers could be contacted. */
  readonly customers: number;
}

/** How a segment answered an action in the past. */
export interface SegmentResponse {
  /** The name of the segment. */
  readonly segment: string;
  /** How many of its customers were contacted. */
  readonly contacts: number;
  /** How many of those responded. */
  readonly responses: number;
}

/** A figure that is the same for all segments, or one for each by its name. */
export type PerSegment = number | Readonly<Record<string, number>>;

/** Something that can be done with a customer, what it costs, what it brings, and what is known of the response. */
export interface SegmentAction {
  /** The name of the action. */
  readonly name: string;
  /** Cost of one contact, in the currency of the caller, 0 or more. */
  readonly contactCost: PerSegment;
  /** What one response brings before that cost, 0 or more. */
  readonly benefit: PerSegment;
  /** Earlier campaigns; several lines of one segment are added up. `responseBySegment` makes it from rows. */
  readonly history?: readonly SegmentResponse[];
  /** What is believed beforehand: the response to expect, strictly between 0 and 1, and how many contacts that belief is worth. Otherwise learnt from the history. */
  readonly prior?: { readonly mean: number; readonly strength: number };
}

/** What an action's response was believed to be before each segment was looked at. */
export interface ActionPrior {
  /** The name of the action. */
  readonly action: string;
  /** The expected response of a segment of which nothing is known, 0 to 1. */
  readonly mean: number;
  /** How many contacts that is worth: a segment with as many contacts of its own lies half way between its own rate and the mean. */
  readonly strength: number;
  /** `'learnt'` from the history over all segments, `'given'`, or `'vague'`: no history, so the mean of the other actions (or one half), worth 2 contacts. */
  readonly origin: 'learnt' | 'given' | 'vague';
}

/** One action in every segment. */
export interface ReadAction {
  readonly prior: ActionPrior;
  readonly cells: readonly (Seen & Offer)[];
}

const CALLER = 'valueActions';

/** Segments of distinct names, each with a whole number of customers. */
export function readSegmentSizes(segments: readonly SegmentSize[]): readonly SegmentSize[] {
  requireNamed('segments', segments);
  return segments.map(({ name, customers }, i) => ({ name, customers: requireCount('customers', customers, i) }));
}

/** Actions of distinct names with sound figures, and what is believed of each in each segment. */
export function readActions(actions: readonly SegmentAction[], segments: readonly SegmentSize[]): ReadAction[] {
  requireNamed('actions', actions);
  const seen = actions.map((action) => {
    requireKnownOptions(`${CALLER} actions`, action, ['name', 'contactCost', 'benefit', 'history', 'prior']);
    return addUp(action.history ?? [], segments);
  });
  const priors = actions.map(({ name, prior }, i) => {
    if (prior !== undefined) return readPrior(name, prior);
    return seen[i]!.some(({ contacts }) => contacts > 0) ? learnPrior(seen[i]!) : undefined;
  });
  const known = priors.filter((prior) => prior !== undefined);
  const vague: ResponsePrior = { mean: known.length === 0 ? 0.5 : known.reduce((sum, { mean }) => sum + mean, 0) / known.length, strength: VAGUE, candidates: [] };
  return actions.map((action, i) => {
    const prior = priors[i] ?? vague;
    const origin = action.prior !== undefined ? 'given' : prior === vague ? 'vague' : 'learnt';
    const cells = segments.map(({ name }, s) => ({
      ...seen[i]![s]!,
      cost: amountFor(action, 'contactCost', name),
      benefit: amountFor(action, 'benefit', name),
      ...beliefOf(prior, seen[i]![s]!),
    }));
    return { prior: { action: action.name, mean: prior.mean, strength: prior.strength, origin }, cells };
  });
}

function addUp(history: readonly SegmentResponse[], segments: readonly SegmentSize[]): Seen[] {
  const places = new Map(segments.map(({ name }, s) => [name, s]));
  const seen = segments.map(() => ({ contacts: 0, responses: 0 }));
  if (!Array.isArray(history)) throw badOption(CALLER, 'history', 'an array of { segment, contacts, responses }', history);
  (history as readonly SegmentResponse[]).forEach(({ segment, contacts, responses }, i) => {
    const place = places.get(segment);
    if (place === undefined) {
      throw new ClientelaError('UNKNOWN_ID', `${CALLER} found segment ${describeValue(segment)} in a history but not among the segments; they are ${[...places.keys()].join(', ')}`, { segment });
    }
    requireCount('contacts', contacts, i);
    if (requireCount('responses', responses, i) > contacts) throw unfit(CALLER, 'responses', responses, i, `at most the contacts, ${contacts}`);
    seen[place]!.contacts += contacts;
    seen[place]!.responses += responses;
  });
  return seen;
}

function readPrior(action: string, prior: { readonly mean: number; readonly strength: number }): ResponsePrior {
  requireKnownOptions(`${CALLER} prior`, prior, ['mean', 'strength']);
  const { mean, strength } = prior;
  if (mean > 0 && mean < 1 && strength > 0 && strength < Infinity) return { mean, strength, candidates: [] };
  throw badOption(CALLER, `prior of "${action}"`, 'a mean strictly between 0 and 1 and a strength above 0', prior);
}

function amountFor(action: SegmentAction, option: 'contactCost' | 'benefit', segment: string): number {
  const given: unknown = action[option];
  const amount: unknown = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>)[segment] : given;
  if (typeof amount === 'number' && amount >= 0 && amount < Infinity) return amount;
  throw badOption(CALLER, option, `a finite number of at least 0 for action "${action.name}" in segment "${segment}"`, amount);
}

function requireCount(what: string, value: unknown, index: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw unfit(CALLER, what, value, index, 'a whole number of at least 0');
}

function requireNamed(option: string, list: readonly { readonly name: string }[]): void {
  const names = new Set<unknown>();
  if (!Array.isArray(list) || list.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs ${option} as an array with at least one, found ${describeValue(list)}`, { option });
  list.forEach((entry: { readonly name: unknown } | null, i) => {
    const name = entry?.name;
    if (typeof name !== 'string' || name === '') throw unfit(CALLER, `${option} name`, name, i, 'text');
    if (names.has(name)) throw new ClientelaError('DUPLICATE_ID', `${CALLER} needs ${option} of distinct names, found "${name}" again at ${i}`, { option, name });
    names.add(name);
  });
}
