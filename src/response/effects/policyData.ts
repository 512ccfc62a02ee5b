import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { amountsOf, columnOf, readArmNumbers } from './armNumbers.js';
import type { PolicyValueOptions } from './policyValue.js';
import { keep } from './effectScores.js';
import { requireAsMany, unfit, type Outcomes } from './upliftRows.js';

/** An action per customer, as text, number or boolean; compared as text. */
export type Actions = ArrayLike<string> | ArrayLike<number> | ArrayLike<boolean>;

/** What a policy is judged on, without the rows of weight 0. */
export interface PolicyData {
  /** The actions that occur, by code unit. */
  readonly actions: readonly string[];
  /** Which of them each row got, and which the policy takes. */
  readonly arms: Uint16Array;
  readonly policy: Uint16Array;
  /** benefit x outcome - cost of what each row got. */
  readonly nets: Float64Array;
  /** For each action one number per row. */
  readonly propensities: readonly Float64Array[];
  readonly predictedNets: readonly Float64Array[] | null;
  /** All above 0; null where every row counts once. */
  readonly weights: Float64Array | null;
}

/** The one door for a policy and the trial it is judged on. */
export function readPolicyData(caller: string, outcomes: Outcomes, arms: Actions, policy: Actions, options: PolicyValueOptions): PolicyData {
  const n = (outcomes as Outcomes | null)?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  requireAsMany(caller, 'arms', arms, n);
  requireAsMany(caller, 'actions in policy', policy, n);
  const places = keptRows(caller, options.weights, n);
  const size = places?.length ?? n;
  const weights = places === null ? null : keep(caller, 'weights', options.weights!, places, n);
  const rowAt = (i: number): number => (places === null ? i : places[i]!);
  const { actions, codes } = codeArms(caller, arms, size, rowAt);
  const chosen = new Uint16Array(size);
  for (let i = 0; i < size; i++) chosen[i] = codeOf(caller, actions, policy[rowAt(i)], rowAt(i));
  const kept = (columns: readonly Float64Array[]): Float64Array[] => (places === null ? [...columns] : columns.map((column) => keep(caller, '', column, places, n)));
  const benefits = kept(amountsOf(caller, 'benefit', options.benefit ?? 1, actions, n, 1));
  const costs = kept(amountsOf(caller, 'contactCost', options.contactCost ?? 0, actions, n, 0));
  const y = new Float64Array(size);
  const nets = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const given = outcomes[rowAt(i)]!;
    const outcome = typeof given === 'boolean' ? Number(given) : given;
    if (!Number.isFinite(outcome)) throw unfit(caller, 'outcome', given, rowAt(i), 'a finite number, true or false', 'NON_FINITE_VALUE');
    y[i] = outcome;
    nets[i] = benefits[codes[i]!]![i]! * outcome - costs[codes[i]!]![i]!;
  }
  const propensities = readPropensities(caller, options.propensity, { actions, codes, weights, n }, kept);
  const predictions = options.method === 'doublyRobust' || options.predicted !== undefined ? readPredictions(caller, options, { actions, codes, weights, n }, kept, y) : null;
  const predictedNets = predictions?.map((column, a) => column.map((value, i) => benefits[a]![i]! * value - costs[a]![i]!)) ?? null;
  return { actions, arms: codes, policy: chosen, nets, propensities, predictedNets, weights };
}

interface Coded {
  readonly actions: readonly string[];
  readonly codes: Uint16Array;
  readonly weights: Float64Array | null;
  readonly n: number;
}

type Kept = (columns: readonly Float64Array[]) => Float64Array[];

/** The rows of a weight above 0; null where no weights are given. */
function keptRows(caller: string, weights: ArrayLike<number> | undefined, n: number): Uint32Array | null {
  if (weights === undefined) return null;
  requireAsMany(caller, 'weights', weights, n);
  const rows = new Uint32Array(n);
  let kept = 0;
  for (let row = 0; row < n; row++) {
    const w = weights[row]!;
    if (!(w >= 0 && w < Infinity)) throw unfit(caller, 'weight', w, row, 'finite and 0 or more', 'INVALID_VALUE');
    if (w > 0) rows[kept++] = row;
  }
  if (kept === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row with a weight above 0`);
  return rows.subarray(0, kept);
}

function codeArms(caller: string, arms: Actions, size: number, rowAt: (i: number) => number): { readonly actions: string[]; readonly codes: Uint16Array } {
  const found = new Map<unknown, number>();
  const codes = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    const arm = arms[rowAt(i)];
    let code = found.get(arm);
    if (code === undefined) {
      if (!isAction(arm)) throw unfit(caller, 'arm', arm, rowAt(i), 'text, a number or a boolean', 'MISSING_VALUE');
      if (found.size === 1000) throw new ClientelaError('INVALID_VALUE', `${caller} needs arms of a few values, found more than 1000`);
      found.set(arm, (code = found.size));
    }
    codes[i] = code;
  }
  const names = [...found.keys()].map(String);
  const actions = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  const rank = names.map((name) => actions.indexOf(name));
  for (let i = 0; i < size; i++) codes[i] = rank[codes[i]!]!;
  return { actions, codes };
}

function isAction(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && !Number.isNaN(value));
}

function codeOf(caller: string, actions: readonly string[], action: string | number | boolean | undefined, row: number): number {
  const code = actions.indexOf(String(action));
  if (code >= 0 && isAction(action)) return code;
  const message = `${caller} found the action ${describeValue(action)} in policy, row ${row}, which nobody got; actions tried are ${actions.map(describeValue).join(', ')}`;
  throw new ClientelaError('NOT_IDENTIFIED', message, { row, action });
}

function readPropensities(caller: string, given: PolicyValueOptions['propensity'], { actions, codes, weights, n }: Coded, kept: Kept): Float64Array[] {
  if (given === undefined) {
    const shares = new Float64Array(actions.length);
    codes.forEach((code, i) => (shares[code]! += weights === null ? 1 : weights[i]!));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return Array.from(shares, (share) => new Float64Array(codes.length).fill(share / total));
  }
  const columns = kept(actions.map((action) => columnOf(readArmNumbers(caller, `propensity.${action}`, given[action], n), n)));
  columns.forEach((column, a) => {
    const bad = column.find((value) => !(value > 0 && value <= 1));
    if (bad !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs propensity.${actions[a]!} above 0 and up to 1, found ${bad}`, { option: 'propensity', value: bad });
  });
  return columns;
}

/** The predictions given, or the mean outcome of each action. */
function readPredictions(caller: string, { predicted }: PolicyValueOptions, { actions, codes, weights, n }: Coded, kept: Kept, y: Float64Array): Float64Array[] {
  if (predicted !== undefined) return kept(actions.map((action) => columnOf(readArmNumbers(caller, `predicted.${action}`, predicted[action], n), n)));
  return actions.map((_, a) => {
    let [sum, size] = [0, 0];
    for (let i = 0; i < codes.length; i++) {
      if (codes[i] !== a) continue;
      const w = weights === null ? 1 : weights[i]!;
      sum += w * y[i]!;
      size += w;
    }
    return new Float64Array(codes.length).fill(sum / size);
  });
}
