import vm from 'node:vm';
import { isClientelaError } from '../../src/errors.js';
import { attacksOn, frozen, placesOf, type Attack } from './hostileValues.js';
import { functionsOf, recordCalls, type Call } from './recordCalls.js';

/** What hostile arguments did to the functions of one folder. */
export interface Outcome {
  /** Functions that no example of the folder calls. */
  untried: string[];
  /** Functions that do not take deep-frozen arguments, and so write on what is not theirs. */
  writing: string[];
  /** Functions that ended in another error than a ClientelaError or did not end, with the first such attack. */
  failing: Map<string, string>;
  /** Calls made. */
  calls: number;
}

const DEPTH = 4;
/** Attacks a function, evenly over all there are. */
const ATTACKS = 80;
/** Only what hangs; milliseconds. */
const HANGS = 20_000;

/** Tries every function of a folder of src with frozen and with hostile arguments. */
export async function fuzzFolder(folder: string, exports: object): Promise<Outcome> {
  const recorded = await recordCalls(folder);
  const names = functionsOf(exports);
  const outcome: Outcome = { untried: names.filter((name) => !recorded.has(name)), writing: [], failing: new Map(), calls: 0 };
  for (const name of names) {
    const call = recorded.get(name);
    if (call === undefined) continue;
    if (problemOf(call, frozen([...call.args])) !== undefined) outcome.writing.push(name);
    const all = attacksOn(call.args, placesOf(call.args, DEPTH));
    for (let k = 0; k < Math.min(ATTACKS, all.length); k++) {
      // A prime stride, as the values repeat themselves at every place.
      const { what, args } = all[(k * Math.max(1, Math.floor(all.length / ATTACKS)) + (k % 7)) % all.length] as Attack;
      outcome.calls++;
      const problem = problemOf(call, args);
      if (problem !== undefined && !outcome.failing.has(name)) outcome.failing.set(name, `${what}: ${problem}`);
      if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) outcome.failing.set(name, `${what}: Object.prototype is polluted`);
    }
  }
  return outcome;
}

/** Nothing where a call gives a value or a ClientelaError that says something, else what came. */
function problemOf({ run }: Call, args: readonly unknown[]): string | undefined {
  const scope = globalThis as { fuzzedCall?: () => unknown };
  scope.fuzzedCall = () => run(...args);
  try {
    // The one way to end a loop that does not end by itself.
    vm.runInThisContext('fuzzedCall()', { timeout: HANGS });
    return undefined;
  } catch (error) {
    return isClientelaError(error) && error.message.length >= 20 ? undefined : String(error);
  } finally {
    delete scope.fuzzedCall;
  }
}
