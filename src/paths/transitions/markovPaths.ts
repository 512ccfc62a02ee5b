import { frozenCopy } from '../../data/frozenCopy.js';
import { describeValue } from '../../data/instant.js';
import { requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier, wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { absorptionOf, solveAbsorption, type SolvedChain } from './absorption.js';
import { firstPassage } from './firstPassage.js';
import { markovChain, nextChances, nextDays, nodeKey, type ChainSource } from './markovChain.js';
import type { Absorption, FirstPassage, MarkovReport, MarkovSojourn, MarkovState, MarkovTransition, NextState, WaitDays } from './markovState.js';
import { contextOf, indexTable, sumOf, type PathContext, type PathTable } from './pathTables.js';
import { steadyShares } from './steadyShares.js';

/** A journey so far, from its first step: each step a state or item, or the items of one time. */
export type PathHistory = readonly (string | readonly string[])[];

/**
 * Where journeys go from here: the chance of each next state by the last `order` steps, how and when journeys end, how long states last.
 * Learnt by `fitMarkovPaths`; travels as JSON.
 *
 * States are items; a step of several items is the state that joins their names, `'card + loan'`, or the absorbing item among them. Of a history the last `order` states
 * count; where these never came together, as many as did (back-off), down to the shares of all steps, and the days of all moves, after a state nobody ever was in. The same in every method: `absorption`
 * and `firstPassage` run on the chain of contexts this makes, whose equations are solved exactly.
 *
 * @example
 * ```ts
 * import { fitMarkovPaths, Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'quote', 'contract'], ['visit', 'quote', 'leave'], ['visit', 'leave'], ['visit', 'quote', 'contract']]);
 * const model = MarkovPaths.fromJSON(JSON.parse(JSON.stringify(fitMarkovPaths(journeys, { order: 1, absorbing: ['contract', 'leave'] }))));
 * model.next(['visit']).map(({ state, probability }) => [state, probability]); // => [['quote', 0.75], ['leave', 0.25]]
 * model.absorption(['visit']).outcomes.map(({ probability }) => probability); // => [0.5, 0.5]
 * ```
 */
export class MarkovPaths {
  /** The name in the JSON. */
  readonly format = 'MarkovPaths';
  /** States, ascending by code unit; last `'(end)'`, where ends are final. */
  readonly states: readonly string[];
  /** States that no step follows: those asked for, those after which nothing was ever seen, and the end where it is final. */
  readonly absorbing: readonly string[];
  /** How many steps back count. */
  readonly order: number;
  /** What was added to the count of each next state. */
  readonly prior: number;
  /** Orders tried, customers and moves learnt from. */
  readonly report: MarkovReport;
  readonly #state: MarkovState;
  readonly #tables: readonly PathTable[];
  readonly #source: ChainSource;
  #solved: SolvedChain | undefined;

  /** @internal */
  constructor(fitted: object) {
    const { tables } = fitted as MarkovState;
    // The tables are held once, as typed arrays.
    const state = frozenCopy({ ...(fitted as MarkovState), tables: [] });
    this.#state = state;
    this.states = state.states;
    this.absorbing = state.absorbing;
    this.order = state.order;
    this.prior = state.prior;
    this.report = state.report;
    let contextCount = state.states.length + 1;
    this.#tables = tables.map(({ from, to, n, days }) => {
      const table = indexTable({ from: Int32Array.from(from), to: Int32Array.from(to), n: Float64Array.from(n), days: days && Float64Array.from(days) }, contextCount);
      contextCount = from.length;
      return table;
    });
    const stateCount = state.states.length;
    const isAbsorbing = Uint8Array.from(state.states, (name) => (state.absorbing.includes(name) ? 1 : 0));
    this.#source = { tables: this.#tables, stateCount, prior: state.prior, end: state.ends === 'final' ? stateCount - 1 : -1, isAbsorbing };
    Object.freeze(this);
  }

  /**
   * The model that {@link MarkovPaths.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): MarkovPaths {
    return restored('MarkovPaths', () => new MarkovPaths(requireSavedModel('MarkovPaths', 1, json, 'states', 'absorbing', 'tables', 'report')));
  }

  /**
   * What may come next after a history, the likeliest first.
   *
   * @param history - the journey so far, from its first step; none for the first step itself
   * @returns every state with a chance, summing to 1; nothing after an absorbing state
   */
  next(history: PathHistory = []): NextState[] {
    const context = this.#contextOf(history);
    if (context === null) return [];
    const days = nextDays(this.#source, context);
    const found: NextState[] = [];
    nextChances(this.#source, context).forEach((probability, state) => {
      if (probability > 0) found.push({ state: this.states[state]!, probability, expectedDays: this.#hasDays(state) ? days[state]! : null });
    });
    return found.sort((a, b) => b.probability - a.probability);
  }

  /**
   * The chance that the next step after one state is another, whatever came before, with Wilson's interval (1927). With `prior` the interval counts it as observed.
   *
   * @param from - a state
   * @param to - a state
   * @param confidence - of the interval; 0.95 if not given
   * @returns the chance; 0 from an absorbing state to any other
   * @throws a {@link ClientelaError} `UNKNOWN_ID` when there is no such state, `INVALID_OPTION`
   */
  transitionProbability(from: string, to: string, confidence = 0.95): Estimate {
    const z = normalMultiplier('MarkovPaths.transitionProbability', confidence);
    return this.#probability(this.#codeOf('transitionProbability', from), this.#codeOf('transitionProbability', to), z);
  }

  /**
   * The chances of one step from each state, whatever came before.
   *
   * @returns row-major, states x states, each row summing to 1; an absorbing state stays
   */
  matrix(): Float64Array {
    const { stateCount, isAbsorbing } = this.#source;
    const values = new Float64Array(stateCount * stateCount);
    for (let state = 0; state < stateCount; state++) {
      if (isAbsorbing[state] === 1) values[state * stateCount + state] = 1;
      else values.set(nextChances(this.#source, { length: 1, id: state }), state * stateCount);
    }
    return values;
  }

  /**
   * Every move seen, with its chance and its days.
   *
   * @param confidence - of the intervals; 0.95 if not given
   * @returns ascending by state moved from, then to; the first steps of journeys are not moves
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  transitions(confidence = 0.95): MarkovTransition[] {
    const z = normalMultiplier('MarkovPaths.transitions', confidence);
    const { from, to, n, days } = this.#tables[0]!;
    const found: MarkovTransition[] = [];
    from.forEach((state, row) => {
      if (state === this.states.length) return;
      const hasDays = days !== null && to[row] !== this.#source.end;
      found.push({
        from: this.states[state]!,
        to: this.states[to[row]!]!,
        n: n[row]!,
        probability: this.#probability(state, to[row]!, z),
        meanDays: hasDays ? days[row]! / n[row]! : null,
        waitDays: hasDays ? waitDays(this.#state.waits!.moves, row) : null,
      });
    });
    return found;
  }

  /**
   * How long each state lasts until the next step: quantiles of the product-limit curve (Kaplan and Meier, 1958), the gap still open at the end of a journey censored.
   *
   * @returns the states that are not absorbing
   */
  sojourns(): MarkovSojourn[] {
    const { rows, n, to } = this.#tables[0]!;
    const { waits } = this.#state;
    const found: MarkovSojourn[] = [];
    this.states.forEach((state, code) => {
      if (this.#source.isAbsorbing[code] === 1) return;
      const last = rows[code + 1]!;
      const ended = to[last - 1] === this.#source.end ? n[last - 1]! : 0;
      const count = sumOf(n, rows[code]!, last) - ended;
      found.push({ state, n: count, open: waits === null ? ended : waits.open[code]!, waitDays: waits && waitDays(waits.states, code) });
    });
    return found;
  }

  /**
   * How and when journeys end that have come so far. Days are those of a semi-Markov chain: each move takes its mean.
   *
   * @param history - the journey so far, from its first step; none for journeys as a whole
   * @returns the chance of each absorbing state, and the steps and days until then, counted from the last step of the history
   * @throws a {@link ClientelaError} `INVALID_INPUT` with a prior and more than 10 million pairs of a context and a state
   */
  absorption(history: PathHistory = []): Absorption {
    const context = this.#contextOf(history);
    const names = this.absorbing;
    const hasDays = this.#tables[0]!.days !== null;
    if (context === null) {
      const last = this.#nameOf(history[history.length - 1]!);
      const outcomes = names.map((state) => ({ state, probability: state === last ? 1 : 0, expectedSteps: state === last ? 0 : null, expectedDays: hasDays && state === last ? 0 : null }));
      return { outcomes, neverProbability: 0, expectedSteps: 0, expectedDays: hasDays ? 0 : null };
    }
    this.#solved ??= solveAbsorption(markovChain(this.#source), names.map((name) => this.states.indexOf(name)));
    return absorptionOf(this.#solved, this.#solved.chain.nodeOf.get(nodeKey(context))!, names, hasDays);
  }

  /**
   * When a state is first reached from a history, in steps from its last.
   *
   * @param history - the journey so far, from its first step; none for journeys as a whole
   * @param to - the state; one that the history ends in has to be reached again
   * @param steps - how many steps to look ahead
   * @returns the chance to have been there within 1, 2, … steps, and the steps by which shares of all have been
   * @throws a {@link ClientelaError} `UNKNOWN_ID` when there is no such state, `INVALID_OPTION`; `INVALID_INPUT` as `absorption`
   */
  firstPassage(history: PathHistory, to: string, steps = 50): FirstPassage {
    const target = this.#codeOf('firstPassage', to);
    requireWhole('MarkovPaths.firstPassage', 'steps', steps, 1);
    const context = this.#contextOf(history);
    if (context === null) return firstPassage(null, 0, target, steps);
    const chain = this.#solved?.chain ?? markovChain(this.#source);
    return firstPassage(chain, chain.nodeOf.get(nodeKey(context))!, target, steps);
  }

  /**
   * The share of steps in each state in the long run.
   *
   * @returns one per state, summing to 1
   * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when journeys end, or where they end up depends on where they begin; `INVALID_INPUT` above 3000 contexts, and as `absorption`
   */
  steadyState(): Float64Array {
    const shares = steadyShares(this.#solved?.chain ?? markovChain(this.#source), this.states.length);
    if (shares !== null) return shares;
    const why = this.absorbing.length > 0 ? `that do not end, found the absorbing ${this.absorbing.slice(0, 5).join(', ')}` : 'whose long run does not depend on their start, found several sets of states that are never left';
    throw new ClientelaError('NOT_IDENTIFIED', `MarkovPaths.steadyState needs journeys ${why}; ask for absorption`, { absorbing: this.absorbing });
  }

  /** The state as plain JSON; see {@link MarkovPaths.fromJSON}. */
  toJSON(): object {
    const tables = this.#tables.map(({ from, to, n, days }) => ({ from: [...from], to: [...to], n: [...n], days: days && [...days] }));
    return savedCopy({ format: this.format, formatVersion: 1, ...this.#state, tables });
  }

  #nameOf(step: string | readonly string[]): string {
    if (typeof step === 'string') return step;
    return this.absorbing.find((name) => step.includes(name)) ?? [...step].sort().join(' + ');
  }

  /** The context of a history; null where it has come to an end. */
  #contextOf(history: PathHistory): PathContext | null {
    const given: unknown = history;
    if (!Array.isArray(given)) throw new ClientelaError('INVALID_INPUT', `MarkovPaths needs a history as an array of steps, found ${describeValue(history)}; one step is ['step']`, { history });
    const codes = [this.states.length];
    for (const step of history.slice(-this.order)) codes.push(this.states.indexOf(this.#nameOf(step)));
    if (history.length > this.order) codes.shift();
    const last = codes[codes.length - 1]!;
    return this.#source.isAbsorbing[last] === 1 ? null : contextOf(this.#tables, codes);
  }

  #codeOf(method: string, state: string): number {
    const code = this.states.indexOf(state);
    if (code >= 0) return code;
    throw new ClientelaError('UNKNOWN_ID', `MarkovPaths.${method} found no state ${describeValue(state)}; the states are ${this.states.slice(0, 20).join(', ')}`, { state });
  }

  #hasDays(state: number): boolean {
    return this.#tables[0]!.days !== null && state !== this.#source.end;
  }

  #probability(from: number, to: number, z: number): Estimate {
    if (this.#source.isAbsorbing[from] === 1) {
      const stays = from === to ? 1 : 0;
      return { estimate: stays, lower: stays, upper: stays };
    }
    const { rows, n } = this.#tables[0]!;
    const total = sumOf(n, rows[from]!, rows[from + 1]!) + this.prior * this.states.length;
    return wilsonRate(nextChances(this.#source, { length: 1, id: from })[to]! * total, total, z);
  }
}

function waitDays(quantiles: readonly (number | null)[], place: number): WaitDays {
  const [p10, p25, median, p75, p90] = quantiles.slice(5 * place, 5 * place + 5) as [number, number, number, number, number];
  return { p10, p25, median, p75, p90 };
}
