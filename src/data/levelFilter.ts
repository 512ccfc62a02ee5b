import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Whether an event carries one of the named levels (one name, or several); a name that the log does not have is refused. */
export function levelFilter(
  caller: string,
  role: 'item' | 'channel',
  names: string | readonly string[],
  levels: readonly string[],
  codes: Int32Array | undefined,
): (event: number) => boolean {
  if (codes === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot choose by ${role}: the log has none; name its column when the log is made`, {
      option: role,
    });
  }
  const chosen = new Uint8Array(levels.length);
  for (const name of requireLevels(caller, role, typeof names === 'string' ? [names] : names, levels)) chosen[levels.indexOf(name)] = 1;
  return (event) => chosen[codes[event]!] === 1;
}

/** Names of levels, all of which the log has. */
export function requireLevels(caller: string, role: 'item' | 'channel', names: unknown, levels: readonly string[]): readonly string[] {
  if (!Array.isArray(names) || !names.every((name): name is string => typeof name === 'string')) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${role}s by their names (text), found ${describeValue(names)}`, { option: role });
  }
  const unknown = names.find((name) => !levels.includes(name));
  if (unknown !== undefined) throw unknownLevel(caller, role, unknown, levels);
  return names;
}

function unknownLevel(caller: string, role: string, name: string, levels: readonly string[]): ClientelaError {
  const shown = levels.slice(0, 12).map((level) => `"${level}"`).join(', ');
  const more = levels.length > 12 ? ` and ${levels.length - 12} more` : '';
  return new ClientelaError('UNKNOWN_ID', `${caller} found no ${role} "${name}" in the log; it has ${shown}${more}`, {
    [role]: name,
  });
}
