import { ClientelaError } from '../../errors.js';
import { contextOf, sumOf, type PathContext, type PathTable } from './pathTables.js';

/** What the chain is made from. */
export interface ChainSource {
  readonly tables: readonly PathTable[];
  readonly stateCount: number;
  readonly prior: number;
  /** The number of the end among the states, -1 where ends are open. */
  readonly end: number;
  /** 1 for states that no step follows, the end among them. */
  readonly isAbsorbing: Uint8Array;
}

/** Contexts as nodes, and where each may go: `target` is a node, or -1 - the absorbing state reached. */
export interface MarkovChain {
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly rows: readonly number[];
  readonly target: readonly number[];
  readonly state: readonly number[];
  readonly chance: readonly number[];
  readonly days: readonly number[];
}

/** The chance of each state after a context; after one never seen (length 0), the shares of all steps. */
export function nextChances({ tables, stateCount, prior, end }: ChainSource, { length, id }: PathContext): Float64Array {
  const { rows, to, n } = tables[Math.max(1, length) - 1]!;
  const [first, last] = length === 0 ? [0, to.length] : [rows[id]!, rows[id + 1]!];
  const chances = new Float64Array(stateCount).fill(prior);
  // No journey is without a step.
  if (length === 1 && id === stateCount && end >= 0) chances[end] = 0;
  for (let row = first; row < last; row++) chances[to[row]!]! += n[row]!;
  const total = sumOf(chances, 0, stateCount);
  return chances.map((chance) => chance / total);
}

/**
 * Days from a context to each next state: their mean, or that of the context where a state never came; after one never seen, or where only the end came, those of the
 * moves from all states. 0 to the end and without times.
 */
export function nextDays(source: ChainSource, { length, id }: PathContext): Float64Array {
  const { tables, stateCount, end } = source;
  const found = new Float64Array(stateCount);
  const { rows, to, n, days } = tables[Math.max(1, length) - 1]!;
  if (days === null) return found;
  // What begins a journey is no move.
  const [first, last] = length === 0 ? [0, rows[stateCount]!] : [rows[id]!, rows[id + 1]!];
  const counts = new Float64Array(stateCount);
  let [sum, count] = [0, 0];
  for (let row = first; row < last; row++) {
    const state = to[row]!;
    if (state === end) continue;
    found[state]! += days[row]!;
    counts[state]! += n[row]!;
    sum += days[row]!;
    count += n[row]!;
  }
  if (count === 0 && length > 0 && source.prior > 0) return nextDays(source, { length: 0, id: 0 });
  for (let state = 0; state < stateCount; state++) found[state] = state === end || count === 0 ? 0 : counts[state]! > 0 ? found[state]! / counts[state]! : sum / count;
  return found;
}

/** The name of a context among the nodes. */
export function nodeKey({ length, id }: PathContext): string {
  return `${length}:${id}`;
}

/** Moves of a chain that a prior fills: 32 bytes each, and as many again while it is made. */
const MOST_MOVES = 1e7;

/** All contexts that journeys can come to, from their start and from each state. Two histories with one context have one future: they are one node. */
export function markovChain(source: ChainSource): MarkovChain {
  const { tables, stateCount, isAbsorbing } = source;
  const nodeOf = new Map<string, number>();
  const windows: number[][] = [];
  const nodeFor = (window: number[]): number => {
    const context = contextOf(tables, window);
    const key = nodeKey(context);
    let node = nodeOf.get(key);
    if (node === undefined) {
      nodeOf.set(key, (node = windows.length));
      windows.push(window.slice(window.length - context.length));
    }
    return node;
  };
  nodeFor([stateCount]);
  for (let state = 0; state < stateCount; state++) if (isAbsorbing[state] === 0) nodeFor([stateCount, state]);
  // What histories fall back to that never were: all shorter contexts too.
  nodeFor([]);
  let shorter: number[][] = Array.from({ length: stateCount + 1 }, (_, state) => [state]);
  for (const { from, to } of tables) {
    for (const window of shorter) nodeFor(window);
    shorter = Array.from(from, (context, row) => [...shorter[context]!, to[row]!]);
  }
  if (source.prior > 0 && windows.length * stateCount > MOST_MOVES) {
    const found = `${windows.length} contexts and ${stateCount} states`;
    throw new ClientelaError('INVALID_INPUT', `MarkovPaths needs at most 10 million moves for what comes after several steps, found ${found}, where the prior lets each follow each; fit without a prior, at a lower order, or group the items`, { contexts: windows.length, states: stateCount });
  }
  const chain = { nodeOf, rows: [0], target: [] as number[], state: [] as number[], chance: [] as number[], days: [] as number[] };
  for (let node = 0; node < windows.length; node++) {
    const window = windows[node]!;
    const context = contextOf(tables, window);
    const days = nextDays(source, context);
    nextChances(source, context).forEach((chance, state) => {
      if (chance === 0) return;
      chain.target.push(isAbsorbing[state] === 1 ? -1 - state : nodeFor([...window, state]));
      chain.state.push(state);
      chain.chance.push(chance);
      chain.days.push(days[state]!);
    });
    chain.rows.push(chain.target.length);
  }
  return chain;
}
