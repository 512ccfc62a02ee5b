import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** Refuses no lines, what is no name, and a line named twice. */
export function requireLineNames(caller: string, lines: readonly string[]): void {
  if (!Array.isArray(lines) || lines.length === 0 || lines.some((line) => typeof line !== 'string')) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the names of one line or more, found ${describeValue(lines)}`, { option: 'lines' });
  }
  const twice = (lines as readonly string[]).find((line, i) => lines.indexOf(line) < i);
  if (twice !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found line "${twice}" twice; name it once`, { line: twice });
}

/** Groups of lines that share one wallet, as places; each line in one group at most. */
export function substituteGroups(caller: string, lines: readonly string[], substitutes: readonly (readonly string[])[]): number[][] {
  const wrong = (message: string): ClientelaError => new ClientelaError('INVALID_OPTION', `${caller} needs substitutes as groups of two lines or more, ${message}`, { option: 'substitutes' });
  if (!Array.isArray(substitutes)) throw wrong(`found ${describeValue(substitutes)}`);
  const used = new Set<number>();
  return substitutes.map((group: readonly string[]) => {
    if (!Array.isArray(group) || group.length < 2) throw wrong(`found ${describeValue(group)}`);
    return group.map((name: string) => {
      const line = lines.indexOf(name);
      if (line < 0) throw wrong(`found "${name}", which is no line; the lines are ${lines.join(', ')}`);
      if (used.has(line)) throw wrong(`each line in one of them, found "${name}" twice`);
      used.add(line);
      return line;
    });
  });
}
