import { ClientelaError } from '../errors.js';

/** Whether an event carries one of the named levels; a name that the log does not have is refused. */
export function levelFilter(
  caller: string,
  role: 'item' | 'channel',
  names: readonly string[],
  levels: readonly string[],
  codes: Int32Array | undefined,
): (event: number) => boolean {
  if (codes === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot choose by ${role}: the log has none; name its column when the log is made`, {
      option: role,
    });
  }
  const chosen = new Uint8Array(levels.length);
  for (const name of names) {
    const code = levels.indexOf(name);
    if (code < 0) throw unknownLevel(caller, role, name, levels);
    chosen[code] = 1;
  }
  return (event) => chosen[codes[event]!] === 1;
}

function unknownLevel(caller: string, role: string, name: string, levels: readonly string[]): ClientelaError {
  const shown = levels.slice(0, 12).map((level) => `"${level}"`).join(', ');
  const more = levels.length > 12 ? ` and ${levels.length - 12} more` : '';
  return new ClientelaError('UNKNOWN_ID', `${caller} found no ${role} "${name}" in the log; it has ${shown}${more}`, {
    [role]: name,
  });
}
