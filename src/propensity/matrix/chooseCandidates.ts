import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { EngineMethod } from './engines.js';
import type { PropensityMethod } from './matrixOptions.js';
import type { PropensityTask } from './propensityTask.js';

/** All methods, the simplest first. */
export const METHODS: readonly PropensityMethod[] = ['popularity', 'neighbours', 'ease', 'factors', 'holdings', 'profile', 'profile and holdings', 'boosted trees', 'stack'];

/** What to try. */
export interface Candidates {
  readonly engines: readonly EngineMethod[];
  readonly stack: boolean;
  readonly leftOut: readonly { readonly method: PropensityMethod; readonly reason: string }[];
}

/** So many products have a regression each without being asked for. */
const MOST_REGRESSIONS = 100;

/** The methods to try: those asked for, or those that data and size allow. */
export function chooseCandidates(caller: string, task: PropensityTask, asked: readonly PropensityMethod[] | undefined): Candidates {
  if (asked !== undefined) requireMethods(caller, asked);
  const leftOut: { method: PropensityMethod; reason: string }[] = [];
  const wanted = METHODS.filter((method) => {
    const reason = impossible(task, method);
    if (asked?.includes(method) === true && reason !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} cannot try "${method}": ${reason}`, { function: caller, option: 'methods', method });
    // What every other method has to beat is always there.
    if (asked !== undefined) return method === 'popularity' || asked.includes(method);
    const given = reason ?? unwise(task, method);
    if (given !== undefined) leftOut.push({ method, reason: given });
    return given === undefined;
  });
  // A mixture of one is none.
  const stack = wanted.includes('stack') && wanted.length > 3;
  if (wanted.includes('stack') && !stack) {
    const reason = 'there are not two methods to mix beside popularity';
    if (asked !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} cannot try "stack": ${reason}`, { function: caller, option: 'methods', method: 'stack' });
    leftOut.push({ method: 'stack', reason });
  }
  return { engines: wanted.filter((method) => method !== 'stack'), stack, leftOut };
}

function requireMethods(caller: string, methods: unknown): void {
  if (Array.isArray(methods) && methods.length > 0 && methods.every((method) => METHODS.includes(method as PropensityMethod))) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs methods among ${METHODS.join(', ')}, found ${describeValue(methods)}`, { function: caller, option: 'methods' });
}

function impossible({ profile, products, held }: PropensityTask, method: PropensityMethod): string | undefined {
  const needsProfile = method === 'profile' || method === 'profile and holdings';
  if (needsProfile && profile === null) return 'there are no customers with a profile';
  const needsHoldings = ['neighbours', 'ease', 'factors', 'holdings', 'profile and holdings'].includes(method);
  if (needsHoldings && products.length < 2) return 'there is one product only';
  if (needsHoldings && held.columns.length === 0) return 'nobody holds anything';
  return undefined;
}

function unwise({ products, profile }: PropensityTask, method: PropensityMethod): string | undefined {
  if (method === 'boosted trees') return 'slow: ask for it with methods';
  const isRegression = method === 'holdings' || method === 'profile' || method === 'profile and holdings';
  if (isRegression && products.length > MOST_REGRESSIONS) return `a regression for each of ${products.length} products is slow: ask for it with methods`;
  if (method === 'holdings' && profile !== null) return 'the profile is known too';
  return undefined;
}
