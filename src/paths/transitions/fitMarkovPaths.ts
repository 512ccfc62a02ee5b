import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { heldOutLosses, tryOrders, type MarkovOrderTrial } from './chooseOrder.js';
import { countContexts, END, pathMoves } from './countContexts.js';
import { MarkovPaths } from './markovPaths.js';
import { waitQuantiles } from './waitQuantiles.js';

/** What {@link fitMarkovPaths} takes for a state, how far back it looks, and where journeys end. */
export interface MarkovPathsOptions {
  /** How many steps back count, or 'auto': the best up to `maxOrder`. @defaultValue 'auto' */
  readonly order?: number | 'auto';
  /** The longest order tried. @defaultValue 3 */
  readonly maxOrder?: number;
  /** What chooses the order: a criterion on the data learnt from, or the loss on customers not learnt from. @defaultValue 'bic' */
  readonly choose?: 'bic' | 'aic' | 'heldOut';
  /** Added to the count of every next state: 0 for the shares as they are, 0.5 for Jeffreys' prior, 1 for Laplace's. @defaultValue 0 */
  readonly prior?: number;
  /** Items that end a journey: what comes after the first of them is left out. @defaultValue none */
  readonly absorbing?: readonly string[];
  /** The last step of a journey: more may follow (it says nothing), or no further step is an outcome of its own, the state `'(end)'`. @defaultValue 'open' */
  readonly ends?: 'open' | 'final';
  /** With `choose: 'heldOut'`: into how many folds customers are dealt. @defaultValue 5 */
  readonly folds?: number;
  /** With `choose: 'heldOut'`: chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** Refuses an option of a name the fit does not know. */
export function requireMarkovOptions(caller: string, options: object): void {
  requireKnownOptions(caller, options, ['order', 'maxOrder', 'choose', 'prior', 'absorbing', 'ends', 'folds', 'seed']);
}

/**
 * Learns where journeys go: the chances of the next step by the last ones (a Markov chain of order 1 to k), how long each move takes, and where it all ends.
 *
 * Every step is predicted from the `order` before it, the first steps of a journey from what there is and the fact that it begins: so all orders are judged by the same
 * steps. A context of a higher order never seen backs off to the longest of its ends that was. The BIC counts as free parameters, per context, the states ever seen after its
 * last state less one (moves that never happen are no parameters), and as observations the moves. With `choose: 'heldOut'` a probability is taken
 * with `prior`, or where that is 0 with one observation per context spread over all states, so that what was never seen costs something finite.
 *
 * A state after which nothing was ever seen is absorbing, as those in `absorbing` are. A step of several items is one state named for all of them, or the first of
 * `absorbing` among them. With times the days of every move are kept, and their quantiles with the last gap of each journey, still open, as censored.
 *
 * `O(events x order)`; 5 million events take seconds at order 1 and about twice as long with orders up to 3, with 200 MB beside the journeys.
 *
 * @param source - a log, or journeys made of one in another way; weights count as repetitions
 * @param options - order, prior, ends; see {@link MarkovPathsOptions}
 * @returns the chances, as a {@link MarkovPaths}
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`; `EMPTY_INPUT` when no step follows another, or with fewer customers than folds
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['a', 'b', 'a', 'b'], ['a', 'a', 'b'], ['b', 'a', 'b']]);
 * const model = fitMarkovPaths(journeys, { order: 1, ends: 'final' });
 * model.transitionProbability('a', 'b').estimate; // => 0.8
 * model.absorption().expectedSteps; // => 4.333333333333333
 * ```
 */
export function fitMarkovPaths(source: JourneySource, options: MarkovPathsOptions = {}): MarkovPaths {
  const caller = 'fitMarkovPaths';
  requireMarkovOptions(caller, options);
  const journeys = readJourneys(caller, source);
  return learnPaths(caller, journeys, options, journeys.times !== null);
}

/** The fit behind the door; without waits for those who only want chances. */
export function learnPaths(caller: string, journeys: JourneyColumns, options: MarkovPathsOptions, withWaits: boolean): MarkovPaths {
  const { prior = 0, absorbing = [], folds = 5, seed = 1 } = options;
  const isAuto = (options.order ?? 'auto') === 'auto';
  const order = isAuto ? requireWhole(caller, 'maxOrder', options.maxOrder ?? 3, 1) : requireWhole(caller, 'order', options.order as number, 1);
  const choose = requireChoice(caller, 'choose', options.choose ?? 'bic', ['bic', 'aic', 'heldOut']);
  const isFinal = requireChoice(caller, 'ends', options.ends ?? 'open', ['open', 'final']) === 'final';
  if (!(prior >= 0 && prior < Infinity)) throw new ClientelaError('INVALID_OPTION', `${caller} needs prior as a finite number of at least 0, found ${describeValue(prior)}; 0.5 is Jeffreys'`, { option: 'prior', value: prior });
  requireItems(caller, journeys, absorbing, isFinal);
  const { weights, customers } = journeys;
  const moves = pathMoves(journeys, absorbing, isFinal);
  const { states } = moves;
  if (choose === 'heldOut' && requireWhole(caller, 'folds', folds, 2) > customers.length) {
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least as many customers as folds, found ${customers.length} and ${folds}; ask for fewer folds`, { folds });
  }
  const { tables, rowOf } = countContexts(moves, weights, order);
  const { rows, n, to } = tables[0]!;
  if (rows[states.length]! === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a journey with a step after another, found none among ${customers.length}; is every customer's history one step?`);
  const losses = choose === 'heldOut' ? heldOutLosses(tables, rowOf, moves, weights, customers.length, { prior, folds, seed }) : null;
  const tried = tryOrders(tables, states.length, losses);
  const scoreOf = (trial: MarkovOrderTrial): number => (choose === 'heldOut' ? trial.heldOutLogLoss! : trial[choose]);
  const best = isAuto ? tried.reduce((least, trial) => (scoreOf(trial) < scoreOf(least) ? trial : least)).order : order;
  const ended = states.filter((state, code) => absorbing.includes(state) || rows[code] === rows[code + 1]);
  let [begun, total] = [0, 0];
  for (let row = 0; row < to.length; row++) {
    total += n[row]!;
    if (row >= rows[states.length]!) begun += n[row]!;
  }
  return new MarkovPaths({
    states,
    absorbing: ended,
    ends: isFinal ? 'final' : 'open',
    order: best,
    prior,
    tables: tables.slice(0, best).map((table) => ({ from: [...table.from], to: [...table.to], n: [...table.n], days: table.days && [...table.days] })),
    waits: withWaits ? waitQuantiles(moves, tables[0]!, rowOf[0]!, journeys, ended, isFinal) : null,
    report: { tried, chosenBy: isAuto ? choose : 'given', customers: begun, moves: total },
  });
}

function requireItems(caller: string, { itemLevels }: JourneyColumns, absorbing: readonly string[], isFinal: boolean): void {
  const given: unknown = absorbing;
  if (!Array.isArray(given)) throw new ClientelaError('INVALID_OPTION', `${caller} needs absorbing as an array of items, found ${describeValue(absorbing)}`, { option: 'absorbing' });
  const unknown = absorbing.find((item) => !itemLevels.includes(item));
  if (unknown !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs in absorbing items that occur, found ${describeValue(unknown)}; the items are ${itemLevels.slice(0, 20).join(', ')}`, { option: 'absorbing', value: unknown });
  if (isFinal && itemLevels.includes(END)) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${describeValue(END)} for no further step, found it as an item; rename the item, or take ends: 'open'`, { option: 'ends' });
}
